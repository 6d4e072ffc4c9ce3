"""Figures: what is reported, the rows that make each, and the registry from which every page and paper takes them.

A measure is one function that gives **rows**. The figure is worked out from these rows and from nothing else, so
that the figure and its list can never disagree:

    def pupils_supported(facts, period):
        '''Pupils who had a place on at least one school day of the period.'''
        return [Row((p.starts_on, p.ends_on), pupil=p.pupil_id) for p in facts.placements ...]

    register(Measure("pupils-supported", "Pupils supported", pupils_supported, unit="pupils",
                     columns=("From", "Until"), order=10))

The function's docstring is the definition that people read, on screen and in a paper's list of definitions. Say
there, in plain words, what is counted, of what, and what is left out.

Rows hold no pupil's name, only the key of the pupil: names are looked up where somebody may see them
(`Measure.named_to`), and are in no cache, no file and no message. A page, a PDF, a spreadsheet and a trust page
all take `figures_of(facts, period, …)`; what leaves the school takes `Figure.leaving()` of each.
"""

import datetime as dt
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from statistics import median
from typing import Any, NamedTuple

from iap.schools.models import Role
from iap.ui import moments

from .facts import Facts
from .periods import Period
from .suppression import hidden_among, is_small

Number = int | Fraction

INSIDE = frozenset({Role.LEAD, Role.LEADER, Role.SENCO})


class Percent(Fraction):
    """A part of a whole in a cell: 43%."""


class Pounds(Fraction):
    """Money in a cell: £1,240."""


class Way(StrEnum):
    """How a figure follows from its rows."""

    COUNT = "count"  # the sum of the parts
    SHARE = "share"  # the sum of the parts of that of the wholes, as a percentage
    RATIO = "ratio"  # the same in the measure's unit
    MEDIAN = "median"  # the middle of the parts


class Row(NamedTuple):
    """One row behind a figure.

    cells   what the list shows, in the order of the measure's columns: dates, numbers, words. Never a name
    part    what it adds above the line; None where that is not known, and the row then counts nowhere
    whole   what it adds below the line, for a share or a ratio
    pupil   the key of the pupil it is about, if it is about one
    group   the bar, week or kind it belongs to where the figure is split (`Figure.groups`)
    """

    cells: tuple[Any, ...] = ()
    part: Number | None = 1
    whole: Number = 1
    pupil: int | None = None
    group: str = ""


@dataclass(frozen=True)
class Measure:
    """Something that is measured: its words, the one function that gives its rows, and who may see these.

    key       stands for it in addresses, files and snapshots; never changes
    build     (facts, period) → rows; its docstring is the definition
    unit      "pupils", "school days", "£" …; a share says "%" by itself
    one       the unit for 1
    columns   what the cells of a row are
    groups    the names of the groups in order, where rows have any; others follow as they come
    about     the section it belongs to: "places", "groups", "waiting", "classrooms", "outcomes", "cost" …
    readers   who may see the figure, and its rows without names
    named_to  who may see names in its rows
    compared  (figure, facts) → words beside it, instead of those that tell the figure of the period before
    target    what is said beside it is a target or a guide: it tells of nobody, and may leave with it
    alone     it is not compared with the period before, and not worked out for it
    headline  whether it stands in the strip at the top of the overview
    """

    key: str
    label: str
    build: Callable[[Facts, Period], Iterable[Row]]
    way: Way = Way.COUNT
    unit: str = ""
    one: str = ""
    columns: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    about: str = "places"
    readers: frozenset[str] = INSIDE
    named_to: frozenset[str] = INSIDE
    compared: Callable[["Figure", Facts], str] | None = None
    target: bool = False
    alone: bool = False
    headline: bool = False
    order: int = 50

    @property
    def definition(self) -> str:
        """In words, for everybody who reads the figure."""
        return " ".join((inspect.getdoc(self.build) or "").split())

    @property
    def is_percent(self) -> bool:
        return self.way == Way.SHARE or self.unit == "%"


