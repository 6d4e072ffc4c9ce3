"""Check-ins with what surrounds them: the period, and the lesson or session before which and after which they were.

Unsettled is a check-in at Stuck or Shaky. What a pupil goes to is what their step in force places them in, in the
check-in's period or the next lesson period of that day; what they come from is the lesson period before it. After a
lesson, the period of the check-in is what they come from. Undone check-ins do not count.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iap.schools.calendar import Calendar
from iap.schools.models import Period, School, Weekday
from pupils.models import CheckIn, CheckInKind, Readiness
from timetables.dated_lessons import DatedLessons, Had
from timetables.models import HybridStep, Place, StepPlace

from .share import IN_MAINSTREAM, step_on, steps_of

UNSETTLED = {Readiness.STUCK, Readiness.SHAKY}
NOTHING = ""


@dataclass(frozen=True)
class Said:
    """One check-in that stands."""

    pupil: int
    day: dt.date
    kind: str
    readiness: int
    period: str  # its name on the bell, or nothing
    going_to: str
    coming_from: str
    starts: dt.time | None = None  # of the period

    @property
    def unsettled(self) -> bool:
        return self.readiness in UNSETTLED

    @property
    def weekday(self) -> str:
        return Weekday(self.day.isoweekday()).label


def said_between(
    school: School, first: dt.date, last: dt.date, calendar: Calendar, *, pupil: Any = None
) -> list[Said]:
    """Every check-in of these days in order, of one pupil or of all: six queries."""
    rows = CheckIn.objects.filter(school=school, day__range=(first, last)).standing()
    if pupil is not None:
        rows = rows.filter(pupil=pupil)
    logged = list(rows.order_by("day", "at", "pk").values_list("pupil", "day", "kind", "readiness", "period"))
    around = _Around(school, {row[0] for row in logged}, first, last, calendar)
    found = []
    for who, day, kind, readiness, period in logged:
        if day.isoweekday() > Weekday.FRIDAY:
            continue
        going_to, coming_from = around.of(who, day, kind, period)
        name = around.names.get(period, NOTHING)
        starts = around.periods[period].starts if period in around.periods else None
        found.append(Said(who, day, kind, readiness, name, going_to, coming_from, starts))
    return found


class _Around:
    """Where pupils were in each lesson period of a day."""

    def __init__(
        self, school: School, pupils: Iterable[int], first: dt.date, last: dt.date, calendar: Calendar
    ) -> None:
        wanted = set(pupils)
        self.calendar = calendar
        self.steps = steps_of(school, wanted)
        held = [step for steps in self.steps.values() for step in steps if step.starts_on <= last]
        self.places = _places(school, [step for step in held if step.ends_on is None or step.ends_on > first])
        self.lessons = DatedLessons.of(school, wanted, first)
        periods = list(Period.objects.filter(school=school).order_by("weekday", "starts"))
        self.periods = {period.pk: period for period in periods}
        self.names = {period.pk: _named(period) for period in periods}
        self.by_weekday: dict[int, list[Period]] = defaultdict(list)
        for period in periods:
            if period.is_lesson:
                self.by_weekday[period.weekday].append(period)
        self._cycles: dict[tuple[int, dt.date], Mapping[tuple[str, int], Had]] = {}

    def of(self, pupil: int, day: dt.date, kind: str, period_id: int | None) -> tuple[str, str]:
        """What the pupil goes to, and what they come from; nothing where that is not known."""
        period = self.periods.get(period_id or 0)
        if period is None or kind == CheckInKind.END_OF_DAY:
            return NOTHING, NOTHING
        lessons = self.by_weekday[day.isoweekday()]
        # After a lesson, its own period is behind the pupil; before one, it is still to come.
        behind = [
            each.starts < period.starts or (each == period and kind == CheckInKind.AFTER) for each in lessons
        ]
        later = [each for each, is_behind in zip(lessons, behind, strict=True) if not is_behind]
        earlier = [each for each, is_behind in zip(lessons, behind, strict=True) if is_behind]
        return self._place(pupil, day, later[:1]), self._place(pupil, day, earlier[-1:])

    def _place(self, pupil: int, day: dt.date, period: Sequence[Period]) -> str:
        step = step_on(self.steps.get(pupil, []), day)
        if step is None or not period:
            return NOTHING
        label, slots = self.calendar.week_label(day), self.places.get(step.pk, {})
        place, title = slots.get((label, period[0].pk)) or slots.get(("", period[0].pk)) or ("", "")
        if place in IN_MAINSTREAM:
            had = self._cycle(pupil, day).get((label, period[0].pk))
            return had.subject if had else "A mainstream lesson"
        return title or (Place(place).label if place else NOTHING)

    def _cycle(self, pupil: int, day: dt.date) -> Mapping[tuple[str, int], Had]:
        if (pupil, day) not in self._cycles:
            self._cycles[pupil, day] = self.lessons.cycle(pupil, day)
        return self._cycles[pupil, day]


def _places(school: School, steps: Iterable[HybridStep]) -> dict[int, dict[tuple[str, int], tuple[str, str]]]:
    rows = StepPlace.objects.filter(school=school, step__in={step.pk for step in steps})
    found: dict[int, dict[tuple[str, int], tuple[str, str]]] = defaultdict(dict)
    for step, week, period, place, title in rows.values_list(
        "step", "week", "period", "place", "session__title"
    ):
        found[step][week, period] = (place, title or "")
    return found


def _named(period: Period) -> str:
    """Lesson 3, Break: periods of one name on several days are one."""
    return f"Lesson {period.name}" if period.is_lesson and period.name.isdigit() else period.name
