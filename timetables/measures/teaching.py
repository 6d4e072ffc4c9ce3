"""Qualified-teacher time: minutes of a pupil's lesson slots in one calendar week that are with such a teacher.

On each school day of the week, by the step in force that day: a slot in a session counts when an adult in that
occurrence is qualified by their staff record, cover counted and absence taken off. A slot in mainstream or
supported in mainstream counts when a teacher of the lesson the pupil has then is qualified. Where the lesson or
its teacher is not known the slot does not count and its minutes are told as `unknown`. Off-site education
is lesson time, but a provider's staff are not on record here, so it does not count and is `unknown` too.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import PeriodKind, School
from timetables.models import HybridStep, LessonTeacher, MainstreamLesson, Place, StepPlace

from .groups import Staffing, staffing_over
from .hours import EDUCATION
from .share import IN_MAINSTREAM, step_on, steps_of

Staffed = dict[tuple[int, dt.date], Staffing]


@dataclass(frozen=True)
class Teaching:
    """Minutes of one week: of `lessons`, those with a qualified teacher, and those nobody can say it of."""

    lessons: int = 0
    qualified: int = 0
    unknown: int = 0

    def __add__(self, other: "Teaching") -> "Teaching":
        return Teaching(
            self.lessons + other.lessons, self.qualified + other.qualified, self.unknown + other.unknown
        )


@dataclass(frozen=True)
class Taught:
    """A lesson of a pupil's class as it stands in the school's timetable, between two days."""

    pk: int
    week: str
    class_name: str
    spans: tuple[tuple[dt.date, dt.date | None], ...]

    def holds(self, week: str, day: dt.date) -> bool:
        return self.week in {"", week} and all(_within(span, day) for span in self.spans)


def teaching_in(
    school: School,
    pupil_ids: Iterable[int],
    calendar: Calendar,
    monday: dt.date,
    *,
    steps: Mapping[int, Sequence[HybridStep]] | None = None,
) -> dict[int, Teaching]:
    """Each pupil's qualified-teacher time in the week of `monday`: at most six queries, five with their `steps`.

    A pupil without a step in that week is left out.
    """
    days = [day for day in calendar.open_days() if monday_of(day) == monday]
    steps = steps_of(school, pupil_ids) if steps is None else steps
    held = {(pupil, day): step_on(of, day) for pupil, of in steps.items() for day in days}
    found = {key: step for key, step in held.items() if step is not None}
    if not found:
        return {}
    places = _places(school, found.values())
    sessions = {row.session_id for rows in places.values() for row in rows if row.session_id is not None}
    staffed = staffing_over(school, sessions, days)
    lessons = _lessons(school, {pupil for pupil, _ in found}, days)
    teachers = _teachers(school, {each.pk for of in lessons.values() for each in of}, days)
    weeks: dict[int, Teaching] = defaultdict(Teaching)
    for (pupil, day), step in found.items():
        label = calendar.week_label(day)
        weeks[pupil] += Teaching()
        for row in of_the_day(places[step.pk], label, day):
            taught = _lesson_on(lessons.get((pupil, row.period_id), []), label, day)
            weeks[pupil] += _counted(row, day, staffed, teachers.get((taught, day)) if taught else None)
    return dict(weeks)


def _places(school: School, steps: Iterable[HybridStep]) -> dict[int, list[StepPlace]]:
    rows = StepPlace.objects.filter(
        school=school, step__in={step.pk for step in steps}, period__kind=PeriodKind.LESSON
    )
    found: dict[int, list[StepPlace]] = defaultdict(list)
    for row in rows.select_related("period"):
        found[row.step_id].append(row)
    return found


def of_the_day(rows: Iterable[StepPlace], label: str, day: dt.date) -> list[StepPlace]:
    """The place in each slot of that day: one of this week before one of every week."""
    slots: dict[int, StepPlace] = {}
    for row in sorted(rows, key=lambda each: each.week):
        if row.week in {"", label} and row.period.weekday == day.isoweekday():
            slots[row.period_id] = row
    return list(slots.values())


def _counted(row: StepPlace, day: dt.date, staffed: Staffed, qualified: bool | None) -> Teaching:
    """One slot. `qualified` says it of the mainstream lesson's teacher, and nothing where none is known."""
    if row.place not in EDUCATION:
        return Teaching()
    minutes, with_teacher = row.period.minutes, None
    if row.place == Place.SESSION and row.session_id is not None:
        with_teacher = staffed[row.session_id, day].has_teacher
    elif row.place in IN_MAINSTREAM:
        with_teacher = qualified
    return Teaching(minutes, minutes if with_teacher else 0, minutes if with_teacher is None else 0)


def _lessons(
    school: School, pupils: Iterable[int], days: list[dt.date]
) -> dict[tuple[int, int], list[Taught]]:
    """The lessons of these pupils in the week, by pupil and period: one query."""
    member = "mainstream_class__members__"
    first, last = min(days), max(days)
    rows = MainstreamLesson.objects.filter(
        Q(**{f"{member}valid_to": None}) | Q(**{f"{member}valid_to__gt": first}),
        school=school,
        valid_from__lte=last,
        **{f"{member}pupil__in": set(pupils), f"{member}valid_from__lte": last},
    ).standing_from(first)
    found: dict[tuple[int, int], list[Taught]] = defaultdict(list)
    for pupil, period, pk, week, name, *span in rows.values_list(
        f"{member}pupil", "period", "pk", "week", "mainstream_class__name",
        "valid_from", "valid_to", f"{member}valid_from", f"{member}valid_to",
    ):  # fmt: skip
        lesson = Taught(pk, week, name, ((span[0], span[1]), (span[2], span[3])))
        found[pupil, period].append(lesson)
    return found


def _lesson_on(lessons: Iterable[Taught], label: str, day: dt.date) -> int | None:
    """The one the pupil is shown: of this week before every week, then the first by class."""
    held = [each for each in lessons if each.holds(label, day)]
    chosen = min(held, key=lambda each: (not each.week, each.class_name, each.pk), default=None)
    return chosen.pk if chosen else None


def _teachers(school: School, lessons: Iterable[int], days: list[dt.date]) -> dict[tuple[int, dt.date], bool]:
    """Whether one of a lesson's teachers on a day is qualified; without a teacher, no entry. One query."""
    rows = (
        LessonTeacher.objects.filter(school=school, lesson__in=set(lessons), valid_from__lte=max(days))
        .standing_from(min(days))
        .annotate(is_qualified=F("teacher__qualified"))
    )
    found: dict[tuple[int, dt.date], bool] = {}
    for row in rows:
        qualified: Any = row.is_qualified
        for day in days:
            if row.is_valid_on(day):
                found[row.lesson_id, day] = found.get((row.lesson_id, day), False) or qualified
    return found


def _within(span: tuple[dt.date, dt.date | None], day: dt.date) -> bool:
    return span[0] <= day and (span[1] is None or day < span[1])
