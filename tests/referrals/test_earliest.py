"""The earliest start: weeks with enough slots that have a seat left, for each place in line."""

import datetime as dt
from typing import Any

from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Closure, Period
from referrals.earliest import HORIZON, Room
from tests.factories import HybridStepFactory, IapSessionFactory, PlacementFactory
from timetables.models import StepPlace

TODAY = dt.date.today()
NEXT_MONDAY = monday_of(TODAY) + dt.timedelta(weeks=1)


def room(school: Any, wanted: int = 2) -> Room:
    return Room.of(school, TODAY, wanted, Calendar.of(school, TODAY, TODAY + HORIZON))


def sessions(school: Any, number: int, places: int = 2, **fields: Any) -> list[Any]:
    """One session in each of the first lessons of the week, in both weeks."""
    periods = Period.objects.filter(school=school, kind="lesson").in_order()[:number]
    given = {"week": "", "valid_from": TODAY - dt.timedelta(weeks=9), "places": places, **fields}
    return [IapSessionFactory(school=school, period=period, **given) for period in periods]


def fill(school: Any, session: Any, until: dt.date | None = None) -> None:
    step = HybridStepFactory(placement=PlacementFactory(school=school), school=school, ends_on=until)
    StepPlace.objects.create(
        school=school,
        step=step,
        week=session.week,
        period=session.period,
        place="session",
        session=session,
    )


def test_with_room_the_next_in_line_begins_in_the_next_week_that_has_it(school: Any) -> None:
    sessions(school, 2)
    start = room(school).start_for(0)
    assert start and start.day == NEXT_MONDAY  # this week's Monday is past, or is today
    assert start.slots == 2


def test_each_one_before_in_line_takes_a_seat(school: Any) -> None:
    sessions(school, 2, places=2)
    held = room(school)
    assert held.start_for(1) is not None
    assert held.start_for(2) is None


def test_too_few_slots_is_no_start(school: Any) -> None:
    sessions(school, 1)
    assert room(school, wanted=2).start_for(0) is None


def test_a_step_that_ends_makes_room_from_its_day(school: Any) -> None:
    first, second = sessions(school, 2, places=1)
    free = NEXT_MONDAY + dt.timedelta(weeks=2)
    for session in (first, second):
        fill(school, session, until=free)
    start = room(school).start_for(0)
    assert start and start.day == free


def test_a_session_that_has_not_begun_offers_nothing_before(school: Any) -> None:
    begins = NEXT_MONDAY + dt.timedelta(weeks=3)
    sessions(school, 2, valid_from=begins)
    start = room(school).start_for(0)
    assert start and start.day == begins


def test_a_closed_week_is_passed_over(school: Any) -> None:
    sessions(school, 2, valid_from=NEXT_MONDAY)
    for i in range(5):
        Closure.objects.create(school=school, day=NEXT_MONDAY + dt.timedelta(days=i), reason="Snow")
    start = room(school).start_for(0)
    assert start and start.day == NEXT_MONDAY + dt.timedelta(weeks=1)


def test_a_session_of_one_week_counts_in_that_week_only(school: Any) -> None:
    sessions(school, 2, week="B", valid_from=NEXT_MONDAY)
    calendar = Calendar.of(school, TODAY, TODAY + HORIZON)
    start = room(school).start_for(0)
    assert start and calendar.week_label(start.day) == "B"


def test_without_sessions_nobody_could_begin(school: Any) -> None:
    held = room(school)
    assert (held.free_now, held.start_for(0)) == (0, None)
