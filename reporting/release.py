"""What may leave the school of its counts, over all its periods at once.

Counts hang together: those of two half terms make that of their term, and whoever had a place in a period either has
it at the end or has left. So a small count that is hidden in one pack could be worked out from others. Here each
count is looked at in the order in which its period closes, and is withheld where telling it would let anybody work
out a small one by adding and subtracting what was told before, in whatever pack. What was told once therefore stays
told, and the later count gives way.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from .facts import Facts
from .figures import Figure, Row
from .measures import places, waiting
from .periods import Kind, Period
from .suppression import is_small

Cell = tuple[str, str]  # a count, and the key of its period
Sum = dict[Cell, Fraction]  # counts, each so many times, that together are known

OPEN, OTHERS = "open-at-the-end", "ended-otherwise"


def _open(facts: Facts, period: Period) -> Iterable[Row]:
    return (Row(pupil=place.pupil_id) for place in facts.placements if place.is_open_on(period.last))


def _others(facts: Facts, period: Period) -> Iterable[Row]:
    back = {row.pupil for row in places.full_returns(facts, period)}
    return (row for row in places.ended(facts, period) if row.pupil not in back)


# In the order in which they are told; of those who ended otherwise no count is told, but it could be worked out.
COUNTS: Mapping[str, Callable[[Facts, Period], Iterable[Row]]] = {
    OTHERS: _others,
    "pupils-supported": places.pupils_supported,
    OPEN: _open,
    "full-returns": places.full_returns,
    "places-ended": places.ended,
    "list-joined": waiting.joined,
    "list-started": waiting.started,
    "list-helped-otherwise": waiting.helped_otherwise,
    "list-waiting": waiting.waiting,
}
ADDED = (OTHERS, "full-returns", "places-ended", "list-joined", "list-started", "list-helped-otherwise")
AT_THE_END = (OPEN, "list-waiting")
# Figures that are divided by a count, and those that rest on one and are told without saying on how many.
DIVIDED_BY = {"cost-per-return": "full-returns"}
RESTS_ON = {"mainstream-share": OPEN, "wait": "list-started", "cost-per-place-week": "pupils-supported"}
# Figures of which it is told nowhere on how many they rest: how many a panel said no to would follow, or how many
# had a place in one week.
OF_UNTOLD = {"decision", "mainstream-by-week"}
# Of which it is told for terms alone: a half term or a year that ends with a term differs from it by those who left.
OF_TERMS = {"attendance", "suspensions", "incidents"}
SHORTEST_FIRST = (Kind.HALF_TERM, Kind.TERM, Kind.YEAR)


class Release:
    """What of a school's figures may leave it."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def leaving(self, figure: Figure) -> Figure:
        """The figure as it may leave: hidden where it is of few, or where it would give away what is."""
        if self.is_withheld(figure.key, figure.period):
            figure = replace(figure, hidden=True)
        if self._is_of_untold(figure):
            figure = replace(figure, n_told=False)
        earlier = figure.period.before
        if earlier is not None and (earlier.runs or self.is_withheld(figure.key, earlier)):
            figure = replace(figure, earlier=None)
        return figure.leaving()

    def parts(self, figure: Figure) -> list[Figure]:
        """Its groups as they may leave."""
        return replace(figure, n_told=not self._is_of_untold(figure)).groups_leaving()

    def _is_of_untold(self, figure: Figure) -> bool:
        """Whether it is not told on how many the figure rests."""
        if figure.key in OF_TERMS:
            return figure.period.kind != Kind.TERM
        return figure.key in OF_UNTOLD or self.is_withheld(RESTS_ON.get(figure.key, ""), figure.period)

    def is_withheld(self, key: str, period: Period) -> bool:
        """Whether the figure would tell a count that is small, or from which a small one follows."""
        count = DIVIDED_BY.get(key, key)
        if count not in COUNTS:
            return False
        if period.kind == Kind.OWN:
            return True  # of days of one's own nothing is told: two such packs could be one day apart
        return (count, period.key) in self._withheld

    @cached_property
    def _withheld(self) -> set[Cell]:
        past = self.facts.periods.past
        family = [period for kind in SHORTEST_FIRST for period in reversed(past(kind))]
        return withheld(self.facts, sorted(family, key=lambda each: each.last))


