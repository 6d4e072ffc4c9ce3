"""Dates and times as a school says them."""

import datetime as dt
from typing import Any

from django.utils import timezone


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


def day(value: dt.date | dt.datetime | None, *, weekday: bool = True) -> str:
    """Tuesday 3 March; with its year when that is not this one. Nothing gives an empty string."""
    if value is None:
        return ""
    value = _local(value)
    words = f"{value:%A} {value.day} {value:%B}" if weekday else f"{value.day} {value:%B}"
    return words if value.year == timezone.localdate().year else f"{words} {value.year}"


def short_day(value: dt.date | dt.datetime | None) -> str:
    """3 Mar"""
    if value is None:
        return ""
    value = _local(value)
    return f"{value.day} {value:%b}"


def clock(value: dt.time | dt.datetime | None) -> str:
    """9:50, as on the bell. Aware times are put on the school's clock."""
    if value is None:
        return ""
    value = _local(value)
    return f"{value.hour}:{value.minute:02}"


def span(start: dt.time, end: dt.time) -> str:
    """11:00 to 11:50"""
    return f"{clock(start)} to {clock(end)}"


def when(value: dt.datetime | None, today: dt.date | None = None) -> str:
    """`11:02` today, `Monday, 11:02` within the last week, otherwise `3 March, 11:02`."""
    if value is None:
        return ""
    value = _local(value)
    days = ((today or timezone.localdate()) - value.date()).days
    if days == 0:
        return clock(value)
    return f"{f'{value:%A}' if 0 < days < 7 else day(value, weekday=False)}, {clock(value)}"
