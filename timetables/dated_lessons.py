"""The lessons of some pupils over time: read once, then asked for any day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from .models import LessonTeacher, MainstreamLesson

SlotKey = tuple[str, int]  # week, period
Between = tuple[dt.date, dt.date | None]


@dataclass(frozen=True)
class Teacher:
    """Who takes a lesson, and when they left the school, if they did."""

    id: int
    name: str
    left_on: dt.date | None

    def has_left(self, day: dt.date) -> bool:
        return self.left_on is not None and self.left_on <= day


@dataclass(frozen=True)
class Had:
    """A lesson as a pupil has it on one day."""

    class_id: int
    class_name: str
    subject: str
    room: str
    teachers: tuple[Teacher, ...] = ()

    def __str__(self) -> str:
        """English (8x/En1)"""
        return self.class_name if self.subject == self.class_name else f"{self.subject} ({self.class_name})"

    @property
    def taught_by(self) -> str:
        return " and ".join(teacher.name for teacher in self.teachers)


@dataclass(frozen=True)
class _Row:
    pupil: int
    week: str
    period: int
    lesson: int
    had: Had
    spans: tuple[Between, ...]


@dataclass(frozen=True)
class DatedLessons:
    """What `lessons_of_cycle` would say on each day, for many pupils and many days: two queries."""

    weeks: list[str]
    rows: dict[int, list[_Row]] = field(default_factory=dict)
    teaching: dict[int, list[tuple[Teacher, Between]]] = field(default_factory=dict)

    @classmethod
    def of(cls, school: Any, pupil_ids: Iterable[int], first: dt.date) -> "DatedLessons":
        """The lessons that hold on `first` or later."""
        rows: dict[int, list[_Row]] = defaultdict(list)
        for row in _read(school, pupil_ids, first):
            rows[row.pupil].append(row)
        lessons = {row.lesson for each in rows.values() for row in each}
        held = LessonTeacher.objects.standing_from(first).filter(school=school, lesson__in=lessons)
        teaching: dict[int, list[tuple[Teacher, Between]]] = defaultdict(list)
        for each in held.select_related("teacher").order_by("teacher__family_name", "pk"):
            teacher = Teacher(each.teacher_id, str(each.teacher), each.teacher.left_on)
            teaching[each.lesson_id].append((teacher, (each.valid_from, each.valid_to)))
        return cls(school.weeks, rows, teaching)

    def cycle(self, pupil_id: int, day: dt.date) -> dict[SlotKey, Had]:
        """The pupil's lesson in every slot of the cycle by the timetable of the day."""
        found: dict[SlotKey, Had] = {}
        for row in self.rows.get(pupil_id, []):
            if all(_holds(span, day) for span in row.spans):
                found[row.week, row.period] = self._taught(row, day)
        every = {
            (label, period): had for (week, period), had in found.items() if not week for label in self.weeks
        }
        return every | {key: had for key, had in found.items() if key[0]}

    def _taught(self, row: _Row, day: dt.date) -> Had:
        teachers = tuple(who for who, span in self.teaching.get(row.lesson, ()) if _holds(span, day))
        had = row.had
        return Had(had.class_id, had.class_name, had.subject, had.room, teachers)


def _read(school: Any, pupil_ids: Iterable[int], first: dt.date) -> Iterable[_Row]:
    """In the order in which the later of two in one slot is the one that `lessons_of_cycle` shows."""
    member = "mainstream_class__members__"
    rows = MainstreamLesson.objects.standing_from(first).filter(
        Q(**{f"{member}valid_to": None}) | Q(**{f"{member}valid_to__gt": first}),
        school=school,
        **{f"{member}pupil__in": list(pupil_ids)},
    )
    columns = ("mainstream_class", "mainstream_class__name", "mainstream_class__subject", "room")
    spans = ("valid_from", "valid_to", f"{member}valid_from", f"{member}valid_to")
    listed = rows.order_by("week", "-mainstream_class__name", "-pk").values_list(
        f"{member}pupil", "week", "period", "pk", *columns, *spans
    )
    for pupil, week, period, pk, group, name, subject, room, *dates in listed:
        had = Had(group, name, subject or name, room)
        yield _Row(pupil, week, period, pk, had, ((dates[0], dates[1]), (dates[2], dates[3])))


def _holds(span: Between, day: dt.date) -> bool:
    start, end = span
    return start <= day and (end is None or day < end)
