"""A pupil's way so far: their place, its steps, and the share of the week in mainstream."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from iap.schools.models import School
from pupils.models import Placement

from .measures.share import Share, shares_of, step_on, steps_of
from .models import HybridStep


@dataclass(frozen=True)
class Journey:
    """The steps of one place in order, with the share of each."""

    placement: Placement
    steps: list[HybridStep] = field(default_factory=list)
    shares: dict[int, Share] = field(default_factory=dict)

    def now(self, day: dt.date) -> HybridStep | None:
        return step_on(self.steps, day)

    def coming(self, day: dt.date) -> HybridStep | None:
        return next((step for step in self.steps if step.starts_on > day), None)

    def percent(self, step: HybridStep | None) -> int | None:
        return self.shares[step.pk].percent if step is not None else None


def placement_of(school: School, pupil: Any, day: dt.date, *, ended: bool = False) -> Placement | None:
    """The pupil's open place or the next to begin; with `ended`, otherwise the last that was."""
    rows = list(
        Placement.objects.filter(school=school, pupil=pupil)
        .select_related("key_adult", "pupil", "school")
        .by_start()
    )
    standing = [row for row in rows if row.ends_on is None or row.ends_on > day]
    if standing:
        return standing[0]
    return rows[-1] if rows and ended else None


def journey_of(placement: Placement) -> Journey:
    """The way of one place: two queries."""
    steps = [
        step
        for step in steps_of(placement.school, [placement.pupil_id]).get(placement.pupil_id, [])
        if step.placement_id == placement.pk
    ]
    return Journey(placement, steps, shares_of(placement.school, steps))
