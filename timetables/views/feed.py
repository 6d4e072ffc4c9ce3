"""Somebody's calendar: the page on which they make its address, and what stands at that address."""

import hashlib
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST

from iap.schools.access import anyone, only
from iap.schools.models import Role, School, StaffMember
from iap.tenancy import context
from timetables.actions import feeds as actions
from timetables.feed.build import build
from timetables.feed.entries import entries_of, window
from timetables.feed.owner import Owner, owner_of
from timetables.models import CalendarFeed

OPENERS = (Role.STAFF, Role.LEAD, Role.TEACHER)


@only(*OPENERS)
def feed(request: Any) -> HttpResponse:
    """Whether this person's calendar has an address, and how to make, renew or turn it off."""
    return _page(request)


@only(*OPENERS)
@require_POST
def make(request: Any) -> HttpResponse:
    """A new address, shown in this answer and never again: only its hash is kept."""
    token = actions.make_feed(request.school, by=request.user)
    path = reverse("timetables:calendar", args=[request.school.uuid, token])
    return _page(request, address=request.build_absolute_uri(path))


@only(*OPENERS)
@require_POST
def off(request: Any) -> HttpResponse:
    if actions.end_feed(request.school, by=request.user):
        messages.success(request, "Your calendar is turned off. Its address no longer works.")
    return redirect("timetables:feed")


def _page(request: Any, address: str = "") -> HttpResponse:
    school = request.school
    response = render(
        request,
        "timetables/feed.html",
        {
            "address": address,
            "subscribe": f"webcal://{address.partition('://')[2]}" if address else "",
            "feed": CalendarFeed.objects.at([school]).working().filter(user=request.user).first(),
            "linked": StaffMember.objects.at([school]).filter(user=request.user).exists(),
            "teaches": Role.TEACHER in request.roles,
            "in_the_base": bool(request.roles & {Role.STAFF, Role.LEAD}),
        },
    )
    response["Cache-Control"] = "private, no-store"
    return response


@anyone(because="A calendar program cannot sign in: the long secret address stands for its person.")
def calendar(request: Any, school: UUID, token: str) -> HttpResponse:
    """The calendar at a secret address, with the rows of its one school in reach and no others."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    held = get_object_or_404(School.objects.select_related("trust"), uuid=school)
    with context.within(held.pk):
        owner = owner_of(held, token, timezone.localdate())
        if owner is None:
            raise Http404("Nobody’s calendar has this address.")
        return _calendar(request, owner)


def _calendar(request: Any, owner: Owner) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    days, entries = window(today), entries_of(owner, today)
    name = f"{owner.school.provision.name}, {owner.school}"
    said = hashlib.sha256(repr((name, days, entries)).encode()).hexdigest()[:32]
    response = HttpResponse(
        build(name, entries, now, days),
        content_type="text/calendar; charset=utf-8",
        headers={
            "ETag": f'W/"{said}"',
            "Cache-Control": "private, no-cache",
            "Content-Disposition": 'inline; filename="calendar.ics"',
            "X-Robots-Tag": "noindex, nofollow",
        },
    )
    # The tag is of what is said, not of when this copy was made.
    return get_conditional_response(request, etag=response["ETag"], response=response)  # type: ignore[return-value]
