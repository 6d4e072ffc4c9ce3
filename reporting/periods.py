"""The days that a report is about: a half term, a term, a year or days of one's own, and the equal days before.

A half term is a run of open school weeks without a closed one between, whatever the school calls it. A term is
a row of the school's terms where these hold several half terms; where the school keeps half terms instead, two
that follow each other are a term. A year is the school's own, or September to August where none is kept.

A period that still runs ends today. The one before it is then cut to as many school days, so that a count is
compared with a count over equal time.
"""

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from iap.schools.calendar import Calendar
from iap.schools.models import AcademicYear, School, Term
from iap.ui import moments

WEEK = dt.timedelta(weeks=1)
BACK, AHEAD = dt.timedelta(days=12 * 366), dt.timedelta(days=2 * 366)


class Kind(StrEnum):
    HALF_TERM = "half-term"
    TERM = "term"
    YEAR = "year"
    OWN = "own"


KINDS = {Kind.HALF_TERM: "Half term", Kind.TERM: "Term", Kind.YEAR: "School year", Kind.OWN: "Own dates"}


@dataclass(frozen=True)
class Span:
    """Days with a name, first and last included."""

    name: str
    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Period:
    """The days of a report, first and last included. `closes` is the last day that it will have."""

    kind: Kind
    name: str
    first: dt.date
    last: dt.date
    closes: dt.date
    before: "Period | None" = field(default=None, repr=False)

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    @property
    def window(self) -> tuple[dt.date, dt.date]:
        return (self.first, self.last)

    @property
    def runs(self) -> bool:
        """Whether some of its days are still to come."""
        return self.last < self.closes

    @property
    def key(self) -> str:
        """What stands for it in an address: `term:2026-01-05`, or `own:2026-01-05:2026-02-13`."""
        key = f"{self.kind}:{self.first}"
        return f"{key}:{self.closes}" if self.kind == Kind.OWN else key

    @property
    def words(self) -> str:
        """Spring term, to Tuesday 3 March"""
        return f"{self.name}, to {moments.day(self.last)}" if self.runs else self.name


