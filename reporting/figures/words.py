"""Numbers and cells as people read them."""

import datetime as dt
from fractions import Fraction
from typing import Any

from iap.ui import moments

from .measures import Measure
from .rows import Number


class Percent(Fraction):
    """A part of a whole in a cell: 43%."""


class Pounds(Fraction):
    """Money in a cell: £1,240."""


def cell(value: Any) -> str:
    """One cell of a row as people read it. A spreadsheet takes the value itself."""
    match value:
        case None | "":
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
