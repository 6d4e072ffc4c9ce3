"""The week by pupil: where each of them is, one line a pupil."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from iap.schools.models import Period
from iap.ui import words
from pupils.models import Pupil
from timetables.grids import name_of
from timetables.lessons import Lesson, lessons_at
from timetables.measures.share import IN_MAINSTREAM, mainstream_share
from timetables.models import StepPlace

from .week import Week, places_in, pupils_in


@dataclass(frozen=True)
class Part:
    """One or more periods after each other at the same place."""

    first: Period
    last: Period
    look: words.Look
    title: str

    @property
    def when(self) -> str:
        """P1, or P1 to P3"""
        start, end = name_of(self.first), name_of(self.last)
        return start if start == end else f"{start} to {end}"


@dataclass(frozen=True)
class PupilWeek:
    pupil: Pupil
    percent: int | None
    days: list[list[Part]]


def by_pupil(week: Week) -> list[PupilWeek]:
    """Each pupil with a place in the week: the share of the cycle in mainstream, and the parts of each day.

    The share is that of the week's last school day. The same number of queries however many there are.
    """
    pupils = pupils_in(week)
    places = places_in(week)
    days: dict[tuple[int, dt.date], list[StepPlace]] = defaultdict(list)
    for (pupil, day, _), row in places.items():
        days[pupil, day].append(row)
    lessons: dict[tuple[int, dt.date, int], Lesson] = {}
    ids = [pupil.pk for pupil in pupils]
    for day in week.open_days():
        for (pupil, period), lesson in lessons_at(week.school, ids, day, calendar=week.calendar).items():
            lessons[pupil, day, period] = lesson
    shares = mainstream_share(week.school, ids, week.open_days()[-1])

    def parts(pupil: Pupil, day: dt.date) -> list[Part]:
        rows = sorted(days[pupil.pk, day], key=lambda row: (row.period.starts, row.pk))
        return _joined([_part(row, lessons.get((pupil.pk, day, row.period_id))) for row in rows])

    return [
        PupilWeek(
            pupil,
            shares[pupil.pk].percent if pupil.pk in shares else None,
            [parts(pupil, day) for day in week.days],
        )
        for pupil in pupils
    ]


def _part(row: StepPlace, lesson: Lesson | None) -> Part:
    if row.session is not None:
        return Part(row.period, row.period, words.strand(row.session.strand), row.session.title)
    look = words.place(row.place)
    if row.place in IN_MAINSTREAM:
        return Part(row.period, row.period, look, lesson.subject if lesson else look.label)
    return Part(row.period, row.period, look, row.provider or look.label)


def _joined(parts: list[Part]) -> list[Part]:
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if before and (before.look, before.title) == (part.look, part.title):
            joined[-1] = Part(before.first, part.last, part.look, part.title)
        else:
            joined.append(part)
    return joined
