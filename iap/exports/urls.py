from django.urls import path

from . import views

app_name = "exports"
urlpatterns = [
    path("", views.start, name="start"),
    path("make/", views.make, name="make"),
    path("<uuid:uuid>/", views.show, name="show"),
    path("<uuid:uuid>/download/", views.download, name="download"),
]
