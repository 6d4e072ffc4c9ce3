from django.urls import path

from . import views

app_name = "imports"
urlpatterns = [
    path("", views.new, name="new"),
    path("<uuid:uuid>/", views.show, name="show"),
    path("<uuid:uuid>/apply/", views.apply, name="apply"),
    path("<uuid:uuid>/left-out.csv", views.refused, name="refused"),
]
