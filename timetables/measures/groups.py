"""Group size and staffing of one occurrence of a session.

Group size: planned = pupils whose step in force on the date places them in it; actual = those marked here, and
unknown, never 0, while nobody is marked. Within guide when fewer than 10 are planned.

Staffing: adults assigned and not absent, cover counted. Within guide with two adults, at least one of them
qualified by their staff record (two teachers qualify).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from iap.schools.models import StaffMember
from timetables.models import Cover, SessionRole, SessionStaff

GUIDE_SIZE = 9  # "fewer than 10"
GUIDE_ADULTS = 2


@dataclass(frozen=True)
class GroupSize:
    planned: int
    actual: int | None

    @property
    def within_guide(self) -> bool:
        return self.planned <= GUIDE_SIZE


@dataclass(frozen=True)
class Adult:
    """Somebody in an occurrence: by the timetable, or as cover for one day."""

    id: int
    name: str
    role: str
    qualified: bool
    covers: bool = False


Member = tuple[Any, Adult]  # the row by which they are there: SessionStaff, or Cover


@dataclass(frozen=True)
class Staffing:
    adults: tuple[Adult, ...] = ()

    @property
    def has_teacher(self) -> bool:
        return any(adult.qualified for adult in self.adults)

    @property
    def within_guide(self) -> bool:
        return len(self.adults) >= GUIDE_ADULTS and self.has_teacher

    def ratio(self, pupils: int) -> float | None:
        """Pupils to an adult; nothing without an adult or a pupil."""
        return pupils / len(self.adults) if self.adults and pupils else None


def group_size(planned: Iterable[int], here: Mapping[int, bool | None]) -> GroupSize:
    """`planned` are pupils; `here` says for some of them whether they were marked here."""
    pupils = set(planned)
    marks = [mark for mark in here.values() if mark is not None]
    return GroupSize(len(pupils), sum(marks) if marks else None)


HERE = """
SELECT session_id, day, sum(here::int) FROM (
    SELECT DISTINCT ON (session_id, day, pupil_id) session_id, day, here
    FROM timetables_sessionmark
    WHERE school_id = %s AND day BETWEEN %s AND %s AND undone_at IS NULL
    ORDER BY session_id, day, pupil_id, at DESC, id DESC
) AS latest GROUP BY session_id, day
"""


def here_between(school: Any, first: dt.date, last: dt.date) -> dict[tuple[int, dt.date], int]:
    """How many were here in each occurrence, by the latest mark of each pupil that stands; no entry where
    nobody was marked. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(HERE, [school.pk, first, last])
        return {(session, day): here for session, day, here in cursor.fetchall()}


def staffing(school: Any, sessions: Iterable[int], day: dt.date) -> dict[int, Staffing]:
    """The adults of each session on a day, teachers first: two queries."""
    wanted = list(sessions)
    found = staffing_over(school, wanted, [day])
    return {pk: found[pk, day] for pk in wanted}


def staffing_over(
    school: Any, sessions: Iterable[int], days: Iterable[dt.date]
) -> dict[tuple[int, dt.date], Staffing]:
    """The adults of each session on each of these days: two queries, however many they are."""
    wanted, dates = list(sessions), list(days)
    if not wanted or not dates:
        return {}
    rows = SessionStaff.objects.filter(school=school, session__in=wanted, valid_from__lte=max(dates))
    assigned: dict[int, list[Member]] = defaultdict(list)
    for row in rows.standing_from(min(dates)).select_related("adult"):
        assigned[row.session_id].append((row, adult_of(row.adult, row.role)))
    changes = Cover.objects.filter(school=school, session__in=wanted, day__in=dates)
    noted: dict[tuple[int, dt.date], list[Cover]] = defaultdict(list)
    for change in changes.select_related("covered_by"):
        noted[change.session_id, change.day].append(change)
    return {
        (pk, day): _staffing(present(day, assigned[pk], noted[pk, day])) for day in dates for pk in wanted
    }


def present(day: dt.date, assigned: Iterable[Member], changes: Iterable[Cover]) -> dict[int, Member]:
    """Who is in one session on a day, by key: who staffs it and is not away, and who comes. Each with the row that
    says so: who has joined the session since their cover was noted is there once.
    """
    changes = list(changes)
    away = {change.adult_id for change in changes}
    here = {
        adult.id: (row, adult) for row, adult in assigned if adult.id not in away and row.is_valid_on(day)
    }
    for change in changes:
        if change.covered_by is not None and change.covered_by.pk not in here:
            here[change.covered_by.pk] = change, adult_of(change.covered_by, change.role, covers=True)
    return here


def adult_of(person: StaffMember, role: str, *, covers: bool = False) -> Adult:
    return Adult(person.pk, str(person), role, person.qualified, covers)


def _staffing(here: dict[int, Member]) -> Staffing:
    return Staffing(tuple(sorted((adult for _, adult in here.values()), key=_teachers_first)))


def _teachers_first(adult: Adult) -> tuple[bool, str]:
    return adult.role != SessionRole.QT, adult.name
