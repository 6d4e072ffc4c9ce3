"""What has changed over a place, by what was measured: each app says what it knows.

    outcomes.register(share_of_the_week)

A function takes the placement and gives `Outcome`s, or none. They are worked out when they are looked at, so that
a corrected end or a late mark is in them; the sentence that a person writes about them is kept with the exit.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from .attendance import rates_of


@dataclass(frozen=True)
class Outcome:
    """One measure at the beginning and at the end, as words: `72%`, `not known`."""

    label: str
    before: str
    after: str


_known: list[Callable[[Any], Iterable[Outcome]]] = []


def register(build: Callable[[Any], Iterable[Outcome]]) -> None:
    _known.append(build)


def of(placement: Any) -> list[Outcome]:
    return [outcome for build in _known for outcome in build(placement)]


def attendance(placement: Any) -> list[Outcome]:
    """The six school weeks before the place beside an equal number of weeks up to its end."""
    if placement.baseline_from is None:
        return []
    days = placement.baseline_until - placement.baseline_from
    last = (placement.ends_on or timezone.localdate()) - dt.timedelta(days=1)
    windows = [(placement.baseline_from, placement.baseline_until), (last - days, last)]
    before, after = rates_of(placement.pupil, windows)
    return [Outcome("Attendance at school", _percent(before.percent), _percent(after.percent))]


def _percent(value: int | None) -> str:
    return "Not known" if value is None else f"{value}%"


register(attendance)
