"""The list behind a figure, as a page shows it: its columns, and a line for each row or for all that are alike."""

from collections import Counter
from typing import NamedTuple

from .figures import Figure, Row, Way, cell, said

NOT_TOLD = "not shown"


class Column(NamedTuple):
    name: str
    is_last: bool = False  # it says how a row counts, or how many are alike


def columns(figure: Figure) -> list[Column]:
    """The measure's own and, where these leave it open, how a row counts; at the end how many are alike."""
    own = [Column(name) for name in figure.measure.columns]
    last = [figure.measure.counts] if _says_how_it_counts(figure) else []
    return own + [Column(name, is_last=True) for name in [*last, figure.measure.alike] if name]


def rows(figure: Figure, told: set[str] | None = None) -> list[tuple[Row, int]]:
    """What is listed, and of each how many are alike; a group is not named where that would tell of few."""
    if figure.measure.alike:
        return list(Counter(_told(row, told)._replace(pupil=None) for row in figure.rows).items())
    return [(_told(row, told), 1) for row in figure.listed]


def cells(figure: Figure, row: Row, number: int = 1) -> list[str]:
    """The cells of a line in words."""
    found = [cell(value) for value in row.cells]
    if _says_how_it_counts(figure):
        found.append(_counts_as(figure, row))
    return [*found, cell(number)] if figure.measure.alike else found


def _told(row: Row, told: set[str] | None) -> Row:
    if told is None or row.group in told:
        return row
    return row._replace(
        cells=tuple(NOT_TOLD if value == row.group else value for value in row.cells), group=""
    )


def _says_how_it_counts(figure: Figure) -> bool:
    """Of a count, only where not every row adds to it."""
    if figure.measure.way == Way.COUNT and all(row.part for row in figure.rows):
        return False
    return bool(figure.measure.counts)


def _counts_as(figure: Figure, row: Row) -> str:
    """What a row adds: yes or no, a number, a part of a whole, or that it is not known."""
    if row.part is None:
        return "not known"
    match figure.measure.way:
        case Way.COUNT if not row.part:
            return "counted above"
        case Way.COUNT if row.part == 1:
            return "yes"
        case Way.SHARE if row.whole == 1:
            return "yes" if row.part else "no"
        case Way.SHARE:
            return f"{row.part} of {row.whole}"
    return said(figure.measure, row.part)
