"""Lessons missed in mainstream against lessons taught in the base, by subject."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from iap.audit.models import log_read
from iap.schools.access import only
from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Role
from pupils.access import READERS, pupil_or_404
from pupils.models import Placement
from pupils.record import record_of
from timetables.class_returns import classes_of
from timetables.kept_up import kept_up

WEEKS = 6


@only(*READERS)
@require_GET
def view(request: Any, uuid: UUID) -> HttpResponse:
    """The last six school weeks, or with `?since=start` all of the place."""
    pupil = pupil_or_404(request, uuid)
    today = timezone.localdate()
    log_read(request, "kept-up", [pupil])
    place = record_of(request, pupil, today).placement
    whole = request.GET.get("since") == "start"
    first, last = _span(place, whole, today, Calendar.of(pupil.school, today - dt.timedelta(weeks=20), today))
    may_write = bool(request.roles & {Role.STAFF, Role.LEAD, Role.SENCO})
    context = {
        "pupil": pupil,
        "place": place,
        "subjects": kept_up(pupil, first, last) if place else [],
        "first": first,
        "last": last,
        "spans": [("Last 6 school weeks", "?", not whole), ("Since the start", "?since=start", whole)],
        "classes": classes_of(pupil, today) if may_write and place else [],
        "fresh": uuid4,
    }
    return render(request, "timetables/kept_up.html", context)


def _span(
    place: Placement | None, whole: bool, today: dt.date, calendar: Calendar
) -> tuple[dt.date, dt.date]:
    """The days that are looked at, never outside the place."""
    weeks = [monday for monday in calendar.open_weeks() if monday <= monday_of(today)][-WEEKS:]
    first = weeks[0] if weeks else today
    if place is None:
        return first, today
    last = min(today, place.ends_on - dt.timedelta(days=1)) if place.ends_on else today
    return (place.starts_on if whole else max(first, place.starts_on)), last
