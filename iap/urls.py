"""Where each part of the site begins."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("iap.schools.urls")),
    path("", include("timetables.urls")),
    path("pupils/", include("pupils.urls")),
    path("imports/", include("iap.imports.urls")),
]
