from django.urls import path

from .views import costs, overview, what_works

app_name = "reporting"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("costs/", costs.costs, name="costs"),
    path("costs/new/", costs.new, name="new_costs"),
    path("costs/<uuid:uuid>/", costs.change, name="change_costs"),
    path("what-works/", what_works.what_works, name="what_works"),
    path("figures/<slug:key>/", overview.figure, name="figure"),
]
