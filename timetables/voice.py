"""The pupil's own page: what it says of their week and their way, in words for a pupil."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from iap.schools.calendar import Calendar
from iap.schools.models import School
from iap.ui.moments import day as said
from pupils.models import Placement, Plan, Pupil, Target

from .grids import week_of
from .journeys import Journey, journey_of, placement_of
from .lessons import lessons_of_cycle
from .measures.share import IN_MAINSTREAM
from .models import HybridStep, StepKind, StepPlace

# What a step was, as one would say it to the pupil. A step back is part of the plan.
SAYS = {
    StepKind.START: "You started here.",
    StepKind.FORWARD: "You went back to more lessons.",
    StepKind.HOLD: "Your week stayed as it was, on purpose.",
    StepKind.BACK: "Your week changed to give you more time here. That is part of the plan.",
    StepKind.CORRECTION: "Your week was put right.",
}


@dataclass(frozen=True)
class Stop:
    """A moment on the pupil's way: when, what happened, and the lessons that they were in then."""

    on: dt.date
    words: str
    lessons: list[str]
    coming: bool


def my_goals(pupil: Pupil) -> list[Target]:
    """The targets of the plan in hand, in the pupil's own words."""
    plans = Plan.objects.filter(school=pupil.school_id, pupil=pupil).open()
    return list(Target.objects.filter(school=pupil.school_id, plan__in=plans).going_on().in_order())


def ending_place(pupil: Pupil, day: dt.date) -> Placement | None:
    """The last place whose end is known, while the pupil has no other: then they are asked what it was like."""
    place = placement_of(pupil.school, pupil, day, ended=True)
    return place if place is not None and place.ends_on is not None else None


def my_week(school: School, pupil: Pupil, day: dt.date) -> dict[str, Any] | None:
    """The week of today by the step in force, or by the next; nothing where none is planned."""
    way = _way(school, pupil, day)
    step = (way.now(day) or way.coming(day)) if way else None
    if step is None:
        return None
    calendar = Calendar.of(school, day, day)
    label = calendar.week_label(day)
    label = label if label in school.weeks else school.weeks[0]
    today = day if calendar.is_open(day) else None
    grid = week_of(school, pupil, step, label, lessons_on=max(day, step.starts_on), today=today)
    return {"grid": grid, "label": label, "coming": way.coming(day) if way else None}


def my_journey(school: School, pupil: Pupil, day: dt.date) -> list[Stop]:
    """The steps of the place, the first first, with the subjects in mainstream after each."""
    way = _way(school, pupil, day)
    return [_stop(school, pupil, step, day) for step in way.steps] if way else []


def _stop(school: School, pupil: Pupil, step: HybridStep, day: dt.date) -> Stop:
    lessons = lessons_of_cycle(school, [pupil.pk], step.starts_on)
    rows = StepPlace.objects.filter(school=school, step=step, place__in=IN_MAINSTREAM)
    slots = {(week, row.period_id) for row in rows for week in ([row.week] if row.week else school.weeks)}
    subjects = {lesson.subject for (_, week, period), lesson in lessons.items() if (week, period) in slots}
    coming = step.starts_on > day
    words = f"Your week changes on {said(step.starts_on)}." if coming else SAYS[StepKind(step.kind)]
    return Stop(step.starts_on, words, sorted(subject for subject in subjects if subject), coming)


def _way(school: School, pupil: Pupil, day: dt.date) -> Journey | None:
    placement = placement_of(school, pupil, day, ended=True)
    if placement is None:
        return None
    placement.school = school
    return journey_of(placement)
