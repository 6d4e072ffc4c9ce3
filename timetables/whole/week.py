"""One week of the provision as it is held: which sessions on which day, who is placed, who staffs them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from iap.schools.calendar import Calendar
from iap.schools.models import Period, School, Weekday
from pupils.models import Placement, Pupil
from timetables.measures.groups import Staffing, staffing
from timetables.models import IapSession, StepPlace

WEEKEND = dt.timedelta(days=2)
AHEAD = dt.timedelta(days=45)  # longer than any holiday


@dataclass(frozen=True)
class Week:
    """A calendar week with at least one open day."""

    school: School
    calendar: Calendar
    monday: dt.date

    @property
    def label(self) -> str:
        return self.calendar.week_label(self.monday)

    @property
    def days(self) -> list[dt.date]:
        """Monday to Friday, those too on which the school is closed."""
        return [self.monday + dt.timedelta(days=n) for n in range(len(Weekday))]

    @property
    def last(self) -> dt.date:
        return self.days[-1]

    def open_days(self) -> list[dt.date]:
        return [day for day in self.days if self.calendar.is_open(day)]

    def runs(self, row: Any, day: dt.date) -> bool:
        """Whether a row of the cycle, with its week and period, comes round on that day."""
        on = row.week in {"", self.label} and row.period.weekday == day.isoweekday()
        return bool(on) and self.calendar.is_open(day)


def week_at(school: School, day: dt.date, label: str = "") -> Week | None:
    """The week of that day, at a weekend the coming one, or the next that is open. One query.

    With a label it is the first week of that label.
    """
    day += WEEKEND if day.isoweekday() > Weekday.FRIDAY else dt.timedelta()
    calendar = Calendar.of(school, day, day + AHEAD)
    fitting = (m for m in calendar.open_weeks() if not label or calendar.week_label(m) == label)
    monday = next(fitting, None)
    return Week(school, calendar, monday) if monday is not None else None


def periods_of(school: School) -> list[Period]:
    return list(Period.objects.filter(school=school).in_order())


def sessions_in(week: Week) -> list[tuple[dt.date, IapSession]]:
    """The sessions held in the week, each with its day, in order of time. One query."""
    rows = list(
        IapSession.objects.standing_from(week.monday)
        .filter(school=week.school, week__in={"", week.label}, valid_from__lte=week.last)
        .select_related("period")
    )
    found = [
        (day, row) for row in rows for day in week.open_days() if week.runs(row, day) and row.is_valid_on(day)
    ]
    return sorted(found, key=lambda each: (each[0], each[1].period.starts, each[1].title, each[1].pk))


def staffing_in(
    week: Week, held: list[tuple[dt.date, IapSession]]
) -> Iterator[tuple[dt.date, IapSession, Staffing]]:
    """The adults of each session that is held, cover counted. Two queries for each day that has any."""
    by_day: dict[dt.date, list[IapSession]] = defaultdict(list)
    for day, session in held:
        by_day[day].append(session)
    for day in week.open_days():
        known = staffing(week.school, [session.pk for session in by_day[day]], day)
        for session in by_day[day]:
            yield day, session, known[session.pk]


def pupils_in(week: Week) -> list[Pupil]:
    """Pupils with a place on some day of the week, by the name they are known by. One query."""
    rows = (
        Placement.objects.filter(school=week.school, starts_on__lte=week.last)
        .exclude(ends_on__lte=week.monday)
        .select_related("pupil")
    )
    pupils = {row.pupil_id: row.pupil for row in rows}
    return sorted(pupils.values(), key=lambda pupil: (pupil.short_name, pupil.family_name, pupil.pk))


def places_in(week: Week) -> dict[tuple[int, dt.date, int], StepPlace]:
    """Where the steps in force put each pupil, by pupil, day and period. One query."""
    rows = (
        StepPlace.objects.standing_from(week.monday)
        .filter(school=week.school, week__in={"", week.label}, step__starts_on__lte=week.last)
        .select_related("step__placement", "session", "period")
    )
    return {
        (row.step.pupil_id, day, row.period_id): row
        for row in rows
        for day in week.open_days()
        if week.runs(row, day) and _in_force(row.step, day)
    }


def _in_force(step: Any, day: dt.date) -> bool:
    begun = step.starts_on <= day and (step.ends_on is None or day < step.ends_on)
    return begun and step.placement.is_open_on(day)
