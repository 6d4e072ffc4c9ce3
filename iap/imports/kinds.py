"""The kinds of file there are, and how the columns of one are found under any product's headings."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .report import Counts
from .tables import Table
from .values import Wrong


@dataclass(frozen=True)
class Column:
    """A column by our name, the headings it goes by, and whether the file is useless without it."""

    name: str
    headings: Sequence[str] = ()
    required: bool = False

    def answers_to(self, heading: str) -> bool:
        return plain(heading) in {plain(name) for name in (self.name, *self.headings)}


class Row:
    """One row of a file, read by our names of its columns."""

    __slots__ = ("cells", "number", "places", "titles")

    def __init__(
        self, number: int, cells: Sequence[str], places: dict[str, int], titles: dict[str, str]
    ) -> None:
        self.number, self.cells, self.places, self.titles = number, cells, places, titles

    def __getitem__(self, column: str) -> str:
        """The cell without blanks around it; empty where the file lacks the column or the row is short."""
        place = self.places.get(column, -1)
        return self.cells[place].strip() if 0 <= place < len(self.cells) else ""

    def __contains__(self, column: str) -> bool:
        return column in self.places

    def read(self, column: str, take: Callable[[str], Any], *, required: bool = False) -> Any:
        """The cell as `take` understands it. Raises WrongCell, which knows the column."""
        cell = self[column]
        if required and not cell:
            raise WrongCell(self.title(column), f"{self.title(column)} is missing.")
        try:
            return take(cell)
        except Wrong as wrong:
            raise WrongCell(self.title(column), str(wrong)) from None

    def title(self, column: str) -> str:
        """The column's heading in this file."""
        return self.titles.get(column, column)


class WrongCell(Exception):
    """Why a row cannot be taken, and the column to look at."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


@dataclass(frozen=True)
class Source:
    """One file of a kind, its columns found."""

    table: Table
    places: dict[str, int]

    @property
    def file(self) -> str:
        return self.table.file

    def rows(self) -> Iterator[Row]:
        titles = {name: self.table.heading[place].strip() for name, place in self.places.items()}
        for number, cells in self.table.rows():
            yield Row(number, cells, self.places, titles)


@dataclass(frozen=True)
class Kind:
    """A kind of file. `bring(school, source, counts, tell)` checks its rows and applies the good ones.

    What is `signed` is kept in the name of who imports it: `bring` is given `by` as well.
    """

    name: str
    columns: Sequence[Column]
    bring: Callable[..., None]
    order: int
    signed: bool = False

    def places_in(self, heading: Sequence[str]) -> dict[str, int]:
        """Where each column stands; a heading that answers to two is taken by the first."""
        found: dict[str, int] = {}
        for place, title in enumerate(heading):
            for column in self.columns:
                if column.name not in found and column.answers_to(title):
                    found[column.name] = place
                    break
        return found

    def missing_from(self, places: dict[str, int]) -> list[str]:
        return [column.name for column in self.columns if column.required and column.name not in places]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Offer a kind of file, from `AppConfig.ready()` of the app that owns the data."""
    if kind.name in _kinds:
        raise ValueError(f"Two kinds of file are called {kind.name!r}.")
    _kinds[kind.name] = kind


def registered() -> list[Kind]:
    """In the order in which they lean on each other."""
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def recognise(table: Table, stem: str) -> Kind | None:
    """The kind of a file: as its source says, by its name, else by headings that only one kind has all of."""
    stem = table.kind or stem
    named = next((kind for kind in registered() if plain(kind.name) == plain(stem)), None)
    if named:
        return named
    fitting = [kind for kind in registered() if not kind.missing_from(kind.places_in(table.heading))]
    return max(fitting, key=lambda kind: len(kind.places_in(table.heading)), default=None)


def checked(source: Source, counts: Counts, take: Callable[[Row], Any]) -> Iterator[tuple[Row, Any]]:
    """Each row with what `take` makes of it; a row that `take` cannot accept is refused with its reason."""
    for row in source.rows():
        try:
            yield row, take(row)
        except WrongCell as wrong:
            counts.refuse(source.file, row.number, wrong.column, wrong.reason)
