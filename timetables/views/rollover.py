"""Timetables that need a look, after a new term's classes, lessons and teachers have come in."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from iap.schools.models import Role
from pupils.access import pupil_or_404
from timetables.actions.looks import look_at
from timetables.rollover import first_day_of_next_term, looks_on

VIEWERS = (Role.LEAD, Role.SENCO)


@only(*VIEWERS)
@require_GET
def rollover(request: Any) -> HttpResponse:
    """Each pupil whose step meets another timetable than the one it was planned by, on a day."""
    today = timezone.localdate()
    asked = request.GET.get("day", "")
    day = _day(asked)
    term = first_day_of_next_term(request.school, today)
    looks = looks_on(request.school, day or today, today=today)
    log_read(request, "rollover", [look.pupil for look in looks])
    context = {
        "looks": looks,
        "to_decide": sum(look.needs_decision for look in looks),
        "day": day or today,
        "today": today,
        "wrong_day": asked if asked and day is None else "",
        "days": _days(day or today, today, term),
        "may_plan": Role.LEAD in request.roles,
    }
    return render(request, "timetables/rollover.html", context, status=422 if context["wrong_day"] else 200)


@only(*VIEWERS)
@require_POST
def seen(request: Any, uuid: UUID) -> HttpResponse:
    """What the page showed of this pupil was looked at; they are listed again when there is something new."""
    pupil = pupil_or_404(request, uuid)
    today = timezone.localdate()
    day = _day(request.POST.get("day", "")) or today
    look = next((each for each in looks_on(pupil.school, day, today=today) if each.pupil == pupil), None)
    try:
        if look is None:
            messages.info(request, f"There is nothing to look at for {pupil.known_as} any more.")
        else:
            look_at(look, by=request.user, seals=request.POST.getlist("finding"))
            messages.success(request, f"{pupil.known_as} is off the list until there is something new.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('timetables:rollover')}?day={day.isoformat()}")


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _days(day: dt.date, today: dt.date, term: dt.date | None) -> list[tuple[str, str, bool]]:
    here = reverse("timetables:rollover")
    offered = [("Today", here, day == today)]
    if term is not None:
        offered.append(("First day of next term", f"{here}?day={term.isoformat()}", day == term))
    return offered
