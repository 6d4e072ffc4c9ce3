"""Hours: how long a pupil is in education in each week of the cycle, by the step in force.

Lesson time = minutes of lesson slots placed in mainstream, supported in mainstream, an IAP session or off-site
education. Off-site education is education in full. Shared social time in a lesson slot is time in school, not
lesson time. Agreed reduced hours are what is missing. A lesson slot without a place is neither: it is told
apart as `unplaced`.

The whole school week = minutes of all periods of the bell, with registration, break and lunch, of which the
pupil has those that are not reduced hours and not unplaced. A registration, break or lunch without a place of
its own follows the lessons on both sides of it: it counts unless one of them is not attended, for nobody
is in school for a break before going home.

Figures: 32.5 hours is the whole week expected of schools in England (DfE); the lesson hours by key stage are
older guidelines. Each school may set its own.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iap.schools.codes import KEY_STAGES
from iap.schools.models import Period, Provision, School
from timetables.models import HybridStep, Place, StepPlace

from .share import step_on, steps_of

EDUCATION = {Place.MAINSTREAM, Place.SUPPORTED, Place.SESSION, Place.OFFSITE}
GUIDELINES = {
    **dict.fromkeys(KEY_STAGES["KS1"], "hours_ks1"),
    **dict.fromkeys(KEY_STAGES["KS2"], "hours_ks2"),
    **dict.fromkeys([*KEY_STAGES["KS3"], "10"], "hours_ks3"),
    "11": "hours_year_11",
}


@dataclass(frozen=True)
class Hours:
    """Minutes of one week of the cycle. `bell` is the school's whole week, `whole` the pupil's."""

    week: str = ""
    lessons: int = 0
    offsite: int = 0  # of the lessons
    social: int = 0  # in lesson slots
    reduced: int = 0  # lesson slots
    unplaced: int = 0  # lesson slots
    whole: int = 0
    bell: int = 0


def tally(week: str, periods: Iterable[Period], places: Mapping[int, str]) -> Hours:
    """The hours of one week from the bell and the place in each period."""
    by_day: dict[int, list[Period]] = defaultdict(list)
    for period in periods:
        by_day[period.weekday].append(period)
    minutes: dict[str, int] = defaultdict(int)
    for day in by_day.values():
        for period, here in _attended(sorted(day, key=lambda p: (p.starts, p.pk)), places):
            minutes["bell"] += period.minutes
            minutes["whole"] += period.minutes if here else 0
            if period.is_lesson:
                minutes[places.get(period.pk, "unplaced")] += period.minutes
    return Hours(
        week=week,
        lessons=sum(minutes[place] for place in EDUCATION),
        offsite=minutes[Place.OFFSITE],
        social=minutes[Place.SOCIAL],
        reduced=minutes[Place.REDUCED],
        unplaced=minutes["unplaced"],
        whole=minutes["whole"],
        bell=minutes["bell"],
    )


def _attended(day: Sequence[Period], places: Mapping[int, str]) -> list[tuple[Period, bool]]:
    """Each period of a day in order, and whether the pupil is in school or off-site education then."""
    known = [_known(period, places) for period in day]
    found = []
    for n, period in enumerate(day):
        here = known[n]
        if here is None:
            before = next((k for k in reversed(known[:n]) if k is not None), True)
            after = next((k for k in known[n + 1 :] if k is not None), True)
            here = before and after
        found.append((period, here))
    return found


def _known(period: Period, places: Mapping[int, str]) -> bool | None:
    """Nothing for a break and the like that has no place of its own."""
    if period.pk in places:
        return places[period.pk] != Place.REDUCED
    return False if period.is_lesson else None


def hours_of(school: School, pupil_ids: Iterable[int], day: dt.date) -> dict[int, list[Hours]]:
    """The hours of each pupil by the step in force on a day, in each week of the cycle; three queries.

    A pupil without a step in force is left out.
    """
    held = {pupil: step_on(steps, day) for pupil, steps in steps_of(school, pupil_ids).items()}
    now = {pupil: step for pupil, step in held.items() if step is not None}
    by_step = hours_by_step(school, now.values())
    return {pupil: by_step[step.pk] for pupil, step in now.items()}


def hours_by_step(school: School, steps: Iterable[HybridStep]) -> dict[int, list[Hours]]:
    """The hours of each step by its key, in each week of the cycle: two queries."""
    periods = list(Period.objects.filter(school=school))
    placed: dict[int, list[Any]] = {step.pk: [] for step in steps}
    rows = StepPlace.objects.filter(school=school, step__in=placed)
    for row in rows.values_list("step", "week", "period", "place", named=True):
        placed[row.step].append(row)
    return {step: hours_in(school, periods, of) for step, of in placed.items()}


def hours_in(school: School, periods: Iterable[Period], places: Iterable[Any]) -> list[Hours]:
    """The hours in each week of the cycle, by places with their `week`, `period` and `place`."""
    periods, of = list(periods), defaultdict[str, dict[int, str]](dict)
    for each in places:
        of[each.week][each.period] = each.place
    # A place of one week stands before one of every week.
    return [tally(week, periods, {**of[""], **of[week]}) for week in school.weeks]


def whole_week(provision: Provision) -> int:
    """Minutes of a whole school week as the school has set it."""
    return round(provision.hours_week * 60)


def guideline(provision: Provision, year_group: str) -> int | None:
    """Lesson minutes a week by the school's guideline; nothing for early years and after Year 11."""
    field = GUIDELINES.get(year_group)
    return round(getattr(provision, field) * 60) if field else None
