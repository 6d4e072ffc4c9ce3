"""Everybody on roll, who has a place, and the steps of each way back."""

import datetime as dt
from collections.abc import Iterator

from iap.schools.codes import ETHNICITY
from pupils.models import Destination, Placement, Pupil
from pupils.upn import check_letter
from timetables.models import ClassMember, HybridStep, Place, StepKind, StepPlace

from .made import WEEK, Made


def take_on_roll(made: Made) -> None:
    chance = made.chance
    made.pupils = Pupil.objects.bulk_create(
        Pupil(
            school=made.school, upn=_upn(n), given_name="Sam", family_name=f"Number{n}", born_on=dt.date(2014, 3, 5),
            year_group=str(chance.randrange(7, 12)), sex=chance.choice("FM"),
            sen_stage=chance.choice("NNNNNKKE"), ethnicity=chance.choice(list(ETHNICITY)),
            pupil_premium=chance.random() < 0.3, free_meals=chance.random() < 0.25, in_care=chance.random() < 0.01,
        )
        for n in range(made.size.roll)
    )  # fmt: skip


def _upn(n: int) -> str:
    digits = f"900126{n:06}"
    return check_letter("A" + digits) + digits


def give_places(made: Made) -> None:
    """Places spread over the years, of which some ended; the last pupils come a second time."""
    chance, days = made.chance, made.past
    starts = sorted(chance.sample(days[20:-5], min(made.size.places, len(days) - 25)))
    again = max(1, len(starts) // 20)
    free_from: dict[int, dt.date] = {}
    for n, starts_on in enumerate(starts):
        early = [pupil for pupil in made.pupils[:again] if free_from.get(pupil.pk, days[0]) < starts_on]
        pupil = early[0] if n >= len(starts) - again and early else made.pupils[n]
        ends_on = next((day for day in days if day > starts_on + WEEK * chance.randrange(4, 40)), None)
        if n < again:  # whoever comes twice has left in between
            ends_on = ends_on or days[-1]
        free_from[pupil.pk] = ends_on or dt.date.max
        ended = chance.choice(
            (Destination.FULL_RETURN, Destination.FULL_RETURN, Destination.EXTERNAL, Destination.MOVED)
        )
        made.placements.append(
            Placement(
                school=made.school, pupil=pupil, model="reintegration", starts_on=starts_on, ends_on=ends_on,
                key_adult=chance.choice(made.staff), destination=ended if ends_on else "",
            )
        )  # fmt: skip
    Placement.objects.bulk_create(made.placements)
    for placement in made.placements:
        made.steps[placement.pk] = list(_steps(made, placement))
    HybridStep.objects.bulk_create(step for steps in made.steps.values() for step, _ in steps)
    StepPlace.objects.bulk_create(
        (row for steps in made.steps.values() for step, back in steps for row in _week(made, step, back)),
        2000,
    )
    since = {"school": made.school, "valid_from": made.days[0]}
    classes = {lesson.mainstream_class for lesson in made.lessons.values()}
    ClassMember.objects.bulk_create(
        ClassMember(**since, mainstream_class=each, pupil_id=pupil)
        for pupil in sorted({placement.pupil_id for placement in made.placements})
        for each in sorted(classes, key=lambda each: each.pk)
    )


def _steps(made: Made, placement: Placement) -> Iterator[tuple[HybridStep, set[int]]]:
    """From a few lessons in mainstream to more, with holds and steps back, until the place ends."""
    chance, slots = made.chance, range(len(made.slots))
    back: set[int] = set(chance.sample(slots, chance.randrange(6)))
    kind, day = StepKind.START, placement.starts_on
    last = min(placement.ends_on or made.today, made.today)
    while True:
        following = day + WEEK * chance.choice((2, 2, 3, 4))
        ends = following if following < last else None
        yield (
            HybridStep(
                school=made.school, placement=placement, pupil_id=placement.pupil_id, kind=kind, starts_on=day,
                ends_on=ends, why="What went well, and what the pupil said.", by=made.by,
            ),
            set(back),
        )  # fmt: skip
        if ends is None:
            return
        kind, day = (
            chance.choice(
                (StepKind.FORWARD, StepKind.FORWARD, StepKind.FORWARD, StepKind.HOLD, StepKind.BACK)
            ),
            ends,
        )
        if kind == StepKind.FORWARD:
            back |= set(chance.sample(slots, chance.randrange(1, 8)))
        elif kind == StepKind.BACK and back:
            back -= set(chance.sample(sorted(back), max(1, len(back) // 3)))


def _week(made: Made, step: HybridStep, back: set[int]) -> Iterator[StepPlace]:
    for n, (week, period) in enumerate(made.slots):
        here = n in back
        yield StepPlace(
            school=made.school, step=step, week=week, period=period, place=Place.MAINSTREAM if here else Place.SESSION,
            session=None if here else made.sessions[week, period.pk],
        )  # fmt: skip
