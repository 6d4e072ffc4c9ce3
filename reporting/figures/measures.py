"""What can be measured: the registry from which every page and paper takes its figures."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iap.schools.models import Role
from reporting.facts import Facts
from reporting.periods import Period

from .rows import Row, Way

if TYPE_CHECKING:
    from .figure import Figure

INSIDE = frozenset({Role.LEAD, Role.LEADER, Role.SENCO})


@dataclass(frozen=True)
class Measure:
    """Something that is measured: its words, the one function that gives its rows, and who may see these.

    key       stands for it in addresses, files and snapshots; never changes
    build     (facts, period) → rows; its docstring is the definition
    unit      "pupils", "school days", "£" …; a share says "%" by itself
    one       the unit for 1
    first     of a share, the part of the rows that a list begins with: what is to be looked at
    columns   what the cells of a row are
    counts    heads what a list says of each row at its end: how it counts; without it, the other cells say so
    alike     heads how many rows are alike, where a row is nobody: these then stand in one line of a list
    groups    the names of the groups in order, where rows have any; others follow as they come
    about     the section it belongs to: "places", "groups", "waiting", "classrooms", "outcomes", "cost" …
    readers   who may see the figure, and its rows without names
    named_to  who may see names in its rows
    compared  (figure, facts) → words beside it, instead of those that tell the figure of the period before
    target    what is said beside it is a target or a guide: it tells of nobody, and may leave with it
    alone     it is not compared with the period before, and not worked out for it
    split     its groups are what the share is of: of one it is told how many rows it has, since its share says nothing
    again     its groups are of the same pupils at different times, and not parts of a whole
    leaves    whether it may be in what leaves the school, after suppression
    headline  whether it stands in the strip at the top of the overview
    """

    key: str
    label: str
    build: Callable[[Facts, Period], Iterable[Row]]
    way: Way = Way.COUNT
    unit: str = ""
    one: str = ""
    first: int = 0
    columns: tuple[str, ...] = ()
    counts: str = ""
    alike: str = ""
    groups: tuple[str, ...] = ()
    about: str = "places"
    readers: frozenset[str] = INSIDE
    named_to: frozenset[str] = INSIDE
    compared: Callable[["Figure", Facts], str] | None = None
    target: bool = False
    alone: bool = False
    split: bool = False
    again: bool = False
    leaves: bool = True
    headline: bool = False
    order: int = 50

    @property
    def definition(self) -> str:
        """In words, for everybody who reads the figure."""
        return " ".join((inspect.getdoc(self.build) or "").split())

    @property
    def is_percent(self) -> bool:
        return self.way == Way.SHARE or self.unit == "%"


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
