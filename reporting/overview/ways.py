"""Every pupil's way back: the share of the week in mainstream and the steps, for drawing beside the others'."""

import datetime as dt
from dataclasses import dataclass

from iap.ui import moments, words
from pupils.models import Destination, Placement
from reporting.facts import LOOK_BACK, Facts
from reporting.periods import Period
from timetables.measures.share import step_on
from timetables.models import HybridStep, StepKind


@dataclass(frozen=True)
class WayBack:
    """The way of one place: from each day on, the share in per cent, and the steps; a line on the last of them."""

    pupil: int
    points: tuple[tuple[dt.date, int | None], ...]
    marks: tuple[tuple[dt.date, str], ...]
    note: str


@dataclass(frozen=True)
class Ways:
    """The ways of everybody with a place in a period, in order of start, between the same two days."""

    first: dt.date
    until: dt.date
    weeks: int
    each: tuple[WayBack, ...]


def ways_back(facts: Facts, period: Period) -> Ways:
    """Over the period, and over no fewer than twelve school weeks."""
    mondays = [monday for monday in facts.calendar.open_weeks() if monday <= period.last]
    of_period = sum(monday + dt.timedelta(days=6) >= period.first for monday in mondays)
    shown = mondays[-max(of_period, LOOK_BACK) :] or [period.first]
    places = facts.open_in(*period.window)
    ways = tuple(_way(facts, place, shown[0], period.last) for place in places)
    return Ways(shown[0], period.last, len(shown), ways)


def _way(facts: Facts, place: Placement, first: dt.date, until: dt.date) -> WayBack:
    steps = [
        step
        for step in facts.late_steps.get(place.pupil_id, [])
        if step.placement_id == place.pk and step.starts_on <= until
    ]
    days = [max(first, step.starts_on) for step in steps if step.ends_on is None or step.ends_on > first]
    if place.ends_on is not None and first < place.ends_on <= until:
        days.append(place.ends_on)
    points = tuple((day, _share(facts, steps, day)) for day in dict.fromkeys(days))
    marks = tuple((step.starts_on, step.kind) for step in steps if step.starts_on >= first)
    return WayBack(place.pupil_id, points, marks, _note(place, steps, until))


def _share(facts: Facts, steps: list[HybridStep], day: dt.date) -> int | None:
    step = step_on(steps, day)
    return facts.late_shares[step.pk].percent if step else None


def _note(place: Placement, steps: list[HybridStep], until: dt.date) -> str:
    if place.ends_on is not None and place.ends_on <= until:
        back = place.destination == Destination.FULL_RETURN
        return f"{'Full return' if back else 'Ended'}, {moments.short_day(place.ends_on)}"
    if not steps or steps[-1].kind == StepKind.START:
        return f"Joined {moments.short_day(place.starts_on)}"
    return f"{words.step(steps[-1].kind).label}, {moments.short_day(steps[-1].starts_on)}"
