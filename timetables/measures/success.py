"""The visits to lessons that count towards lesson success (`timetables.outcomes.success`).

School absence, cancelled lessons and unrated visits are skipped.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, OuterRef, Value, When

from pupils.attendance import CODES, Counts
from pupils.models import AttendanceMark
from timetables.models import LessonFeedback, Outcome
from timetables.outcomes import VALUES

HALF_DAY = Case(When(lesson__period__starts__lt=dt.time(12, 15), then=Value("AM")), default=Value("PM"))


@dataclass(frozen=True)
class Visit:
    """One rated visit, the latest word of its teacher."""

    day: dt.date
    lesson: int
    class_id: int
    outcome: str
    line: str = ""
    class_words: str = ""  # "Science, 8R2"


def visits_of(school: Any, pupil_ids: Iterable[int]) -> dict[int, list[Visit]]:
    """The visits that count of each pupil, oldest first: one query.

    "Not there" on a half-day on which the pupil was absent from school is left out: it says nothing of the lesson.
    """
    rows = (
        LessonFeedback.objects.filter(school=school, pupil__in=list(pupil_ids))
        .standing()
        .annotate(half_day=HALF_DAY)
        .annotate(away=Case(When(outcome=Outcome.ABSENT, then=_absent(school)), default=Value(False)))
        .order_by("day", "lesson__period__starts", "at", "pk")
        .values_list(
            "pupil", "day", "lesson", "lesson__mainstream_class", "outcome", "line",
            "lesson__mainstream_class__subject", "lesson__mainstream_class__name", "away",
        )
    )  # fmt: skip
    latest: dict[tuple[int, dt.date, int], tuple[Visit, bool]] = {}
    for pupil, day, lesson, group, outcome, line, subject, name, away in rows:
        words = f"{subject}, {name}" if subject else name
        latest[pupil, day, lesson] = (Visit(day, lesson, group, outcome, line, words), away)
    found: dict[int, list[Visit]] = defaultdict(list)
    for (pupil, _, _), (visit, away) in latest.items():
        if visit.outcome in VALUES and not away:
            found[pupil].append(visit)
    return found


def _absent(school: Any) -> Exists:
    """Whether the pupil was absent from school on the half-day of the lesson."""
    marks = AttendanceMark.objects.filter(
        school=school, pupil=OuterRef("pupil"), day=OuterRef("day"), half=OuterRef("half_day")
    )
    return Exists(marks.exclude(code__in=CODES[Counts.PRESENT]))
