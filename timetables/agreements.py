"""Agreed reduced hours over time: how long an agreement holds, and what its school is to be told of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from iap.schools.calendar import Calendar
from iap.schools.models import School
from iap.ui.moments import day as said
from pupils.models import Placement, ReducedHours

from .models import HybridStep, Place

ENDS_WITHIN = 5  # school days
Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Due:
    """Something to be told once: `key` stands for it. It names no pupil."""

    kind: str
    text: str
    key: str
    placement: Placement


def runs_until(spans: Iterable[Span], day: dt.date) -> dt.date | None:
    """The last day covered without a gap from `day` on; nothing where `day` itself is not. Ends are included."""
    until = None
    for starts, ends in sorted(spans):
        follows = day if until is None else until + dt.timedelta(days=1)
        if ends >= day and starts <= follows:
            until = max(until or ends, ends)
    return until


def agreed_until(placement: Placement, day: dt.date) -> dt.date | None:
    """The last day of the agreement that holds on `day`, with those that follow on from it: one query."""
    held = ReducedHours.objects.filter(school=placement.school_id, placement=placement, ends_on__gte=day)
    return runs_until(held.values_list("starts_on", "ends_on"), day)


def due(school: School, day: dt.date, calendar: Calendar) -> list[Due]:
    """What is to be told on a day of the agreements of open places: two queries.

    `calendar` reaches some weeks beyond the day.
    """
    by_placement: dict[int, list[ReducedHours]] = defaultdict(list)
    rows = ReducedHours.objects.filter(school=school, placement__in=_open(school, day))
    for row in rows.select_related("placement__pupil").order_by("starts_on", "pk"):
        by_placement[row.placement_id].append(row)
    told = [each for held in by_placement.values() for row in held for each in _of(row, held, day, calendar)]
    return told + _uncovered(school, by_placement, day)


def _of(row: ReducedHours, held: list[ReducedHours], day: dt.date, calendar: Calendar) -> list[Due]:
    """A review that is reached, and an end that is near unless another agreement follows on."""
    if row.ends_on < day:
        return []
    found = []
    if row.review_on <= day:
        text = f"The review of agreed reduced hours was set for {said(row.review_on)}. Note what is decided."
        found.append(Due("reduced-review", text, f"reduced-review:{row.pk}:{row.review_on}", row.placement))
    lasts = runs_until([(each.starts_on, each.ends_on) for each in held], max(day, row.starts_on))
    if lasts == row.ends_on and calendar.school_days_between(day, row.ends_on) <= ENDS_WITHIN:
        text = f"Agreed reduced hours end on {said(row.ends_on)}. Plan the week that follows, or agree again."
        found.append(Due("reduced-ends", text, f"reduced-ends:{row.pk}:{row.ends_on}", row.placement))
    return found


def _uncovered(school: School, held: dict[int, list[ReducedHours]], day: dt.date) -> list[Due]:
    """Steps in force with reduced hours on a day for which nothing is agreed."""
    steps = HybridStep.objects.in_force_on(day).filter(
        school=school, placement__in=_open(school, day), places__place=Place.REDUCED
    )
    found = []
    for step in steps.select_related("placement__pupil").distinct().order_by("pk"):
        of = held.get(step.placement_id, [])
        if runs_until([(row.starts_on, row.ends_on) for row in of], day) is not None:
            continue
        last = max((row.ends_on for row in of if row.ends_on < day), default=None)
        text = (
            "A pupil’s week has reduced hours that no agreement covers today. "
            "Agree again, or plan every lesson."
        )
        found.append(Due("reduced-uncovered", text, f"reduced-uncovered:{step.pk}:{last}", step.placement))
    return found


def _open(school: School, day: dt.date) -> Any:
    return Placement.objects.filter(school=school).open_on(day).values("pk")
