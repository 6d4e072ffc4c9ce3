"""Which mainstream lesson a pupil has in a slot: it follows from their classes and the day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import FilteredRelation, Q

from iap.schools.calendar import Calendar
from iap.schools.models import StaffMember

from .models import MainstreamLesson

Slot = tuple[int, str, int]  # pupil, week, period


@dataclass(frozen=True)
class Lesson:
    """A lesson as a pupil has it on one day."""

    subject: str
    class_name: str
    room: str = ""
    teachers: tuple[str, ...] = ()
    id: int = 0
    class_id: int = 0
    present: tuple[tuple[int, str], ...] = ()  # teachers who have not left the school, by key

    @property
    def detail(self) -> str:
        """Ms Kaur · A2"""
        return " · ".join(part for part in (" and ".join(self.teachers), self.room) if part)


def lessons_at(
    school: Any,
    pupil_ids: Iterable[int],
    day: dt.date,
    period_ids: Iterable[int] | None = None,
    *,
    calendar: Calendar | None = None,
) -> dict[tuple[int, int], Lesson]:
    """The lessons of these pupils on one day, by pupil and period; none where the school is closed.

    One query, whatever the number of pupils, and one more where the `calendar` is not known yet.
    """
    calendar = calendar or Calendar.of(school, day, day)
    if not calendar.is_open(day):
        return {}
    weeks = {"", calendar.week_label(day)}
    wanted = None if period_ids is None else list(period_ids)
    rows = _rows(school, pupil_ids, day).filter(week__in=weeks, period__weekday=day.isoweekday())
    if wanted is not None:
        rows = rows.filter(period__in=wanted)
    found = _lessons(school, rows, day)
    return {(pupil, period): lesson for (pupil, _, period), lesson in found.items()}


def lessons_of_cycle(school: Any, pupil_ids: Iterable[int], day: dt.date) -> dict[Slot, Lesson]:
    """The lessons of these pupils in every slot of the cycle, by the timetable that holds on `day`.

    Keyed by pupil, week and period; a lesson of every week stands in each week. One query.
    """
    found = _lessons(school, _rows(school, pupil_ids, day), day)
    cycle: dict[Slot, Lesson] = {}
    for (pupil, week, period), lesson in found.items():
        for label in [week] if week else school.weeks:
            # A lesson of one week stands before one of every week.
            if week or (pupil, label, period) not in cycle:
                cycle[pupil, label, period] = lesson
    return cycle


def _rows(school: Any, pupil_ids: Iterable[int], day: dt.date) -> Any:
    member = "mainstream_class__members__"
    return MainstreamLesson.objects.valid_on(day).filter(
        Q(**{f"{member}valid_to": None}) | Q(**{f"{member}valid_to__gt": day}),
        school=school,
        **{f"{member}pupil__in": list(pupil_ids), f"{member}valid_from__lte": day},
    )


def _lessons(school: Any, rows: Any, day: dt.date) -> dict[Slot, Lesson]:
    """The first by class where a pupil is in two; one of this week before one of every week. One query."""
    held = FilteredRelation(
        "teachers",
        condition=Q(teachers__school=school)
        & Q(teachers__valid_from__lte=day)
        & (Q(teachers__valid_to=None) | Q(teachers__valid_to__gt=day)),
    )
    listed = (
        rows.annotate(held=held)
        .order_by("week", "-mainstream_class__name", "-pk", "held__teacher__family_name", "held__pk")
        .values_list(
            "mainstream_class__members__pupil",
            "week",
            "period",
            "pk",
            "mainstream_class",
            "mainstream_class__name",
            "mainstream_class__subject",
            "room",
            "held__teacher",
            "held__teacher__title",
            "held__teacher__given_name",
            "held__teacher__family_name",
            "held__teacher__left_on",
        )
    )
    found: dict[Slot, Lesson] = {}
    for pupil, week, period, pk, group, name, subject, room, teacher, title, given, family, left_on in listed:
        held_before = found.get((pupil, week, period))
        lesson = (
            held_before
            if held_before and held_before.id == pk
            else Lesson(subject or name, name, room, id=pk, class_id=group)
        )
        if teacher is not None:
            called = str(StaffMember(title=title, given_name=given, family_name=family))
            there = () if left_on is not None and left_on <= day else ((teacher, called),)
            lesson = replace(lesson, teachers=(*lesson.teachers, called), present=(*lesson.present, *there))
        found[pupil, week, period] = lesson
    return found
