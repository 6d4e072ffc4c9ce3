"""What a week must have before it can be published: a place in every lesson slot, and each place possible."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from iap.errors import Refused
from iap.schools.models import Period, Provision
from iap.ui.moments import day as said
from pupils.models import Placement, ReducedHours
from timetables.measures.places import most_taken
from timetables.models import IapSession, Place

SlotKey = tuple[str, int]  # week, period


@dataclass(frozen=True)
class PlaceIn:
    """Where the pupil is in one slot. A session comes with `session`, off-site education with `provider`."""

    week: str
    period: Period
    place: str
    session: IapSession | None = None
    provider: str = ""

    @property
    def key(self) -> SlotKey:
        return self.week, self.period.pk


class SlotsRefused(Refused):
    """Some slots of the week cannot be as they are; `slots` says of each what is to be done."""

    def __init__(self, slots: dict[SlotKey, str], message: str = "") -> None:
        self.slots = slots
        super().__init__(message or " ".join(dict.fromkeys(slots.values())))


def check(placement: Placement, places: Sequence[PlaceIn], day: dt.date) -> None:
    """Raise SlotsRefused unless the places cover the cycle and each can be on that day.

    The sessions among them are locked by the caller and carried by the places.
    """
    periods = {period.pk: period for period in Period.objects.filter(school=placement.school_id)}
    wrong = _outside_or_twice(placement, places, periods)
    wrong |= _missing(placement, places, periods, wrong)
    agreed = _reduced_hours_agreed(placement, day)
    for each in places:
        if each.key not in wrong and (problem := _problem(each, day, agreed)):
            wrong[each.key] = f"{name_of(each.week, each.period)}: {problem}"
    if wrong:
        raise SlotsRefused(wrong)


def full_sessions(placement: Placement, places: Iterable[PlaceIn], day: dt.date) -> dict[SlotKey, str]:
    """A sentence for each slot whose session would have more pupils than places, on that day or later."""
    chosen = {each.session.pk: each for each in places if each.session is not None}
    taken = most_taken(placement.school_id, chosen, day, without=placement)
    usual = places_by_default(placement.school_id)
    full = {}
    for pk, each in chosen.items():
        limit = (each.session.places if each.session else None) or usual
        if taken.get(pk, 0) >= limit:
            slot = name_of(each.week, each.period)
            full[each.key] = f"{slot}: {each.session} has {limit} places, and {taken[pk]} are taken."
    return full


def places_by_default(school: Any) -> int:
    """What a session without a number of its own holds (guide: fewer than 10)."""
    return Provision.objects.filter(school=school).values_list("places", flat=True).first() or 9


def name_of(week: str, period: Period) -> str:
    """Week A, Monday 1"""
    return f"Week {week}, {period}" if week else str(period)


def _outside_or_twice(
    placement: Placement, places: Sequence[PlaceIn], periods: dict[int, Period]
) -> dict[SlotKey, str]:
    weeks, wrong = placement.school.weeks, {}
    seen: set[SlotKey] = set()
    for each in places:
        if each.period.pk not in periods or (each.week and each.week not in weeks):
            wrong[each.key] = f"{name_of(each.week, each.period)} is not in this school’s timetable."
        covers = {(week, each.period.pk) for week in _weeks_of(each.week, weeks)}
        if covers & seen:
            wrong[each.key] = f"{name_of(each.week, each.period)} has two places. Choose one."
        seen |= covers
    return wrong


def _missing(
    placement: Placement, places: Sequence[PlaceIn], periods: dict[int, Period], wrong: dict[SlotKey, str]
) -> dict[SlotKey, str]:
    weeks = placement.school.weeks
    covered = {(week, each.period.pk) for each in places for week in _weeks_of(each.week, weeks)}
    return {
        (week, pk): f"{name_of(week, period)}: choose where the pupil is."
        for week in weeks
        for pk, period in periods.items()
        if period.is_lesson and (week, pk) not in covered and (week, pk) not in wrong
    }


def _weeks_of(week: str, weeks: list[str]) -> list[str]:
    """A place without a week stands in every week of the cycle."""
    return [week] if week else weeks


def _problem(each: PlaceIn, day: dt.date, agreed: bool) -> str:
    if each.place not in Place.values:
        return "choose one of the places offered."
    if each.place == Place.SESSION:
        return _problem_of_session(each, day)
    if each.session is not None:
        return "a session is named only where the pupil is in the provision."
    if each.place == Place.OFFSITE and not each.provider.strip():
        return "name the off-site provider."
    if each.place == Place.REDUCED and not agreed:
        return (
            "reduced hours need a parent’s or carer’s agreement that holds on that day, with a reason that "
            "is not behaviour. Record it first."
        )
    return ""


def _problem_of_session(each: PlaceIn, day: dt.date) -> str:
    session = each.session
    if session is None:
        return "choose the session."
    if session.school_id != each.period.school_id or session.period_id != each.period.pk:
        return f"{session} is at another time."
    if session.week != each.week:
        if not session.week:
            return f"{session} runs every week. Choose it in both weeks, or another session."
        return f"{session} is in week {session.week}."
    if session.valid_from > day:
        return f"{session} begins on {said(session.valid_from)}, after this step. Choose another session."
    if not session.is_valid_on(day):
        return f"{session} ended on {said(session.valid_to)}. Choose another session."
    return ""


def _reduced_hours_agreed(placement: Placement, day: dt.date) -> bool:
    held = ReducedHours.objects.filter(school=placement.school_id, placement=placement)
    return held.filter(starts_on__lte=day, ends_on__gte=day).exists()
