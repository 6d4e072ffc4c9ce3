"""The rows behind a figure, the number that they make, and the people that they tell of."""

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from statistics import median
from typing import Any, NamedTuple

from reporting.suppression import is_small

Number = int | Fraction


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


def is_of_few(way: Way, rows: Iterable[Row]) -> bool:
    """Whether a figure of these rows, or what is left of its whole, is about 1 to 4 people."""
    held = [row for row in rows if row.part is not None]
    told, all_of = told_of(held), {row.pupil for row in held if row.pupil is not None}
    counts = [len(told)] if way == Way.COUNT else [len(told), len(all_of), len(all_of - told)]
    return any(map(is_small, counts))


def told_of(rows: Iterable[Row]) -> set[int]:
    return {row.pupil for row in rows if row.pupil is not None and row.part}


def unnamed(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The same numbers; of a pupil, nothing but these."""
    return tuple(row if row.pupil is None else row._replace(cells=(), pupil=None) for row in rows)
