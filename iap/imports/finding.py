"""Where a table's heading stands, what kind it is of, and which column is which."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from .headings import LIKELY, SURE, plain, words
from .kinds import Column, Kind, registered
from .tables import Numbered, Table

IGNORED = {"reason", "whattomend"}  # what we write into rows that are to be mended


@dataclass(frozen=True)
class Found:
    """A column's place, and per cent of how sure that is."""

    place: int
    sure: int = SURE


@dataclass(frozen=True)
class Fit:
    """How a heading looks if it is of this kind."""

    kind: Kind
    columns: dict[str, Found]
    missing: list[str]

    @property
    def sure(self) -> int:
        return min((found.sure for found in self.columns.values()), default=0)

    @property
    def exact(self) -> int:
        return sum(found.sure == SURE for found in self.columns.values())


def columns_of(heading: Sequence[str], kind: Kind, *, least: int = LIKELY) -> dict[str, Found]:
    """Each column at the heading most like it; one heading is one column, and the better likeness goes first."""
    likely = [
        (-sure, order, place, column.name)
        for place, title in enumerate(heading)
        if kind.never.isdisjoint(words(title))
        for order, column in enumerate(kind.columns)
        if (sure := _sure(column, title, least)) >= least
    ]
    found: dict[str, Found] = {}
    taken: set[int] = set()
    for sure, _, place, name in sorted(likely):
        if name not in found and place not in taken:
            found[name] = Found(place, -sure)
            taken.add(place)
    return found


def _sure(column: Column, title: str, least: int) -> int:
    """How like the column a heading is; that it is no less than the same is quickly told."""
    return SURE * column.answers_to(title) if least == SURE else column.likeness(title)


def fit(heading: Sequence[str], kind: Kind, *, least: int = LIKELY) -> Fit:
    columns = columns_of(heading, kind, least=least)
    return Fit(kind, columns, kind.missing_from(columns))


def recognise(table: Table) -> Fit | None:
    """The kind a table is of: as its source says, by headings that only it has all of, or by its name."""
    for kind in registered():
        if kind.name == table.kind:
            return fit(table.heading, kind)
    named = next((k for k in registered() if plain(k.name) == plain(table.stem)), None)
    for least in (SURE, LIKELY):
        fits = [fit(table.heading, kind, least=least) for kind in registered()]
        whole = [each for each in fits if not each.missing]
        if whole:
            of = next((each.kind for each in whole if each.kind is named), None)
            return fit(table.heading, of or max(whole, key=lambda each: (each.exact, len(each.columns))).kind)
    return fit(table.heading, named) if named else None


def heading_row(rows: Iterable[Numbered]) -> int:
    """The number of the row that holds the headings; 0 where there is none.

    It is the first that says most headings we know. Where no heading is known it is the first row that is as
    wide as most rows and holds words alone: above it stand only titles, and below it values.
    """
    filled = [
        (number, [cell.strip() for cell in cells]) for number, cells in rows if any(c.strip() for c in cells)
    ]
    if not filled:
        return 0
    known = [(_known(cells), -n, n) for n, cells in filled]
    most, _, number = max(known)
    if most >= 2:
        return number
    widths = Counter(sum(map(bool, cells)) for _, cells in filled)
    usual = max(widths, key=lambda width: width * widths[width])
    for number, cells in filled:
        if sum(map(bool, cells)) >= 0.8 * usual and all(_is_word(cell) for cell in cells if cell):
            return number
    return filled[0][0]


def heading_of(rows: Iterable[Numbered]) -> tuple[int, Sequence[str]]:
    """The headings, and the number of the row below which the values begin; 0 and nothing where there are none.

    Two rows are one heading where the lower says what the upper only spans: “Name” over “Forename” and “Surname”.
    """
    by_number = dict(rows)
    found = heading_row(by_number.items())
    if not found:
        return 0, []
    alone = _known(by_number[found])
    for upper, lower in ((found, found + 1), (found - 1, found)):
        if upper in by_number and lower in by_number:
            both = [
                below.strip() or above.strip()
                for above, below in zip_longest(by_number[upper], by_number[lower], fillvalue="")
            ]
            is_heading = lower == found or all(_is_heading(cell) for cell in by_number[lower] if cell.strip())
            if is_heading and _known(both) > alone:
                return lower, both
    return found, by_number[found]


def _known(cells: Sequence[str]) -> int:
    """How many headings of one kind stand in a row."""
    return max(fit(cells, kind, least=SURE).exact for kind in registered())


def _is_heading(cell: str) -> bool:
    return any(column.answers_to(cell) for kind in registered() for column in kind.columns)


def fingerprint(heading: Iterable[str]) -> str:
    """The same for the same headings in any order; a column for reasons that we added does not count."""
    return "|".join(
        sorted(plain(title) for title in heading if title.strip() and plain(title) not in IGNORED)
    )


def _is_word(cell: str) -> bool:
    return not re.fullmatch(r"[\d\s./:,+-]+", cell)
