"""Before, during and after a place: equal windows of whole school weeks, and what lies in them.

Before: the six school weeks that end before the place begins. During: its last six whole school weeks, up to a
day. After: the first six whole school weeks after it. A window of fewer weeks would not be equal, so there is
none then.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from .attendance import AS_ATTENDED, AS_POSSIBLE, ATTENDED, POSSIBLE, Rate, Window

WEEKS = 6
BEFORE, DURING, AFTER = "before", "during", "after"


@dataclass(frozen=True)
class Asked:
    """The days of one pupil that are asked about, first and last included."""

    pupil: int
    first: dt.date
    last: dt.date


def windows(
    placement: Any, open_days: Sequence[dt.date], until: dt.date, weeks: int = WEEKS
) -> dict[str, Window]:
    """The windows of a place that are whole by the day `until`, by their name."""
    ends = placement.ends_on
    last = until if ends is None else min(until, ends - dt.timedelta(days=1))
    found: dict[str, Window] = {}
    spans = _weeks(open_days)
    before = [span for span in spans if span[1] < placement.starts_on][-weeks:]
    during = [span for span in spans if placement.starts_on <= span[0] and span[1] <= last][-weeks:]
    after = [span for span in spans if ends and ends <= span[0] and span[1] <= until][:weeks]
    for name, held in ((BEFORE, before), (DURING, during), (AFTER, after)):
        if len(held) == weeks:
            found[name] = (held[0][0], held[-1][1])
    return found


def _weeks(open_days: Sequence[dt.date]) -> list[Window]:
    """First and last open day of each week."""
    spans: dict[tuple[int, int], Window] = {}
    for day in open_days:
        week = day.isocalendar()[:2]
        spans[week] = (spans[week][0] if week in spans else day, day)
    return list(spans.values())


@dataclass(frozen=True)
class Outcome:
    """What lies in a window: half-days attended, half-days lost to suspensions, and entries of the school's log."""

    attendance: Rate
    suspended: int
    logged: int


def outcomes_in(school: Any, asked: Sequence[Asked]) -> list[Outcome]:
    """For each of these, in order: three queries.

    A suspension counts with all its half-days where it began; the log holds good news too.
    """
    counts = [list(ATTENDED), school.pk, AS_ATTENDED, list(POSSIBLE), school.pk, AS_POSSIBLE]
    rates = _ask(_ATTENDED, "pupils_attendancemark", "day", school, asked, counts)
    lost = _ask("sum(held.sessions)", "pupils_suspension", "starts_on", school, asked)
    logged = _ask("count(*)", "pupils_incident", "day", school, asked)
    return [
        Outcome(Rate(*rates.get(n, (0, 0))), int(lost.get(n, (0,))[0]), logged.get(n, (0,))[0])
        for n in range(len(asked))
    ]


_COUNTED = """count(*) FILTER (WHERE held.code = ANY(%s) OR held.code IN (
    SELECT code FROM schools_code WHERE school_id = %s AND "set" = 'attendance' AND category = ANY(%s)))"""
_ATTENDED = f"{_COUNTED}, {_COUNTED}"
_ASKED = """
SELECT asked.n, {what}
FROM unnest(%s::int[], %s::bigint[], %s::date[], %s::date[]) AS asked(n, pupil, first, last)
JOIN {table} AS held ON held.school_id = %s AND held.pupil_id = asked.pupil
    AND held.{day} BETWEEN asked.first AND asked.last
GROUP BY asked.n
"""


def _ask(
    what: str, table: str, day: str, school: Any, asked: Sequence[Asked], values: Sequence[Any] = ()
) -> dict[int, tuple[Any, ...]]:
    columns: list[Any] = [
        list(range(len(asked))),
        [each.pupil for each in asked],
        [each.first for each in asked],
        [each.last for each in asked],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_ASKED.format(what=what, table=table, day=day), [*values, *columns, school.pk])
        return {n: tuple(rest) for n, *rest in cursor.fetchall()}
