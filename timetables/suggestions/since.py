"""How long ago a pupil's week last changed, and by what."""

import datetime as dt
from collections.abc import Sequence

from iap.schools.calendar import Calendar, monday_of
from timetables.journeys import Journey
from timetables.models import HybridStep, StepKind

from .facts import Way

CHANGES = (StepKind.START, StepKind.FORWARD, StepKind.BACK)


def way_of(way: Journey, calendar: Calendar, day: dt.date) -> Way:
    """How long ago the week last changed, in school weeks, and by what."""
    begun = [step for step in way.steps if step.starts_on <= day]
    changed = [step for step in begun if step.kind in CHANGES]
    return Way(
        weeks=_weeks_since(changed[-1], calendar, day) if changed else None,
        last_kind=begun[-1].kind if begun else "",
        held_since_back=_held_since_back(begun),
        coming=way.coming(day) is not None,
    )


def changed_on(way: Journey, day: dt.date) -> dt.date:
    """The day of the last change that has begun: so far back the calendar is asked."""
    changed = [step.starts_on for step in way.steps if step.starts_on <= day and step.kind in CHANGES]
    return changed[-1] if changed else day


def _weeks_since(step: HybridStep, calendar: Calendar, day: dt.date) -> int:
    return sum(monday_of(step.starts_on) < monday <= monday_of(day) for monday in calendar.open_weeks())


def _held_since_back(begun: Sequence[HybridStep]) -> bool:
    """Whether nothing was taken back, or something else than a correction was decided since."""
    decided = [step.kind for step in begun if step.kind != StepKind.CORRECTION]
    return not decided or decided[-1] != StepKind.BACK
