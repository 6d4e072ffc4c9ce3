"""The weeks ahead: who is planned in each session, how many places, which adults; against counting by hand."""

import datetime as dt
import random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Closure, CycleWeek, Period
from tests.factories import (
    HybridStepFactory,
    PlacementFactory,
    SchoolFactory,
    StaffMemberFactory,
    bell,
    open_weeks,
)
from timetables.measures.forecast import weeks_ahead
from timetables.models import Cover, IapSession, Place, SessionStaff, StepPlace

from .week import LONG_AGO, TODAY, session_in

MONDAY = monday_of(TODAY) + dt.timedelta(weeks=1)
LAST = MONDAY + dt.timedelta(weeks=6)


def fill(school: Any, chance: random.Random, pupils: int = 6) -> None:
    """Sessions, adults, cover, and pupils whose steps follow one another, at random."""
    staff = [StaffMemberFactory(school=school, qualified=chance.random() < 0.5) for _ in range(12)]
    sessions = [
        session_in(school, week=chance.choice("AB"), number=n, places=chance.choice([None, 2]))
        for n in range(12)
    ]
    for session, adult in zip(sessions, staff, strict=True):
        SessionStaff.objects.create(
            school=school, session=session, adult=adult, role="support", week=session.week,
            period=session.period, valid_from=LONG_AGO,
            valid_to=MONDAY + dt.timedelta(weeks=chance.choice([1, 3])) if chance.random() < 0.3 else None,
        )  # fmt: skip
    for _ in range(pupils):
        ends = MONDAY + dt.timedelta(days=chance.randrange(5, 40)) if chance.random() < 0.3 else None
        destination = "full-return" if ends else ""
        placement = PlacementFactory(school=school, starts_on=LONG_AGO, ends_on=ends, destination=destination)
        turn = MONDAY + dt.timedelta(days=chance.randrange(-10, 30))
        for starts, until in ((LONG_AGO, turn), (turn, None)):
            step = HybridStepFactory(school=school, placement=placement, starts_on=starts, ends_on=until)
            for session in chance.sample(sessions, 4):
                StepPlace.objects.create(
                    school=school, step=step, week=session.week, period=session.period,
                    place=Place.SESSION, session=session,
                )  # fmt: skip
    for _ in range(4):
        session = chance.choice(sessions)
        held = SessionStaff.objects.filter(session=session).first()
        day = _a_day_of(school, session)
        if held and not Cover.objects.filter(session=session, day=day).exists():
            Cover.objects.create(
                school=school, session=session, day=day, adult=held.adult, role="support",
                covered_by=chance.choice([None, StaffMemberFactory(school=school)]),
                week=session.week, period=session.period,
            )  # fmt: skip
    Closure.objects.create(school=school, day=MONDAY + dt.timedelta(days=8))


def _a_day_of(school: Any, session: Any) -> dt.date:
    monday = CycleWeek.objects.filter(school=school, monday__gte=MONDAY, label=session.week).first().monday
    return monday + dt.timedelta(days=session.period.weekday - 1)


def by_hand(school: Any, session: Any, day: dt.date) -> tuple[set[int], set[int]]:
    """Pupils and adults of one occurrence, row by row."""
    pupils = set()
    for row in StepPlace.objects.filter(school=school, session=session).select_related("step__placement"):
        step, placement = row.step, row.step.placement
        begun = step.starts_on <= day and placement.starts_on <= day
        over = (step.ends_on and step.ends_on <= day) or (placement.ends_on and placement.ends_on <= day)
        if begun and not over:
            pupils.add(step.pupil_id)
    adults = {row.adult_id for row in SessionStaff.objects.filter(session=session) if row.is_valid_on(day)}
    for change in Cover.objects.filter(session=session, day=day):
        adults.discard(change.adult_id)
        if change.covered_by_id:
            adults.add(change.covered_by_id)
    return pupils, adults


@pytest.mark.parametrize("seed", range(6))
def test_the_forecast_agrees_with_counting_by_hand(school: Any, seed: int) -> None:
    fill(school, random.Random(seed))
    calendar = Calendar.of(school, MONDAY, LAST)
    seen = 0
    for week in weeks_ahead(school, MONDAY, LAST):
        for each in week.occurrences:
            seen += 1
            assert calendar.is_open(each.day)
            assert each.day.isoweekday() == each.session.period.weekday
            assert each.session.week in ("", calendar.week_label(each.day))
            adults = {adult.id for adult in each.staffing.adults}
            assert (set(each.planned), adults) == by_hand(school, each.session, each.day)
            assert each.places == (each.session.places or 9)
    days = [day for day in calendar.open_days() if MONDAY <= day <= LAST]
    slots = [(session.week, session.period.weekday) for session in IapSession.objects.filter(school=school)]
    assert seen == sum(
        weekday == day.isoweekday() and week in ("", calendar.week_label(day))
        for day in days
        for week, weekday in slots
    )


def test_a_closed_day_and_a_holiday_have_no_occurrence(school: Any) -> None:
    period = Period.objects.filter(school=school, kind="lesson").in_order()[0]
    session_in(school, week="A", number=0)
    session_in(school, week="B", number=0)
    CycleWeek.objects.filter(school=school, monday=MONDAY).delete()
    Closure.objects.create(school=school, day=MONDAY + dt.timedelta(weeks=1))
    days = {each.day for week in weeks_ahead(school, MONDAY, LAST) for each in week.occurrences}
    assert MONDAY not in days and MONDAY + dt.timedelta(weeks=1) not in days
    assert MONDAY + dt.timedelta(weeks=2) in days and period.weekday == 1


def test_the_cost_does_not_grow_with_pupils_or_with_other_schools(school: Any) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            weeks_ahead(school, MONDAY, LAST)
        return len(asked)

    fill(school, random.Random(1), pupils=2)
    before = cost()
    fill_other = SchoolFactory()
    bell(fill_other)
    open_weeks(fill_other, MONDAY - dt.timedelta(weeks=2), LAST)
    fill(fill_other, random.Random(2), pupils=10)
    for _ in range(10):
        PlacementFactory(school=school)
    assert cost() == before <= 5
