"""How visits to lessons went, by subject and by period of the day. Never by teacher, and never by pupil."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from timetables.measures.success import visits_of
from timetables.models import LessonTeacher, MainstreamLesson

WELL = "well"
WORDS = {WELL: "Went well", "mixed": "Mixed", "hard": "Found it hard", "absent": "Not there"}
TOGETHER = "Other subjects"


@dataclass(frozen=True)
class Seen:
    """One rated visit, where it was in the week and what was taught."""

    pupil: int
    day: dt.date
    subject: str
    period: str
    starts: dt.time
    outcome: str


def seen(school: Any, pupils: Iterable[int], first: dt.date, last: dt.date) -> list[Seen]:
    """The rated visits of these pupils between two days: four queries.

    Visits are those that count towards lesson success. A subject that one adult alone has taught is put together
    with the others of its kind, since it would tell of that adult.
    """
    visits = {
        pupil: [visit for visit in of if first <= visit.day <= last]
        for pupil, of in visits_of(school, pupils).items()
    }
    wanted = {visit.lesson for of in visits.values() for visit in of}
    lessons = MainstreamLesson.objects.filter(school=school, pk__in=wanted)
    where = {
        pk: (subject or "Subject not known", f"Lesson {period}" if period.isdigit() else period, starts)
        for pk, subject, period, starts in lessons.values_list(
            "pk", "mainstream_class__subject", "period__name", "period__starts"
        )
    }
    alone = _taught_by_one(school, {pk: subject for pk, (subject, *_) in where.items()})
    found = []
    for pupil, of in visits.items():
        for visit in of:
            subject, period, starts = where[visit.lesson]
            found.append(
                Seen(
                    pupil, visit.day, TOGETHER if subject in alone else subject, period, starts, visit.outcome
                )
            )
    return found


def _taught_by_one(school: Any, subjects: dict[int, str]) -> set[str]:
    teachers: dict[str, set[int]] = defaultdict(set)
    rows = LessonTeacher.objects.filter(school=school, lesson__in=subjects)
    for lesson, teacher in rows.values_list("lesson", "teacher"):
        teachers[subjects[lesson]].add(teacher)
    return {subject for subject in set(subjects.values()) if len(teachers[subject]) < 2}
