"""What a week must have before it can be published: a place in every lesson slot, and each place possible."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from iap.errors import Refused
from iap.schools.calendar import Calendar
from iap.schools.models import Period, Provision
from iap.ui.moments import day as said
from iap.ui.words import listed
from pupils.models import Placement
from timetables.agreements import agreed_until
from timetables.apart import kept_apart
from timetables.measures.places import most_taken
from timetables.models import IapSession, Place, StepPlace

SlotKey = tuple[str, int]  # week, period
AHEAD = dt.timedelta(weeks=8)  # in which every slot of a cycle comes, holidays included


@dataclass(frozen=True)
class PlaceIn:
    """Where the pupil is in one slot. A session comes with `session`, off-site education with `provider`."""

    week: str
    period: Period
    place: str
    session: IapSession | None = None
    provider: str = ""

    @classmethod
    def of(cls, row: StepPlace) -> "PlaceIn":
        """As a step has it."""
        return cls(row.week, row.period, row.place, row.session, row.provider)

    @property
    def key(self) -> SlotKey:
        return self.week, self.period.pk


class SlotsRefused(Refused):
    """Some slots of the week cannot be as they are; `slots` says of each what is to be done.

    `full` and `together` say that it could be accepted: a session over its places, or two who are kept apart in one.
    """

    def __init__(
        self, slots: dict[SlotKey, str], message: str = "", *, full: bool = False, together: bool = False
    ) -> None:
        self.slots, self.full, self.together = slots, full, together
        super().__init__(message or " ".join(dict.fromkeys(slots.values())))


def check(placement: Placement, places: Sequence[PlaceIn], day: dt.date) -> None:
    """Raise SlotsRefused unless the places cover the cycle and each can be on that day.

    The sessions among them are locked by the caller and carried by the places.
    """
    periods = {period.pk: period for period in Period.objects.filter(school=placement.school_id)}
    wrong = _outside_or_twice(placement, places, periods)
    wrong |= _missing(placement, places, periods, wrong)
    for each in places:
        if each.key not in wrong and (problem := _problem(each, day)):
            wrong[each.key] = f"{name_of(each.week, each.period)}: {problem}"
    wrong |= _not_agreed(placement, places, day)
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


def beside_kept_apart(placement: Placement, places: Iterable[PlaceIn], day: dt.date) -> dict[SlotKey, str]:
    """A sentence for each slot with somebody from whom the pupil is kept apart, on that day or later."""
    chosen = {each.session.pk: each for each in places if each.session is not None}
    apart = kept_apart(placement.school, [placement.pupil_id])[placement.pupil_id]
    if not apart or not chosen:
        return {}
    there = StepPlace.objects.standing_from(day).filter(
        school=placement.school_id, session__in=chosen, step__pupil__in=apart
    )
    names: dict[int, list[str]] = defaultdict(list)
    for row in there.select_related("step__pupil").order_by("step__pupil__family_name", "pk"):
        name = row.step.pupil.short_name
        if name not in names[row.session_id]:
            names[row.session_id].append(name)
    return {
        chosen[
            pk
        ].key: f"{name_of(chosen[pk].week, chosen[pk].period)}: you keep {placement.pupil.known_as} and "
        f"{listed(of)} apart, and {chosen[pk].session} would have both."
        for pk, of in names.items()
    }


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


def _problem(each: PlaceIn, day: dt.date) -> str:
    if each.place not in Place.values:
        return "choose one of the places offered."
    if each.place == Place.SESSION:
        return _problem_of_session(each, day)
    if each.session is not None:
        return "a session is named only where the pupil is in the provision."
    if each.place == Place.OFFSITE and not each.provider.strip():
        return "name the off-site provider."
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


def _not_agreed(placement: Placement, places: Sequence[PlaceIn], day: dt.date) -> dict[SlotKey, str]:
    """A sentence for each slot of reduced hours that no agreement covers from the step's day to its first time.

    How long an agreement holds after that is chased while the step goes on.
    """
    reduced = [each for each in places if each.place == Place.REDUCED]
    if not reduced:
        return {}
    until = agreed_until(placement, day)
    calendar = Calendar.of(placement.school, day, day + AHEAD)
    wrong = {}
    for each in reduced:
        first = _first_time(each, day, calendar)
        if until is None or until < first:
            wrong[each.key] = f"{name_of(each.week, each.period)}: {_agree_first(day, first, until)}"
    return wrong


def _agree_first(day: dt.date, first: dt.date, until: dt.date | None) -> str:
    if until is None:
        return (
            f"reduced hours need a parent’s or carer’s agreement that holds on {said(day)}, with a reason that "
            "is not behaviour. Record it first."
        )
    return (
        f"the agreement to reduced hours ends on {said(until)}, and this lesson first comes on {said(first)}. "
        "Agree again first, or choose another place."
    )


def _first_time(each: PlaceIn, day: dt.date, calendar: Calendar) -> dt.date:
    """The first school day on which this place is taken up; the step's own day where the calendar knows none."""
    return next(
        (
            open_day
            for open_day in calendar.open_days()
            if open_day >= day
            and open_day.isoweekday() == each.period.weekday
            and each.week in ("", calendar.week_label(open_day))
        ),
        day,
    )
