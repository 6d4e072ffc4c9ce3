"""A week in half-days, as a primary school plans it: the mornings and the afternoons of a class."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import models

from iap.errors import Refused
from iap.schools.models import Period, PeriodKind, ProvisionModel, School, Weekday
from iap.ui.words import plural
from pupils.models import Placement

from .actions.slots import PlaceIn, SlotKey, SlotsRefused, name_of
from .forms.steps import Offer
from .measures.share import IN_MAINSTREAM, Share
from .models import HybridStep, IapSession, Place, StepPlace

MIDDAY = dt.time(12, 15)  # where the bell has no lunch
MIXED = "mixed"
KEEP = "keep"  # choose nothing: the places stay as the step before has them


class Half(models.TextChoices):
    MORNING = "am", "morning"
    AFTERNOON = "pm", "afternoon"


class With(models.TextChoices):
    """What a half-day may be planned as; the values are places of a step."""

    CLASS = Place.MAINSTREAM.value, "With the class"
    PROVISION = Place.SESSION.value, "In the provision"
    SUPPORTED = Place.SUPPORTED.value, "Supported in class"
    OFFSITE = Place.OFFSITE.value, "Off site"


HalfDay = tuple[int, str]  # weekday, half
WORDS = {**dict(Place.choices), **dict(With.choices), MIXED: "Mixed"}


class HalfDaysRefused(Refused):
    """Some half-days cannot be as they are; `halves` says of each what is to be done."""

    def __init__(self, halves: dict[HalfDay, str]) -> None:
        self.halves = halves
        super().__init__(" ".join(halves.values()))

    @classmethod
    def of(cls, refusal: SlotsRefused, periods: Sequence[Period]) -> "HalfDaysRefused":
        """The same refusal, told by half-day."""
        where = {period.pk: half for half, of in lessons_by_half(periods).items() for period in of}
        halves: dict[HalfDay, list[str]] = defaultdict(list)
        for (_, period), sentence in refusal.slots.items():
            if period in where:
                halves[where[period]].append(sentence)
        return cls({half: " ".join(said) for half, said in halves.items()})


@dataclass(frozen=True)
class HalfDayShare:
    """Half-days of one cycle in which every lesson is with the class."""

    with_class: int = 0
    of: int = 0

    def __str__(self) -> str:
        """6 of 10 half-days with the class"""
        return f"{self.with_class} of {plural(self.of, 'half-day')} with the class"


def is_stable(placement: Placement | None) -> bool:
    """Whether this is a place in a stable cohort, which is planned by half-days."""
    return placement is not None and placement.model == ProvisionModel.STABLE_COHORT


def half_name(half: HalfDay) -> str:
    """Monday morning"""
    return f"{Weekday(half[0]).label} {Half(half[1]).label}"


def lessons_by_half(periods: Iterable[Period]) -> dict[HalfDay, list[Period]]:
    """The lessons of each half-day: before and after lunch, or midday where the bell has none."""
    listed = sorted(periods, key=lambda each: (each.weekday, each.starts))
    lunch = {each.weekday: each.starts for each in reversed(listed) if each.kind == PeriodKind.LUNCH}
    found: dict[HalfDay, list[Period]] = defaultdict(list)
    for each in listed:
        if each.is_lesson:
            morning = each.starts < lunch.get(each.weekday, MIDDAY)
            found[each.weekday, Half.MORNING.value if morning else Half.AFTERNOON.value].append(each)
    return dict(found)


@dataclass(frozen=True)
class Halves:
    """A step read by half-days: in each week of the cycle, and over all weeks."""

    by_week: dict[tuple[str, HalfDay], str] = field(default_factory=dict)

    @property
    def over_weeks(self) -> dict[HalfDay, str]:
        found: dict[HalfDay, set[str]] = defaultdict(set)
        for (_, half), place in self.by_week.items():
            found[half].add(place)
        return {half: next(iter(places)) if len(places) == 1 else MIXED for half, places in found.items()}

    @property
    def days(self) -> list[tuple[str, list[str]]]:
        """For a page: each weekday with what its morning and its afternoon are called."""
        places = self.over_weeks
        weekdays = sorted({weekday for weekday, _ in places})
        return [
            (
                Weekday(day).label,
                [WORDS.get(places.get((day, half.value), ""), "No lessons") for half in Half],
            )
            for day in weekdays
        ]

    @property
    def share(self) -> HalfDayShare:
        inside = sum(place in IN_MAINSTREAM for place in self.by_week.values())
        return HalfDayShare(inside, len(self.by_week))


def half_days_of(step: HybridStep, school: School | None = None) -> Halves:
    """For each half-day that has lessons the place they all are in, or "mixed". Two queries."""
    school = school or step.school
    periods = Period.objects.at([school]).in_order()
    rows = StepPlace.objects.at([school]).filter(step=step)
    held = {(week, row.period_id): row.place for row in rows for week in _weeks(row.week, school)}
    return halves_in(periods, held, school)


def halves_in(periods: Iterable[Period], held: Mapping[SlotKey, str], school: School) -> Halves:
    """The same by the place in each slot."""
    found = {}
    for half, lessons in lessons_by_half(periods).items():
        for week in school.weeks:
            places = {held.get((week, period.pk), "") for period in lessons}
            found[week, half] = places.pop() if len(places) == 1 and "" not in places else MIXED
    return Halves(found)


def half_day_share(step: HybridStep, school: School | None = None) -> HalfDayShare:
    """How many half-days of the cycle are spent with the class; a mixed one is none of them."""
    return half_days_of(step, school).share


def places_of(offer: Offer, chosen: Mapping[HalfDay, str], provider: str = "") -> list[PlaceIn]:
    """The places of every lesson by what was chosen for its half-day.

    In the provision, the session is the one that runs in the slot; of several the one the pupil is in
    already, or the first with room. What the step before says of registration, breaks and lunch is kept.
    Raises HalfDaysRefused where no session runs or none has room.
    """
    places, wrong = offer.besides, {}
    for half, lessons in lessons_by_half(offer.periods).items():
        problems: list[str] = []
        for period in lessons:
            places += _in_lesson(offer, period, chosen[half], provider, problems)
        if problems:
            wrong[half] = " ".join(problems)
    if wrong:
        raise HalfDaysRefused(wrong)
    return places


def share_of(places: Iterable[PlaceIn], weeks: list[str]) -> Share:
    """The share of the week in mainstream that these places would be."""
    total = Share()
    for each in places:
        if each.period.is_lesson:
            minutes = each.period.minutes * (1 if each.week else len(weeks))
            total += Share(minutes if each.place in IN_MAINSTREAM else 0, minutes)
    return total


def _weeks(week: str, school: School) -> list[str]:
    return [week] if week else school.weeks


def _in_lesson(offer: Offer, period: Period, place: str, provider: str, problems: list[str]) -> list[PlaceIn]:
    weeks = offer.school.weeks
    if place == KEEP:
        held = (offer.held.get((week, period.pk)) for week in weeks)
        return [PlaceIn.of(row) for row in {row.pk: row for row in held if row is not None}.values()]
    if place == Place.SESSION:
        return _in_provision(offer, period, problems)
    name = provider if place == Place.OFFSITE else ""
    return [PlaceIn(week, period, place, provider=name) for week in weeks]


def _in_provision(offer: Offer, period: Period, problems: list[str]) -> list[PlaceIn]:
    first = {week: _with_room(offer, (week, period.pk)) for week in offer.school.weeks}
    every = next((each for of in first.values() for each in of if not each.week), None)
    if every is not None and (
        all(of and of[0] == every for of in first.values())
        or any(not [each for each in of if each.week] for of in first.values())
    ):
        return [PlaceIn("", period, Place.SESSION, every)]
    places = []
    for week, of in first.items():
        own = next((each for each in of if each.week == week), None)
        if own is None:
            problems.append(_no_session(offer, week, period))
        else:
            places.append(PlaceIn(week, period, Place.SESSION, own))
    return places


def _with_room(offer: Offer, key: SlotKey) -> list[IapSession]:
    """The sessions of a slot that have room, the pupil's own before the others."""
    held = offer.held.get(key)
    own = held.session_id if held else None
    room = [each for each in offer.sessions.get(key, []) if offer.left(each)]
    return sorted(room, key=lambda each: each.pk != own)


def _no_session(offer: Offer, week: str, period: Period) -> str:
    slot = name_of(week, period)
    running = offer.sessions.get((week, period.pk), [])
    if running:
        full = " and ".join(f"{each} is" for each in running)
        return f"{slot}: {full} full. Choose another place, or make room in Sessions."
    return f"{slot}: no session runs then. Set one up in Sessions, or choose another place."
