"""How visits to lessons went, by subject and by period of the day. Never by teacher, and never by pupil."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from iap.ui.charts import Parts
from iap.ui.words import plural
from timetables.measures.success import visits_of
from timetables.models import LessonTeacher, MainstreamLesson

OUTCOMES = ("well", "mixed", "hard", "absent")
SERIES = (("Went well", "iap-f"), ("Mixed", "sand-t"), ("Found it hard", "plum-t"), ("Not there", "main-t"))
FEWEST = 5  # pupils
TOGETHER = "Other subjects"


@dataclass(frozen=True)
class Seen:
    """One rated visit, where it was in the week and what was taught."""

    pupil: int
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
        pk: (subject or "Subject not known", period, starts)
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
                Seen(pupil, TOGETHER if subject in alone else subject, period, starts, visit.outcome)
            )
    return found


def _taught_by_one(school: Any, subjects: dict[int, str]) -> set[str]:
    teachers: dict[str, set[int]] = defaultdict(set)
    rows = LessonTeacher.objects.filter(school=school, lesson__in=subjects)
    for lesson, teacher in rows.values_list("lesson", "teacher"):
        teachers[subjects[lesson]].add(teacher)
    return {subject for subject in set(subjects.values()) if len(teachers[subject]) < 2}


def by_subject(visits: list[Seen]) -> Parts | None:
    """In the order of the alphabet: this is no ranking."""
    names = sorted({visit.subject for visit in visits}, key=lambda name: (name == TOGETHER, name))
    return _parts([(name, [v for v in visits if v.subject == name]) for name in names], "Subject")


def by_period(visits: list[Seen]) -> Parts | None:
    """In the order of the bell."""
    names = list(dict.fromkeys(v.period for v in sorted(visits, key=lambda v: (v.starts, v.period))))
    return _parts([(name, [v for v in visits if v.period == name]) for name in names], "Period")


def _parts(groups: list[tuple[str, list[Seen]]], category: str) -> Parts | None:
    rows: list[Any] = []
    for name, of in groups:
        counted = Counter(visit.outcome for visit in of)
        if len({visit.pupil for visit in of}) < FEWEST:
            rows.append((name, None, f"fewer than {FEWEST} pupils"))
        else:
            rows.append((name, tuple(counted[outcome] for outcome in OUTCOMES)))
    shown = [row for row in rows if row[1] is not None]
    if not shown:
        return None
    well, every = sum(row[1][0] for row in shown), sum(sum(row[1]) for row in shown)
    word = category.lower()
    return Parts(
        title=f"{well} of {plural(every, 'rated visit')} went well",
        desc=f"How visits to lessons went in each {word}: well, mixed, hard, or not there. "
        f"A {word} with fewer than {FEWEST} pupils is not shown.",
        rows=tuple(rows),
        series=SERIES,
        category=category,
        across=True,
    )
