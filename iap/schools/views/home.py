"""Where somebody begins, and the school they work in."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from iap.schools.access import CHOSEN, anyone, signed_in
from iap.ui import navigation


@signed_in
def home(request: Any) -> HttpResponse:
    """The first page that this person's role opens, or a word on what to do without one."""
    first = next((item.url for item in navigation.shown_to(request).items if item.url), "")
    return redirect(first) if first else render(request, "schools/home.html")


@signed_in
@require_POST
def choose(request: Any) -> HttpResponse:
    """Work in another of one's own schools. It always leads home: the page left was of the other school."""
    wanted = request.POST.get("school", "")
    school = next((school for school in request.my_schools if str(school.uuid) == wanted), None)
    if school is None:
        raise Http404("Not one of your schools.")
    request.session[CHOSEN] = school.pk
    return redirect("home")


@anyone(because="It says whether the one who asks is signed in, and as whom.")
@require_GET
def still_here(request: Any) -> HttpResponse:
    """Asked by a page before it sends a form: 401 when signed out, else who is signed in and a token to send."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return JsonResponse({"user": str(request.user.uuid), "token": get_token(request)})
