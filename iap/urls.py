"""Where each part of the site begins."""

from django.urls import include, path, re_path

from iap.schools.sign_in import closed
from iap.schools.views.home import home

urlpatterns = [
    re_path(r"^account/(signup|email|confirm-email|login/code)/", closed),
    path("account/", include("allauth.urls")),
    path("", home, name="home"),
    path("", include("iap.schools.urls")),
    path("", include("timetables.urls")),
    path("pupils/", include("pupils.urls")),
    path("inbox/", include("iap.inbox.urls")),
    path("imports/", include("iap.imports.urls")),
    path("imports/every-night/", include("iap.nightly.urls")),
    path("export/", include("iap.exports.urls")),
    path("referrals/", include("referrals.urls")),
    path("reports/", include("reporting.urls")),
]