class Periods:
    """The periods of one school as they stand on a day: three queries, made when first asked."""

    def __init__(self, school: School, today: dt.date) -> None:
        self.school, self.today = school, today

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar.of(self.school, self.today - BACK, self.today + AHEAD)

    def find(self, key: str) -> Period | None:
        """The period that `Period.key` stands for; nothing where the school has no such one."""
        kind, _, days = key.partition(":")
        try:
            first, *rest = [dt.date.fromisoformat(part) for part in days.split(":") if part]
        except ValueError:
            return None
        if kind == Kind.OWN:
            return self.own(first, rest[0]) if len(rest) == 1 else None
        if kind not in set(Kind):
            return None
        spans = self._spans(Kind(kind))
        return next(
            (self._period(Kind(kind), spans, n) for n, s in enumerate(spans) if s.first == first), None
        )

    def now(self, kind: Kind) -> Period | None:
        """The one that today lies in, or the last that has begun."""
        spans = self._spans(kind)
        begun = [n for n, span in enumerate(spans) if span.first <= self.today]
        return self._period(kind, spans, begun[-1]) if begun else None

    def past(self, kind: Kind) -> list[Period]:
        """All that have begun, the newest first."""
        spans = self._spans(kind)
        begun = [n for n, span in enumerate(spans) if span.first <= self.today]
        return [self._period(kind, spans, n) for n in reversed(begun)]

    def own(self, first: dt.date, last: dt.date) -> Period | None:
        """These days; before them, as many school days. Nothing where they are none, or not begun."""
        if last < first or first > self.today:
            return None
        name = f"{moments.day(first, weekday=False)} to {moments.day(last, weekday=False)}"
        until = min(last, self.today)
        open_days = self.calendar.open_days()
        starts = bisect_right(open_days, first - dt.timedelta(days=1))
        length = bisect_right(open_days, until) - starts
        before = None
        if 0 < length <= starts:
            held = open_days[starts - length : starts]
            words = f"{moments.day(held[0], weekday=False)} to {moments.day(held[-1], weekday=False)}"
            before = Period(Kind.OWN, words, held[0], held[-1], held[-1])
        return Period(Kind.OWN, name, first, until, last, before)

    def _period(self, kind: Kind, spans: Sequence[Span], n: int) -> Period:
        span = spans[n]
        last = min(span.last, self.today)
        before = None
        if n:
            earlier = spans[n - 1]
            until = self._as_long(span.first, last, earlier) if last < span.last else earlier.last
            before = Period(kind, earlier.name, earlier.first, until, earlier.last)
        return Period(kind, span.name, span.first, last, span.last, before)

    def _as_long(self, first: dt.date, last: dt.date, earlier: Span) -> dt.date:
        """The last day of the part of `earlier` with as many school days as from `first` to `last`."""
        gone = sum(first <= day <= last for day in self.calendar.open_days())
        held = [day for day in self.calendar.open_days() if day in earlier]
        return held[min(gone, len(held)) - 1] if held and gone else earlier.first

    def _spans(self, kind: Kind) -> list[Span]:
        return {Kind.HALF_TERM: self.half_terms, Kind.TERM: self.terms, Kind.YEAR: self.years}.get(kind, [])

    @cached_property
    def _rows(self) -> list[Span]:
        rows = Term.objects.at([self.school]).order_by("starts_on")
        return [Span(*row) for row in rows.values_list("name", "starts_on", "ends_on")]

    @cached_property
    def years(self) -> list[Span]:
        rows = AcademicYear.objects.at([self.school]).order_by("starts_on")
        kept = [Span(*row) for row in rows.values_list("name", "starts_on", "ends_on")]
        bare = [day for day in self.calendar.open_days() if not any(day in year for year in kept)]
        begins = sorted({dt.date(day.year - (day.month < 9), 9, 1) for day in bare})
        return sorted([*kept, *_septembers(begins, kept)], key=lambda span: span.first)

    @cached_property
    def half_terms(self) -> list[Span]:
        found = []
        for run in _runs(self.calendar.open_days()):
            held = [row for row in self._rows if row.first <= run[-1] and run[0] <= row.last]
            name = f"Half term from {moments.day(run[0], weekday=False)}"
            found.append(Span(held[0].name if self._is_one(held, run) else name, run[0], run[-1]))
        return found

    def _is_one(self, held: Sequence[Span], run: Sequence[dt.date]) -> bool:
        """Whether the school's own row is this half term and nothing besides."""
        if len(held) != 1:
            return False
        own = [day for day in self.calendar.open_days() if day in held[0]]
        return set(own) <= set(run)

    @cached_property
    def terms(self) -> list[Span]:
        several = [row for row in self._rows if sum(half.first in row for half in self.half_terms) > 1]
        if several:
            return self._rows
        found = []
        for year in self.years:
            halves = [half for half in self.half_terms if half.first in year]
            found += [_joined(halves[n : n + 2]) for n in range(0, len(halves), 2)]
        return found


def _runs(days: Iterable[dt.date]) -> list[list[dt.date]]:
    """Open days, parted wherever a whole week lies between two of them."""
    runs: list[list[dt.date]] = []
    for day in days:
        if runs and (day - runs[-1][-1]) <= WEEK:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _septembers(begins: Iterable[dt.date], kept: Sequence[Span]) -> list[Span]:
    """Years from September to August, cut where a year the school keeps begins or ends."""
    found = []
    for first in begins:
        last = dt.date(first.year + 1, 8, 31)
        first = max([first, *(k.last + dt.timedelta(days=1) for k in kept if k.first < first <= k.last)])
        last = min([last, *(k.first - dt.timedelta(days=1) for k in kept if first < k.first <= last)])
        if first <= last:
            found.append(Span(f"{last.year - (last.month < 9)}/{last.year % 100:02}", first, last))
    return found


def _joined(halves: Sequence[Span]) -> Span:
    """A term of one or two half terms: Autumn 1 and Autumn 2 are the Autumn term."""
    first, last = halves[0], halves[-1]
    stems = {re.sub(r"\s*\d+$", "", half.name) for half in halves}
    numbers = [match[0] for half in halves if (match := re.search(r"\d+$", half.name))]
    if len(stems) == 1 and len(numbers) == len(halves):
        stem = stems.pop()
        name = f"{stem}s {' and '.join(numbers)}" if "term" in stem.lower() else f"{stem} term"
        return Span(name if len(halves) > 1 else first.name, first.first, last.last)
    return Span(f"Term from {moments.day(first.first, weekday=False)}", first.first, last.last)