@dataclass(frozen=True)
class Figure:
    """A measure of one school over one period, with the very rows that make it.

    earlier  the rows of the period before, where there is one
    beside   what is said beside it, where that is not the figure of the period before
    hidden   it would tell of fewer than five people, so that neither its value nor what it could be worked out
             from is told
    n_told   whether it may be said on how many rows it rests
    """

    measure: Measure
    period: Period
    rows: tuple[Row, ...]
    earlier: tuple[Row, ...] | None = None
    beside: str = ""
    hidden: bool = False
    n_told: bool = True
    group: str = ""

    @property
    def key(self) -> str:
        return self.measure.key

    @property
    def label(self) -> str:
        return self.measure.label

    @property
    def unit(self) -> str:
        if self.measure.is_percent or self.measure.unit == "£":
            return ""
        return self.measure.one if self.measure.one and self.value == 1 else self.measure.unit

    @property
    def definition(self) -> str:
        return self.measure.definition

    @cached_property
    def counted(self) -> tuple[Row, ...]:
        """The rows that count: those of which it is known."""
        return tuple(row for row in self.rows if row.part is not None)

    @cached_property
    def value(self) -> Number | None:
        """The figure as an exact number; nothing while nothing is known, or where it is hidden."""
        return None if self.hidden else worked_out(self.measure.way, self.rows)

    @cached_property
    def before(self) -> Number | None:
        return None if self.hidden or self.earlier is None else worked_out(self.measure.way, self.earlier)

    @property
    def n(self) -> int | None:
        """How many rows it rests on; nothing where that is not told."""
        return len(self.counted) if self.n_told and not self.hidden else None

    @property
    def pupils(self) -> set[int]:
        """The pupils it tells of."""
        return {row.pupil for row in self.counted if row.pupil is not None}

    @property
    def said(self) -> str:
        """43%, 14, 2.5, £1,240 or, of nothing, a dash."""
        return "not shown" if self.hidden else said(self.measure, self.value)

    @property
    def comparison(self) -> str:
        """Beside the figure, in words."""
        if self.hidden:
            return ""
        return self.beside or self.compared_with_before()

    def compared_with_before(self) -> str:
        """Autumn term: 30%. Or: same part of Autumn term: 30%."""
        earlier = self.period.before
        if earlier is None or self.before is None:
            return ""
        part = "Same part of " if earlier.runs else ""
        return f"{part}{earlier.name}: {said(self.measure, self.before)}"

    def groups(self) -> list["Figure"]:
        """The figure of each group of its rows, in the measure's order; the groups together are its rows."""
        names = list(dict.fromkeys([*self.measure.groups, *(row.group for row in self.rows)]))
        return [self.of_group(name) for name in names]

    def of_group(self, name: str) -> "Figure":
        return replace(
            self,
            group=name,
            rows=tuple(row for row in self.rows if row.group == name),
            earlier=None if self.earlier is None else tuple(row for row in self.earlier if row.group == name),
        )

    def leaving(self) -> "Figure":
        """As it may leave the school: rows of pupils say nothing, and it is hidden where it tells of 1 to 4."""
        if self.hidden or _tells_of_few(self):
            return replace(self, rows=(), earlier=None, beside="", hidden=True)
        few = self.earlier is None or _few(self.measure.way, self.earlier)
        earlier = None if few or self.earlier is None else _unnamed(self.earlier)
        beside = self.beside if self.measure.target else ""
        return replace(self, rows=_unnamed(self.rows), earlier=earlier, beside=beside)

    def groups_leaving(self) -> list["Figure"]:
        """The groups as they may leave the school: small ones are hidden, with what would give them away."""
        groups = self.groups()
        hidden = hidden_among({each.group: len(each.told_of) for each in groups})
        few = {each.group for each in groups if each.leaving().hidden}
        return [
            replace(each, rows=(), earlier=None, hidden=True)
            if self.hidden or each.group in hidden | few
            else replace(each.leaving(), earlier=None)
            for each in groups
        ]

    @property
    def told_of(self) -> set[int]:
        """The pupils who add something to it."""
        return _told_of(self.rows)


