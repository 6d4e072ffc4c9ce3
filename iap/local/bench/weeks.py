"""What the lead and a teacher open about hybrid weeks: capacity, what if, the planner, My lessons."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Role, School
from iap.tenancy import context
from pupils.models import Placement
from referrals.heat import heat_of
from referrals.models import Referral
from referrals.queue import WAITING_STATES
from referrals.what_if import Answer
from timetables.measures.forecast import weeks_ahead

Median = Callable[[Callable[[], Any]], tuple[float, int]]
AHEAD = dt.timedelta(weeks=20)


def week_figures(school: School, signed_in: Callable[[School, Role], Any], median: Median) -> dict[str, Any]:
    """Milliseconds and queries: of whole pages, and of the heat map of twelve weeks alone."""
    lead, teacher = signed_in(school, Role.LEAD), signed_in(school, Role.TEACHER)
    today = timezone.localdate()
    with context.within(school.pk):
        school = School.objects.select_related("provision").get(pk=school.pk)
        open_ones = Placement.objects.filter(school=school).open_on(today)
        placement = open_ones.select_related("pupil").order_by("pk")[0]
        placed = open_ones.count()
        waiting = list(
            Referral.objects.filter(school=school, state__in=WAITING_STATES).values_list("uuid", flat=True)
        )

    def heat() -> None:
        calendar = Calendar.of(school, today, today + AHEAD)
        weeks = weeks_ahead(school, monday_of(today), today + AHEAD, calendar=calendar)[:12]
        for week in weeks:
            heat_of(week, Answer())

    capacity = reverse("referrals:capacity")
    with context.within(school.pk):
        heat_map = _told(median(heat)) | {"pupils": placed}
    return {
        "heat_map": heat_map,
        "capacity": _told(median(lambda: lead.get(capacity))),
        "what_if": _told(median(lambda: lead.get(capacity, {"p": [str(each) for each in waiting]}))),
        "planner": _told(
            median(lambda: lead.get(reverse("timetables:new_step", args=[placement.pupil.uuid])))
        ),
        "my_lessons": _told(median(lambda: teacher.get(reverse("timetables:my_lessons")))),
    }


def _told(measured: tuple[float, int]) -> dict[str, Any]:
    milliseconds, queries = measured
    return {"queries": queries, "median_ms": milliseconds}
