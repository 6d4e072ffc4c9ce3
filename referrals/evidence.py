"""What the school's own system says of pupils who are referred. Never keyed in, always as it is now."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Sum

from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import AcademicYear
from iap.ui.words import plural
from pupils.attendance import Rate, Window, rates
from pupils.models import AttendanceTotal, Incident, Suspension

WEEKS = 12  # school weeks that a line of attendance shows
BACK = dt.timedelta(days=200)  # in which twelve school weeks lie, holidays included


@dataclass(frozen=True)
class Evidence:
    """One pupil's. `weeks` has a rate for each of the last school weeks, oldest first."""

    weeks: tuple[tuple[dt.date, Rate], ...] = ()
    year: Rate = field(default_factory=Rate)
    last_year: Rate = field(default_factory=Rate)
    suspensions: int = 0
    half_days_suspended: int = 0
    incidents: int = 0

    @property
    def recent(self) -> Rate:
        """Over all the weeks shown."""
        return sum((rate for _, rate in self.weeks), Rate())

    @property
    def line(self) -> list[int]:
        """Per cent of the weeks that are known, for a sparkline."""
        return [rate.percent for _, rate in self.weeks if rate.percent is not None]

    @property
    def suspended_words(self) -> str:
        if not self.suspensions:
            return "No suspensions"
        return f"{plural(self.suspensions, 'suspension')}, {plural(self.half_days_suspended, 'half-day')}"


def evidence_of(
    school: Any, pupils: Sequence[Any], day: dt.date, *, calendar: Calendar | None = None, brief: bool = False
) -> dict[int, Evidence]:
    """For each pupil's key what is known on the day. Seven queries, whatever the number of pupils.

    Three where the `calendar` of the last weeks is known and `brief` leaves out incidents and the year before.
    """
    weeks = _weeks(calendar or Calendar.of(school, day - BACK, day), day)
    year = AcademicYear.objects.filter(school=school, starts_on__lte=day).order_by("-starts_on").first()
    windows = [*weeks, *([(year.starts_on, day)] if year else [])]
    counted = rates(pupils, windows)
    begins = year.starts_on if year else monday_of(day) - dt.timedelta(weeks=38)
    keys = [pupil.pk for pupil in pupils]
    suspended = _suspended(school, keys, begins, day)
    incidents = {} if brief else _incidents(school, keys, begins, day)
    before = {} if brief else _last_year(school, keys)
    return {
        key: Evidence(
            weeks=tuple((first, rate) for (first, _), rate in zip(weeks, counted[key], strict=False)),
            year=counted[key][-1] if year else Rate(),
            last_year=before.get(key, Rate()),
            suspensions=suspended[key][0],
            half_days_suspended=suspended[key][1],
            incidents=incidents.get(key, 0),
        )
        for key in keys
    }


def _weeks(calendar: Calendar, day: dt.date) -> list[Window]:
    mondays = [monday for monday in calendar.open_weeks() if monday <= day][-WEEKS:]
    return [(monday, min(monday + dt.timedelta(days=4), day)) for monday in mondays]


def _incidents(school: Any, keys: list[int], first: dt.date, last: dt.date) -> dict[int, int]:
    """Entries of the school's behaviour log, good news left out."""
    rows = Incident.objects.filter(school=school, pupil__in=keys, day__range=(first, last))
    return dict(rows.concerns().values_list("pupil").annotate(Count("pk")).order_by())


def _suspended(school: Any, keys: list[int], first: dt.date, last: dt.date) -> dict[int, tuple[int, int]]:
    rows = Suspension.objects.filter(school=school, pupil__in=keys, starts_on__range=(first, last))
    counted = rows.values_list("pupil").annotate(Count("pk"), Sum("sessions")).order_by()
    found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    return found | {pupil: (number, half_days) for pupil, number, half_days in counted}


def _last_year(school: Any, keys: list[int]) -> dict[int, Rate]:
    """The totals of the newest year that was brought in as totals."""
    rows = AttendanceTotal.objects.filter(school=school, pupil__in=keys).order_by("year")
    return {row.pupil_id: Rate(row.attended, row.possible) for row in rows}
