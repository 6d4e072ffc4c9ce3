"""Attendance from the school's own marks: what counts, and the rate over any days.

Codes as in force in England from 19 August 2024 (DfE, "Working together to improve school attendance").
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q

from iap.schools.models import Code, CodeSet

from .models import AttendanceMark


class Counts(StrEnum):
    """What a half-day's code counts as."""

    PRESENT = "present"
    OFF_SITE = "off-site"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    NOT_POSSIBLE = "not-possible"
    ADMINISTRATIVE = "administrative"


CODES: dict[Counts, frozenset[str]] = {
    Counts.PRESENT: frozenset({"/", "\\", "L"}),
    Counts.OFF_SITE: frozenset({"B", "K", "P", "V", "W"}),
    Counts.AUTHORISED: frozenset({"C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T"}),
    Counts.UNAUTHORISED: frozenset({"G", "N", "O", "U"}),
    Counts.NOT_POSSIBLE: frozenset({"D", "X", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"}),
    Counts.ADMINISTRATIVE: frozenset({"Z", "#"}),
}
ATTENDED = CODES[Counts.PRESENT] | CODES[Counts.OFF_SITE]
POSSIBLE = ATTENDED | CODES[Counts.AUTHORISED] | CODES[Counts.UNAUTHORISED]
# What a school's own codes count as, beside those of the national set.
AS_ATTENDED = [Counts.PRESENT.value, Counts.OFF_SITE.value]
AS_POSSIBLE = [*AS_ATTENDED, Counts.AUTHORISED.value, Counts.UNAUTHORISED.value]

Window = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Rate:
    """Half-days attended, of those that were possible. Without a possible one the rate is not known."""

    attended: int = 0
    possible: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.attended <= self.possible:
            raise ValueError("Nobody attends more than is possible.")

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.attended + other.attended, self.possible + other.possible)

    @property
    def known(self) -> bool:
        return self.possible > 0

    @property
    def missed(self) -> int:
        return self.possible - self.attended

    @property
    def percent(self) -> int | None:
        """Rounded half up, but never to 100 while a half-day was missed, nor to 0 while one was attended."""
        if not self.known:
            return None
        rounded = (200 * self.attended + self.possible) // (2 * self.possible)
        return max(min(rounded, 99 if self.missed else 100), 1 if self.attended else 0)

    @property
    def persistent_absence(self) -> bool:
        """10 % or more of the possible half-days were missed."""
        return self.known and 10 * self.missed >= self.possible

    @property
    def severe_absence(self) -> bool:
        """50 % or more of the possible half-days were missed."""
        return self.known and 2 * self.missed >= self.possible


def counts_as(code: str) -> Counts | None:
    """What a code counts as; nothing for a code the 2024 set does not have."""
    return next((kind for kind, codes in CODES.items() if code in codes), None)


def rate_of(codes: Iterable[str]) -> Rate:
    """(present + off-site educational) ÷ possible, over these half-days' codes."""
    possible = [code for code in codes if code in POSSIBLE]
    return Rate(sum(code in ATTENDED for code in possible), len(possible))


def rates(pupils: Sequence[Any], windows: Sequence[Window]) -> dict[int, list[Rate]]:
    """For each pupil's key the rate of each window, first and last day included: one query.

    The pupils are of one school. Days without marks are left out, never counted as absence.
    """
    found = {pupil.pk: [Rate() for _ in windows] for pupil in pupils}
    if not pupils or not windows:
        return found
    marks = AttendanceMark.objects.filter(school=pupils[0].school_id, pupil__in=[p.pk for p in pupils])
    marks = marks.filter(
        day__gte=min(first for first, _ in windows), day__lte=max(last for _, last in windows)
    )
    attended = Q(code__in=ATTENDED) | _own(pupils[0].school_id, AS_ATTENDED)
    possible = Q(code__in=POSSIBLE) | _own(pupils[0].school_id, AS_POSSIBLE)
    counted = {}
    for i, window in enumerate(windows):
        within = Q(day__range=window)
        counted[f"attended_{i}"] = Count("pk", filter=within & attended)
        counted[f"possible_{i}"] = Count("pk", filter=within & possible)
    for row in marks.values("pupil").order_by().annotate(**counted):
        found[row["pupil"]] = [
            Rate(row[f"attended_{i}"], row[f"possible_{i}"])  # type: ignore[literal-required]
            for i in range(len(windows))
        ]
    return found


def _own(school: int, kinds: Sequence[str]) -> Q:
    """Marks by codes that the school has added, which count as it has said."""
    added = Code.objects.filter(school=school, set=CodeSet.ATTENDANCE, category__in=kinds)
    return Q(code__in=added.order_by().values("code"))


def rates_of(pupil: Any, windows: Sequence[Window]) -> list[Rate]:
    """One pupil's rate in each window."""
    return rates([pupil], windows)[pupil.pk]


def last_weeks(mondays: Sequence[dt.date], day: dt.date, weeks: int = 6) -> Window | None:
    """The last `weeks` school weeks up to and with `day`; nothing while there are none.

    `mondays` are the weeks in which the school is open (`Calendar.open_weeks`); fewer than asked for are
    taken as they are.
    """
    begun = [monday for monday in sorted(mondays) if monday <= day][-weeks:]
    return (begun[0], day) if begun else None


def weeks_before(mondays: Sequence[dt.date], day: dt.date, weeks: int = 6) -> Window | None:
    """The `weeks` school weeks before the week of `day`."""
    monday = day - dt.timedelta(days=day.weekday())
    earlier = [m for m in sorted(mondays) if m < monday][-weeks:]
    return (earlier[0], monday - dt.timedelta(days=1)) if earlier else None
