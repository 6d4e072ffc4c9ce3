"""Mainstream share: how much of the week a pupil's step places in mainstream.

Minutes placed *mainstream* or *supported in mainstream* ÷ minutes of the pupil's own lesson slots, over one
whole cycle, by the step in force. Registration, break and lunch do not count; off-site counts only below
the line.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, DurationField, ExpressionWrapper, F, Q, Sum, When
from django.db.models.functions import Extract, Floor

from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import PeriodKind, School
from timetables.models import HybridStep, Place, StepPlace

IN_MAINSTREAM = {Place.MAINSTREAM, Place.SUPPORTED}
LENGTH = ExpressionWrapper(F("period__ends") - F("period__starts"), output_field=DurationField())
MINUTES = Floor(Extract(LENGTH, "epoch") / 60)


@dataclass(frozen=True)
class Share:
    """Minutes of one cycle."""

    mainstream: int = 0
    lessons: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.mainstream + other.mainstream, self.lessons + other.lessons)

    @property
    def percent(self) -> int | None:
        """Rounded half up; nothing without lesson slots. 100 only when all of them are in mainstream."""
        if not self.lessons:
            return None
        rounded = (200 * self.mainstream + self.lessons) // (2 * self.lessons)
        return min(rounded, 100 if self.mainstream == self.lessons else 99)


def share_of(placed: Iterable[tuple[str, int]]) -> Share:
    """The share of places, each with the minutes of a cycle that it has of lessons."""
    total = Share()
    for place, minutes in placed:
        total += Share(minutes if place in IN_MAINSTREAM else 0, minutes)
    return total


def shares_of(school: School, steps: Iterable[HybridStep]) -> dict[int, Share]:
    """The share of each step by its key: one query."""
    found = {step.pk: Share() for step in steps}
    rows = StepPlace.objects.filter(school=school, step__in=found, period__kind=PeriodKind.LESSON)
    minutes = MINUTES * Case(When(week="", then=len(school.weeks)), default=1)
    summed = rows.values("step").annotate(
        mainstream=Sum(minutes, filter=Q(place__in=IN_MAINSTREAM), default=0), lessons=Sum(minutes)
    )
    for step, mainstream, lessons in summed.values_list("step", "mainstream", "lessons"):
        found[step] = Share(int(mainstream), int(lessons))
    return found


def step_on(steps: Sequence[HybridStep], day: dt.date) -> HybridStep | None:
    """Of one pupil's steps the one in force on a day."""
    return next((s for s in steps if s.starts_on <= day and (s.ends_on is None or day < s.ends_on)), None)


def by_week(
    steps: Sequence[HybridStep], shares: dict[int, Share], last_days: Iterable[dt.date]
) -> list[tuple[dt.date, int | None]]:
    """The share in each week, which is that of its last school day; nothing where no step was in force."""
    weeks = []
    for day in last_days:
        step = step_on(steps, day)
        weeks.append((day, shares[step.pk].percent if step else None))
    return weeks


def steps_of(
    school: School, pupil_ids: Iterable[int], since: dt.date | None = None
) -> dict[int, list[HybridStep]]:
    """The steps of these pupils in order, each ending no later than its place; with `since`, those that hold on
    that day or later. One query.
    """
    rows = HybridStep.objects.filter(school=school, pupil__in=list(pupil_ids)).select_related("placement")
    if since is not None:
        rows = rows.filter(Q(ends_on=None) | Q(ends_on__gt=since))
    found: dict[int, list[HybridStep]] = {}
    for step in rows.by_date():
        step.ends_on = min((end for end in (step.ends_on, step.placement.ends_on) if end), default=None)
        if step.ends_on is None or step.starts_on < step.ends_on:
            found.setdefault(step.pupil_id, []).append(step)
    return found


def mainstream_share(school: School, pupil_ids: Iterable[int], day: dt.date) -> dict[int, Share]:
    """The share of each pupil on a day; one without a step in force is left out. Two queries."""
    held = {pupil: step_on(steps, day) for pupil, steps in steps_of(school, pupil_ids).items()}
    now = {pupil: step for pupil, step in held.items() if step is not None}
    shares = shares_of(school, now.values())
    return {pupil: shares[step.pk] for pupil, step in now.items()}


def share_by_week(
    school: School, pupil_ids: Iterable[int], calendar: Calendar
) -> dict[int, list[tuple[dt.date, Share | None]]]:
    """The share of each pupil in each open week, by its Monday: that of the week's last school day."""
    steps = steps_of(school, pupil_ids)
    shares = shares_of(school, [step for each in steps.values() for step in each])
    last_days = {monday_of(day): day for day in calendar.open_days()}
    return {
        pupil: [
            (monday, shares[step.pk] if (step := step_on(of, day)) else None)
            for monday, day in last_days.items()
        ]
        for pupil, of in steps.items()
    }