def withheld(facts: Facts, family: list[Period]) -> set[Cell]:
    """Of every count of these periods, in the order in which they close, those that are not told."""
    known = Known(_equations(family))
    hidden: set[Cell] = set()
    small: set[Cell] = set()
    never = {cell for period in family for cell in _never(period)}
    counts = {
        (name, period.key): list(rows(facts, period)) for period in family for name, rows in COUNTS.items()
    }
    for day in dict.fromkeys(period.last for period in family):
        cells = [(name, period.key) for period in family if period.last == day for name in COUNTS]
        small |= {cell for cell in cells if is_small(len({row.pupil for row in counts[cell] if row.part}))}
        for cell in cells:
            if cell in small | never or known.would_tell(cell, small):
                hidden.add(cell)
            else:
                known.tell(cell)
    return hidden


def _never(period: Period) -> Iterable[Cell]:
    """Counts that always give way, so that how many had a place in a term can be told: with how many had one at its
    end, or came and went in each half term, it would often follow how few left or began.
    """
    names = [OTHERS, OPEN]
    if period.kind == Kind.HALF_TERM:
        names += ["pupils-supported", "places-ended", "list-started", "list-waiting"]
    return ((name, period.key) for name in names)


def _equations(family: list[Period]) -> Iterable[Sum]:
    """How the counts of these periods hang together. Before the first of them nobody had a place or waited."""
    for period in family:
        yield _sum(plus=[("pupils-supported", period)], minus=[(OPEN, period), ("places-ended", period)])
        yield _sum(plus=[("places-ended", period)], minus=[("full-returns", period), (OTHERS, period)])
        parts = _parts(period, family)
        if parts:
            yield from (_sum([(name, period)], [(name, part) for part in parts]) for name in ADDED)
            yield from (_sum([(name, period)], [(name, parts[-1])]) for name in AT_THE_END)
    for kind in SHORTEST_FIRST:
        chain = [period for period in family if period.kind == kind]
        for before, period in zip([None, *chain], chain, strict=False):
            left = [("list-waiting", before)] if before else []
            gone = [("list-started", period), ("list-helped-otherwise", period)]
            yield _sum([*left, ("list-joined", period)], [*gone, ("list-waiting", period)])
            there = [(OPEN, before)] if before else []
            yield _sum([("pupils-supported", period)], [*there, ("list-started", period)])


def _parts(period: Period, family: list[Period]) -> list[Period]:
    """The terms of a year, or the half terms of a term."""
    within = SHORTEST_FIRST.index(period.kind) - 1
    if within < 0:
        return []
    return [
        each
        for each in family
        if each.kind == SHORTEST_FIRST[within] and period.first <= each.first and each.last <= period.last
    ]


def _sum(plus: Iterable[tuple[str, Period]], minus: Iterable[tuple[str, Period]]) -> Sum:
    signed = [*((each, 1) for each in plus), *((each, -1) for each in minus)]
    return {(name, period.key): Fraction(sign) for (name, period), sign in signed}


class Known:
    """All sums of counts that can be worked out from some that are known, by adding and subtracting."""

    def __init__(self, sums: Iterable[Sum]) -> None:
        self._rows: dict[Cell, Sum] = {}
        for each in sums:
            self._add(each)

    def tell(self, cell: Cell) -> None:
        self._add({cell: Fraction(1)})

    def would_tell(self, cell: Cell, protected: Iterable[Cell]) -> bool:
        """Whether one of the protected counts could be worked out once this one is told."""
        left = self._left({cell: Fraction(1)})
        return any(_is_multiple(self._left({each: Fraction(1)}), left) for each in protected)

    def _left(self, asked: Sum) -> Sum:
        """What of a sum cannot be worked out; the same for all sums that differ by what can be."""
        left = dict(asked)
        for pivot in [cell for cell in left if cell in self._rows]:
            _take(left, left[pivot], self._rows[pivot])
        return left

    def _add(self, found: Sum) -> None:
        left = self._left(found)
        if not left:
            return
        pivot, times = next(iter(left.items()))
        row = {cell: number / times for cell, number in left.items()}
        for other in self._rows.values():
            if pivot in other:
                _take(other, other[pivot], row)
        self._rows[pivot] = row


def _take(of: Sum, times: Fraction, row: Sum) -> None:
    """Take a known row away from a sum, so many times; what comes to nothing goes."""
    for cell, number in row.items():
        rest = of.get(cell, Fraction(0)) - times * number
        if rest:
            of[cell] = rest
        else:
            of.pop(cell, None)


def _is_multiple(one: Sum, other: Sum) -> bool:
    if one.keys() != other.keys():
        return False
    return len({number / other[cell] for cell, number in one.items()}) <= 1
