"""On which days a step may begin, and of which kind it is then."""

import datetime as dt
from typing import Any

from iap.errors import Refused
from iap.schools.calendar import Calendar
from iap.schools.models import Membership, Role
from iap.ui.moments import day as said
from pupils.models import Placement
from timetables.models import HybridStep, StepKind

NEXT_OPEN = dt.timedelta(weeks=10)  # no holiday is longer


def refuse_days(
    placement: Placement,
    steps: list[HybridStep],
    same: HybridStep | None,
    kind: str,
    starts_on: dt.date,
    today: dt.date,
    by: Any,
) -> None:
    """Refuse a day, or a kind on that day, that the place and the steps published so far do not allow.

    `same` is the step that begins on that day already.
    """
    name = placement.pupil.known_as
    if kind not in StepKind.values:
        raise Refused("Choose what kind of step this is.")
    if starts_on < placement.starts_on:
        raise Refused(
            f"{name}’s place begins on {said(placement.starts_on)}. Choose that day or a later one."
        )
    if placement.ends_on is not None and starts_on >= placement.ends_on:
        raise Refused(f"{name}’s place ends on {said(placement.ends_on)}. Choose an earlier day.")
    if same is None:
        _refuse_a_closed_day(placement, starts_on)
    first = not steps or (same is not None and same == steps[0])
    if kind != StepKind.START and (not steps or (first and kind != StepKind.CORRECTION)):
        raise Refused("The first step of a place is its start. Choose “Start”.")
    if not first and kind == StepKind.START:
        raise Refused(
            "This place has started already. Choose a step forward, hold, a step back or a correction."
        )
    later = next((step for step in steps if step.starts_on > starts_on), None)
    if later is not None:
        raise Refused(
            f"A step from {said(later.starts_on)} is already published. Publish from that day to replace it, "
            "or choose a later day."
        )
    if kind == StepKind.CORRECTION:
        _refuse_a_correction(placement, starts_on, today, by)
    elif starts_on < today and not (not steps and starts_on == placement.starts_on):
        raise Refused("A step never rewrites the past. Choose today or a later day.")
    elif same is not None and starts_on <= today:
        raise Refused(
            f"A step from {said(starts_on)} already holds. Put it right with a correction, "
            "or choose a later day."
        )


def _refuse_a_closed_day(placement: Placement, starts_on: dt.date) -> None:
    """A step begins on a school day; a place that itself begins in a closure may begin with it."""
    if starts_on == placement.starts_on:
        return
    calendar = Calendar.of(placement.school, starts_on, starts_on + NEXT_OPEN)
    if calendar.is_open(starts_on):
        return
    after = calendar.first_open_after(starts_on)
    if after is None:
        raise Refused(
            f"The calendar has no school day on {said(starts_on)} or soon after it. Choose an earlier day, or add "
            "the weeks to the calendar first."
        )
    reason = calendar.closures.get(starts_on)
    raise Refused(
        f"The school is closed on {said(starts_on)}{f' ({reason})' if reason else ''}. "
        f"Choose a school day, such as {said(after)}."
    )


def _refuse_a_correction(placement: Placement, starts_on: dt.date, today: dt.date, by: Any) -> None:
    if starts_on >= today:
        return
    if not Membership.objects.filter(school=placement.school_id, user=by, role=Role.LEAD).exists():
        raise Refused(
            "Only the lead of the provision corrects days that are past. Choose today or a later day."
        )
