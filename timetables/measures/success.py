"""The visits to lessons that count towards lesson success (`timetables.outcomes.success`).

School absence, cancelled lessons and unrated visits are skipped.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pupils.attendance import CODES, Counts
from pupils.models import AttendanceMark
from timetables.models import LessonFeedback, Outcome
from timetables.outcomes import VALUES


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
    """The visits that count of each pupil, oldest first: two queries.

    "Not there" on a half-day on which the pupil was absent from school is left out: it says nothing of the lesson.
    """
    wanted = list(pupil_ids)
    rows = (
        LessonFeedback.objects.filter(school=school, pupil__in=wanted)
        .standing()
        .order_by("day", "lesson__period__starts", "at", "pk")
        .values_list(
            "pupil", "day", "lesson", "lesson__mainstream_class", "outcome", "line", "lesson__period__starts",
            "lesson__mainstream_class__subject", "lesson__mainstream_class__name",
        )
    )  # fmt: skip
    latest: dict[tuple[int, dt.date, int], tuple[Visit, str]] = {}
    for pupil, day, lesson, group, outcome, line, starts, subject, name in rows:
        words = f"{subject}, {name}" if subject else name
        half = "AM" if starts < dt.time(12, 15) else "PM"
        latest[pupil, day, lesson] = (Visit(day, lesson, group, outcome, line, words), half)
    missed = _absent(
        school, {(p, d) for (p, d, _), (visit, _) in latest.items() if visit.outcome == Outcome.ABSENT}
    )
    found: dict[int, list[Visit]] = defaultdict(list)
    for (pupil, day, _), (visit, half) in latest.items():
        if visit.outcome in VALUES and not (visit.outcome == Outcome.ABSENT and (pupil, day, half) in missed):
            found[pupil].append(visit)
    return found


def _absent(school: Any, days: set[tuple[int, dt.date]]) -> set[tuple[int, dt.date, str]]:
    rows = AttendanceMark.objects.filter(
        school=school, pupil__in={pupil for pupil, _ in days}, day__in={day for _, day in days}
    )
    return {
        (pupil, day, half)
        for pupil, day, half, code in rows.values_list("pupil", "day", "half", "code")
        if code not in CODES[Counts.PRESENT]
    }
