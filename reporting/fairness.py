"""The table of who gets a place, with what would tell of few pupils left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .facts import Facts
from .figures import Figure, Measure, figures_of, percent
from .figures import measure as measure_of
from .measures.fairness import CHARACTERISTICS, COLUMNS, Characteristic, key
from .periods import Period
from .suppression import hidden_in

WITHIN = (("roll", "referred"), ("roll", "placed"), ("placed", "returned"))


@dataclass(frozen=True)
class Cell:
    """One number of the table; `count` is nothing where it is not told."""

    measure: str
    count: int | None
    total: int

    @property
    def share(self) -> Fraction | None:
        return None if self.count is None or not self.total else Fraction(self.count, self.total)

    @property
    def percent(self) -> int | None:
        return None if self.share is None else percent(self.share)


@dataclass(frozen=True)
class Line:
    """One group of pupils in each column."""

    characteristic: str
    group: str
    roll: Cell
    referred: Cell
    placed: Cell
    returned: Cell
    first: bool = False  # of its characteristic

    @property
    def difference(self) -> int | None:
        """Percentage points by which its share of places lies above its share of the school."""
        if self.placed.percent is None or self.roll.percent is None:
            return None
        return self.placed.percent - self.roll.percent

    @property
    def tells_returned(self) -> bool:
        return None not in (self.returned.count, self.placed.count)

    @property
    def is_untold(self) -> bool:
        """Whether nothing may be told but its share of the school."""
        return self.referred.count is None and self.placed.count is None


def table(figures: Mapping[str, Figure]) -> list[Line]:
    """Every characteristic with its groups, except for groups of which the school has nobody."""
    return [line for each in CHARACTERISTICS if not _is_one(each, figures) for line in _lines(each, figures)]


def alike(figures: Mapping[str, Figure]) -> list[str]:
    """The characteristics in which no pupil differs from another, or that nobody has recorded: nothing to compare."""
    return [each.label for each in CHARACTERISTICS if _is_one(each, figures)]


def _is_one(characteristic: Characteristic, figures: Mapping[str, Figure]) -> bool:
    groups = {row.group for column in COLUMNS for row in figures[key(column, characteristic)].rows}
    return len(groups) == 1 and not characteristic.shown


def told(measure: Measure, facts: Facts, period: Period) -> set[str]:
    """The groups of one column that may be told of, with nothing that gives away the others."""
    column, _, name = measure.key.partition("-by-")
    characteristic = next(each for each in CHARACTERISTICS if each.key == name)
    wanted = [held for each in COLUMNS if (held := measure_of(key(each, characteristic))) is not None]
    counts = _counts(characteristic, figures_of(facts, period, wanted))
    return set(counts[column]) - hidden_in(counts, WITHIN)[column]


def _counts(characteristic: Characteristic, figures: Mapping[str, Figure]) -> dict[str, dict[str, int]]:
    return {
        column: {each.group: len(each.pupils) for each in figures[key(column, characteristic)].groups()}
        for column in COLUMNS
    }


def _lines(characteristic: Characteristic, figures: Mapping[str, Figure]) -> list[Line]:
    counts = _counts(characteristic, figures)
    hidden = hidden_in(counts, WITHIN)
    totals = {column: sum(of.values()) for column, of in counts.items()}
    shown = characteristic.shown or characteristic.groups
    there = [name for name in shown if any(of.get(name) for of in counts.values())]

    def cell(column: str, name: str) -> Cell:
        count = None if name in hidden[column] else counts[column].get(name, 0)
        return Cell(key(column, characteristic), count, totals[column])

    return [
        Line(
            characteristic.label,
            name,
            roll=cell("roll", name),
            referred=cell("referred", name),
            placed=cell("placed", name),
            returned=cell("returned", name),
            first=n == 0,
        )
        for n, name in enumerate(there)
    ]
