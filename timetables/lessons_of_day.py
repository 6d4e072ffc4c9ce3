"""The mainstream lessons of one day to which pupils of the provision come: who takes them, and who is told on paper."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from iap.schools.models import School, StaffMember

from .models import LessonCover, LessonTeacher, MainstreamLesson
from .visits import Visit, visits_on


@dataclass
class LessonOnDay:
    """One lesson, its teachers, who takes it that day instead, and the pupils who come."""

    lesson: MainstreamLesson
    teachers: list[StaffMember] = field(default_factory=list)
    cover: StaffMember | None = None
    visits: list[Visit] = field(default_factory=list)

    @property
    def takes(self) -> list[StaffMember]:
        return [self.cover] if self.cover else self.teachers

    @property
    def on_paper(self) -> bool:
        """Whether nobody who takes it can sign in to read My lessons."""
        return not any(each.user_id for each in self.takes)


def lessons_of_day(school: School, day: dt.date, *, reader: Any) -> list[LessonOnDay]:
    """By the bell. Six queries at most, however many lessons and pupils."""
    found: dict[int, LessonOnDay] = {}
    for visit in visits_on(school, day, user=reader):
        found.setdefault(visit.lesson.pk, LessonOnDay(visit.lesson)).visits.append(visit)
    for lesson, teacher in _teachers(school, found, day):
        found[lesson].teachers.append(teacher)
    covers = LessonCover.objects.filter(school=school, lesson__in=found, day=day)
    for cover in covers.select_related("covered_by"):
        found[cover.lesson_id].cover = cover.covered_by
    return list(found.values())


def _teachers(school: School, lessons: Iterable[int], day: dt.date) -> list[tuple[int, StaffMember]]:
    """Who teaches these lessons that day: nobody who has left by then, though the timetable may still name them."""
    rows = LessonTeacher.objects.valid_on(day).filter(school=school, lesson__in=list(lessons))
    rows = rows.exclude(teacher__left_on__lte=day)
    by_lesson: dict[tuple[int, int], StaffMember] = {}
    for row in rows.select_related("teacher").order_by("teacher__family_name", "teacher"):
        by_lesson[row.lesson_id, row.teacher_id] = row.teacher
    return [(lesson, teacher) for (lesson, _), teacher in by_lesson.items()]
