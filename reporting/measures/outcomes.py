"""Attendance, suspensions and the school's log, before, during and after a place, in equal windows.

What differs between the windows is told, and of how many pupils; nothing here says why.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pupils.models import Placement
from pupils.windows import AFTER, BEFORE, DURING, Outcome
from reporting.facts import Facts
from reporting.figures import Measure, Percent, Row, Way, register
from reporting.periods import Period

WINDOWS = {BEFORE: "Before", DURING: "During", AFTER: "After"}


def attendance(facts: Facts, period: Period) -> Iterable[Row]:
    """Half-days attended of those that were possible, in three equal windows of six whole school weeks: before the
    place, the last six weeks of it, and the six after. Of pupils who had a place in the period and whose marks are
    known both before and during; off-site education counts as attended.
    """
    for place, found in _paired(facts, period):
        known = found[BEFORE].attendance.known and found[DURING].attendance.known
        for name, outcome in found.items():
            rate = outcome.attendance
            yield _row(
                place,
                name,
                rate.attended if known and rate.known else None,
                Percent(rate.attended, rate.possible) if rate.known else None,
                rate.possible,
            )


def suspensions(facts: Facts, period: Period) -> Iterable[Row]:
    """Half-days lost to suspensions that began in each of three equal windows of six whole school weeks: before the
    place, the last six weeks of it, and the six after. Of pupils who had a place in the period with both of the
    first two windows.
    """
    yield from _counted(facts, period, lambda outcome: outcome.suspended)


def incidents(facts: Facts, period: Period) -> Iterable[Row]:
    """Entries of the school’s behaviour log in each of three equal windows of six whole school weeks: before the
    place, the last six weeks of it, and the six after. Of pupils who had a place in the period with both of the
    first two windows. Entries whose kind begins with words of good news, such as “Positive”, are left out.
    """
    yield from _counted(facts, period, lambda outcome: outcome.logged)


def _counted(facts: Facts, period: Period, number: Callable[[Outcome], int]) -> Iterator[Row]:
    for place, found in _paired(facts, period):
        for name, outcome in found.items():
            yield _row(place, name, number(outcome), number(outcome))


def _paired(facts: Facts, period: Period) -> Iterator[tuple[Placement, dict[str, Outcome]]]:
    """Places of the period that have a window before and one during, with what lies in these and after."""
    for place in facts.open_in(*period.window):
        found = {
            name: outcome
            for name in WINDOWS
            if (outcome := facts.outcomes.get((place.pk, name, period.last))) is not None
        }
        if BEFORE in found and DURING in found:
            yield place, found


def _row(place: Placement, name: str, part: int | None, said: Any, whole: int = 1) -> Row:
    return Row(
        (WINDOWS[name], place.starts_on, place.ends_on, said),
        part=part,
        whole=whole,
        pupil=place.pupil_id,
        group=WINDOWS[name],
    )


def offer() -> None:
    shared: dict[str, Any] = {
        "groups": tuple(WINDOWS.values()),
        "about": "outcomes",
        "alone": True,
        "again": True,
    }
    dates = ("Window", "Place from", "Until")
    register(
        Measure(
            "attendance",
            "Attendance",
            attendance,
            Way.SHARE,
            columns=(*dates, "Attended"),
            counts="Half-days",
            order=50,
            **shared,
        )
    )
    register(
        Measure(
            "suspensions",
            "Half-days lost to suspension",
            suspensions,
            unit="half-days",
            one="half-day",
            columns=(*dates, "Half-days"),
            order=52,
            **shared,
        )
    )
    register(
        Measure(
            "incidents",
            "Entries of the behaviour log",
            incidents,
            unit="entries",
            one="entry",
            columns=(*dates, "Entries"),
            order=54,
            **shared,
        )
    )
