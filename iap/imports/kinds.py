"""The kinds of table there are, their columns, and the headings by which any product calls them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .headings import SURE, likeness, plain
from .words import Words

if TYPE_CHECKING:
    from .intake import Intake

Alternatives = Sequence[tuple[str, ...]]  # any of these sets of columns will do


@dataclass(frozen=True)
class Column:
    """A column by our name, and the headings it goes by.

    `required`: the table is useless without it. `holds` is "date" where the order of day and month has to be
    known. `words` makes, for a school, the words that a cell may be; others are asked about.
    """

    name: str
    headings: Sequence[str] = ()
    required: bool = False
    holds: str = "text"
    words: Callable[[Any], Words] | None = None
    says: str = ""

    @property
    def label(self) -> str:
        """What the column is called on our pages."""
        return self.says or (self.headings[0] if self.headings else self.name.capitalize())

    @cached_property
    def plain_headings(self) -> frozenset[str]:
        return frozenset(plain(known) for known in (self.name, *self.headings))

    def likeness(self, heading: str) -> int:
        """Per cent; how likely it is that this heading means this column."""
        if self.answers_to(heading):
            return SURE
        return max(likeness(heading, known) for known in (self.name, *self.headings))

    def answers_to(self, heading: str) -> bool:
        return plain(heading) in self.plain_headings


@dataclass(frozen=True)
class Gone:
    """What may be said of rows that stand here and are not in the file, and what holds if nothing is said.

    `each`: it may be said of some and not of others. `leaves`: the model of people who then have left, from a day.
    """

    stay: str  # words for: this file does not hold all, they stay
    end: str  # words for: they are gone
    usual: str = "stay"
    each: bool = False
    leaves: str = ""

    STAY, END, SOME = "stay", "end", "some"


@dataclass(frozen=True)
class Kind:
    """A kind of table. `bring(intake)` checks its rows and applies the good ones.

    `needs` are things it cannot do without that may stand in one column or another: who a row is about. One that
    `vouches` shows of which school and year everything is that came with it.
    """

    name: str
    columns: Sequence[Column]
    bring: Callable[["Intake"], None]
    order: int
    label: str = ""
    needs: Mapping[str, Alternatives] = field(default_factory=dict)
    gone: Gone | None = None
    vouches: bool = False
    never: frozenset[str] = frozenset()  # words in a heading that is no column of this kind
    most: int = 100_000  # rows at one time: more than any school has of it, and no more than memory holds

    def __str__(self) -> str:
        return self.label or self.name.replace("-", " ").capitalize()

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def missing_from(self, found: Mapping[str, Any]) -> list[str]:
        """What the table would need and has not, in words."""
        missing = [column.label for column in self.columns if column.required and column.name not in found]
        for words, alternatives in self.needs.items():
            lacking = [[name for name in names if name not in found] for names in alternatives]
            if all(lacking):
                nearest = min(zip(lacking, alternatives, strict=True), key=lambda pair: len(pair[0]))
                begun = len(nearest[0]) < len(nearest[1])
                missing += [self.column(name).label for name in nearest[0]] if begun else [words]
        return missing


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Offer a kind of table, from `AppConfig.ready()` of the app that owns the data."""
    if kind.name in _kinds:
        raise ValueError(f"Two kinds of file are called {kind.name!r}.")
    _kinds[kind.name] = kind


def registered() -> list[Kind]:
    """In the order in which they lean on each other."""
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def kind_named(name: str) -> Kind | None:
    return _kinds.get(name)