def worked_out(way: Way, rows: Iterable[Row]) -> Number | None:
    """The number that these rows make. A count of nothing is 0; anything else of nothing is not known."""
    held = [row for row in rows if row.part is not None]
    parts = [row.part for row in held if row.part is not None]
    if way == Way.COUNT:
        return sum(parts)
    if way == Way.MEDIAN:
        return median(map(Fraction, parts)) if parts else None
    whole = sum(row.whole for row in held)
    return Fraction(sum(parts)) / Fraction(whole) if whole else None


def said(measure: Measure, value: Number | None) -> str:
    """A number as people read it: a share is rounded half up, but never to 0 or 100 unless it is exactly that."""
    if value is None:
        return "–"
    if measure.is_percent:
        return f"{percent(value)}%"
    if measure.unit == "£":
        return f"£{_half_up(Fraction(value)):,}"
    exact = Fraction(value)
    tenths = _half_up(exact * 10)
    return f"{tenths // 10:,}" if tenths % 10 == 0 else f"{tenths / 10:,.1f}"


def percent(value: Number) -> int:
    rounded = _half_up(Fraction(value) * 100)
    if 0 < value < 1:
        return min(max(rounded, 1), 99)
    return rounded


def _half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _tells_of_few(figure: Figure) -> bool:
    return _few(figure.measure.way, figure.rows)


def _few(way: Way, rows: Iterable[Row]) -> bool:
    """Whether a figure of these rows, or what is left of its whole, is about 1 to 4 people."""
    held = [row for row in rows if row.part is not None]
    told, all_of = _told_of(held), {row.pupil for row in held if row.pupil is not None}
    counts = [len(told)] if way == Way.COUNT else [len(told), len(all_of), len(all_of - told)]
    return any(map(is_small, counts))


def _told_of(rows: Iterable[Row]) -> set[int]:
    return {row.pupil for row in rows if row.pupil is not None and row.part}


def _unnamed(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The same numbers; of a pupil, nothing but these."""
    return tuple(row if row.pupil is None else row._replace(cells=(), pupil=None) for row in rows)


_measures: dict[str, Measure] = {}


def register(measure: Measure) -> None:
    """Offer a measure. A second one under the same key, or one without a definition, is a mistake."""
    if measure.key in _measures:
        raise ValueError(f"Two measures are called {measure.key!r}.")
    if not measure.definition:
        raise ValueError(f"The measure {measure.key!r} has no definition.")
    _measures[measure.key] = measure


def measures(about: str = "", roles: Iterable[str] | None = None) -> list[Measure]:
    """All measures in order; those of one section; those that somebody with these roles may see."""
    held = None if roles is None else set(roles)
    found = (
        each
        for each in _measures.values()
        if (not about or each.about == about) and (held is None or held & each.readers)
    )
    return sorted(found, key=lambda each: (each.order, each.key))


def measure(key: str) -> Measure | None:
    return _measures.get(key)


def figure_of(facts: Facts, period: Period, of: Measure) -> Figure:
    """One figure of a school over a period, with that of the period before."""
    facts.look_at(period)
    rows = tuple(of.build(facts, period))
    before = None if of.alone else period.before
    earlier = None if before is None else tuple(of.build(facts, before))
    figure = Figure(of, period, rows, earlier)
    return figure if of.compared is None else replace(figure, beside=of.compared(figure, facts))


def figures_of(facts: Facts, period: Period, wanted: Iterable[Measure] | None = None) -> dict[str, Figure]:
    """These figures by their key, or all there are. What they share is read once (`Facts`)."""
    return {each.key: figure_of(facts, period, each) for each in (measures() if wanted is None else wanted)}


def cell(value: Any) -> str:
    """One cell of a row as people read it. A spreadsheet takes the value itself."""
    match value:
        case None:
            return "–"
        case bool():
            return "yes" if value else "no"
        case dt.datetime() | dt.date():
            return moments.day(value, weekday=False)
        case Percent():
            return f"{percent(value)}%"
        case Pounds():
            return f"£{_half_up(value):,}"
        case Fraction():
            return f"{float(value):,.1f}"
        case int():
            return f"{value:,}"
    return str(value)
