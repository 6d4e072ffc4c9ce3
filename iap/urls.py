"""Where each part of the site begins."""

from django.urls import include, path, re_path

from iap.schools.sign_in import closed

urlpatterns = [
    re_path(r"^account/(signup|email|confirm-email|login/code)/", closed),
    path("account/", include("allauth.urls")),
    path("", include("iap.schools.urls")),
    path("", include("timetables.urls")),
    path("pupils/", include("pupils.urls")),
    path("imports/", include("iap.imports.urls")),
]
