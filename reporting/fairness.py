"""The table of who gets a place, with what would tell of few pupils left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .figures import Figure, percent
from .measures.fairness import CHARACTERISTICS, COLUMNS, Characteristic, key
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
    def is_hidden(self) -> bool:
        return self.difference is None


def table(figures: Mapping[str, Figure]) -> list[Line]:
    """Every characteristic with its groups, except for groups of which the school has nobody."""
    return [line for each in CHARACTERISTICS for line in _lines(each, figures)]


def _lines(characteristic: Characteristic, figures: Mapping[str, Figure]) -> list[Line]:
    counts = {
        column: {each.group: len(each.pupils) for each in figures[key(column, characteristic)].groups()}
        for column in COLUMNS
    }
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
