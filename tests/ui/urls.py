"""The site's addresses, with a few that only tests of the look need."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from iap.schools.access import only, signed_in
from iap.schools.models import Role
from iap.ui.fragments import render_page
from iap.urls import urlpatterns as site

from . import gallery


def _raise(error: type[Exception]) -> HttpResponse:
    raise error


def part(request: HttpRequest) -> HttpResponse:
    return render_page(request, "list.html", {"rows": ["one", "two"]}, fragment="rows")


def tile(request: HttpRequest) -> HttpResponse:
    return render_page(request, "tile.html", {"chosen": request.POST.get("readiness")}, fragment="tile")


@only(Role.LEAD)
def for_leads(request: HttpRequest) -> HttpResponse:
    return gallery.view(request)


urlpatterns = [
    path("parts/", signed_in(gallery.view)),
    path("parts/leads/", for_leads, name="for_leads"),
    path("list/", part, name="list"),
    path("list/rows/", part, name="list_rows"),
    path("tile/", tile),
    path("wrong/400/", lambda request: _raise(BadRequest)),
    path("wrong/403/", lambda request: _raise(PermissionDenied)),
    path("wrong/404/", lambda request: _raise(Http404)),
    path("wrong/500/", lambda request: _raise(RuntimeError)),
    *site,
]
