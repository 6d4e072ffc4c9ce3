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
from .models.evidence import GOOD_NEWS

WEEKS = 6
BEFORE, DURING, AFTER = "before", "during", "after"


@dataclass(frozen=True)
class Asked:
    """The days of one pupil that are asked about, first and last included."""

    pupil: int
    first: dt.date
    last: dt.date


def windows(placement: Any, spans: Sequence[Window], until: dt.date, weeks: int = WEEKS) -> dict[str, Window]:
    """The windows of a place that are whole by the day `until`, by their name. `spans` are all `whole_weeks`."""
    ends = placement.ends_on
    last = until if ends is None else min(until, ends - dt.timedelta(days=1))
    found: dict[str, Window] = {}
    before = [span for span in spans if span[1] < placement.starts_on][-weeks:]
    during = [span for span in spans if placement.starts_on <= span[0] and span[1] <= last][-weeks:]
    after = [span for span in spans if ends and ends <= span[0] and span[1] <= until][:weeks]
    for name, held in ((BEFORE, before), (DURING, during), (AFTER, after)):
        if len(held) == weeks:
            found[name] = (held[0][0], held[-1][1])
    return found


def whole_weeks(open_days: Sequence[dt.date]) -> list[Window]:
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

    A suspension counts with all its half-days where it began; good news in the log is left out.
    """
    counts = [list(ATTENDED), school.pk, AS_ATTENDED, list(POSSIBLE), school.pk, AS_POSSIBLE]
    rates = _ask(_ATTENDED, "pupils_attendancemark", "day", school, asked, counts)
    lost = _ask("coalesce(sum(held.sessions), 0)", "pupils_suspension", "starts_on", school, asked)
    logged = _ask(
        "count(*) FILTER (WHERE held.kind !~* %s)", "pupils_incident", "day", school, asked, [GOOD_NEWS]
    )
    return [
        Outcome(Rate(*rate), int(sessions), entries)
        for rate, (sessions,), (entries,) in zip(rates, lost, logged, strict=True)
    ]


_COUNTED = """count(*) FILTER (WHERE held.code = ANY(%s) OR held.code IN (
    SELECT code FROM schools_code WHERE school_id = %s AND "set" = 'attendance' AND category = ANY(%s)))"""
_ATTENDED = f"{_COUNTED}, {_COUNTED}"
# For each window the few rows of one pupil: years of marks of a whole school are not read.
_ASKED = """
SELECT found.*
FROM unnest(%s::bigint[], %s::date[], %s::date[]) WITH ORDINALITY AS asked(pupil, first, last, n)
CROSS JOIN LATERAL (
    SELECT {what} FROM {table} AS held
    WHERE held.school_id = %s AND held.pupil_id = asked.pupil AND held.{day} BETWEEN asked.first AND asked.last
) AS found
ORDER BY asked.n
"""


def _ask(
    what: str, table: str, day: str, school: Any, asked: Sequence[Asked], values: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    windows: list[Any] = [
        [each.pupil for each in asked],
        [each.first for each in asked],
        [each.last for each in asked],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_ASKED.format(what=what, table=table, day=day), [*windows, *values, school.pk])
        return cursor.fetchall()
