from django.urls import path

from .views import costs, overview

app_name = "reporting"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("costs/", costs.costs, name="costs"),
    path("costs/new/", costs.new, name="new_costs"),
    path("costs/<uuid:uuid>/", costs.change, name="change_costs"),
    path("figures/<slug:key>/", overview.figure, name="figure"),
]
