"""What waits in the provision's week and in the lessons that pupils have come back to."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iap.inbox import duties as registry
from iap.schools.models import Period
from pupils.models import ReducedHours
from tests.factories import (
    HybridStepFactory,
    SchoolFactory,
    StaffMemberFactory,
    UserFactory,
    bell,
    open_weeks,
)
from timetables import duties
from timetables.models import (
    AgreedChange,
    ChangeState,
    ClassReturn,
    Cover,
    LessonFeedback,
    MainstreamClass,
    Place,
    SessionStaff,
    StepPlace,
)

from .week import lesson_of, placement_at, session_in

WEDNESDAY = dt.date(2027, 3, 3)
MONDAY = WEDNESDAY - dt.timedelta(days=2)
NOON = dt.datetime.combine(WEDNESDAY, dt.time(12), tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def school() -> Any:
    school = SchoolFactory(cycle_weeks=1)
    bell(school)
    open_weeks(school, WEDNESDAY - dt.timedelta(weeks=10), WEDNESDAY + dt.timedelta(weeks=10))
    return school


def period_on(school: Any, weekday: int, name: str = "1") -> Period:
    return Period.objects.get(school=school, weekday=weekday, name=name)


def placed(school: Any, period: Period, place: str = Place.MAINSTREAM, session: Any = None) -> Any:
    """A pupil whose week has this place in the period since three weeks."""
    placement = placement_at(school, starts_on=WEDNESDAY - dt.timedelta(weeks=3))
    step = HybridStepFactory(school=school, placement=placement)
    StepPlace.objects.create(
        school=school, step=step, period=period, place=place, session=session,
        provider="Farm" if place == Place.OFFSITE else "",
    )  # fmt: skip
    return placement


def staff(session: Any, *, qualified: bool) -> Any:
    return SessionStaff.objects.create(
        school=session.school, session=session, adult=StaffMemberFactory(school=session.school, qualified=qualified),
        role="qt" if qualified else "support", week=session.week, period=session.period, valid_from=session.valid_from,
    )  # fmt: skip


def test_a_session_with_pupils_and_one_adult_is_to_be_covered(school):
    session = session_in(school, week="", period=period_on(school, 4))
    placed(school, session.period, Place.SESSION, session)
    row = staff(session, qualified=True)
    assert [due.text for due in duties.uncovered(school, WEDNESDAY)] == [
        "Maths, Thursday 4 March, period 1: one adult"
    ]
    staff(session, qualified=False)
    assert duties.uncovered(school, WEDNESDAY) == []
    Cover.objects.create(
        school=school,
        session=session,
        day=dt.date(2027, 3, 4),
        adult=row.adult,
        role="qt",
        week="",
        period=row.period,
    )
    assert "no teacher" in duties.uncovered(school, WEDNESDAY)[0].text


def test_a_session_without_pupils_needs_nobody(school):
    session_in(school, week="", period=period_on(school, 4))
    assert duties.uncovered(school, WEDNESDAY) == []


def test_a_visit_nobody_has_spoken_of_is_told_by_pupil_and_class(school):
    period = period_on(school, 1)
    pupil = placed(school, period).pupil
    lesson = lesson_of(school, pupil, period)
    (due,) = duties.unrated(school, WEDNESDAY)
    assert "8x/En1: 1 visit without a word" in due.text and due.on == MONDAY and due.pupil == pupil
    LessonFeedback.objects.create(
        school=school, pupil=pupil, lesson=lesson, day=MONDAY, outcome="well", entry=uuid.uuid4(),
        at=timezone.now(), by=UserFactory(),
    )  # fmt: skip
    assert duties.unrated(school, WEDNESDAY) == []


def test_a_lesson_the_pupil_did_not_have_yet_is_no_visit(school):
    period = period_on(school, 1)
    pupil = placed(school, period).pupil
    lesson_of(school, pupil, period, valid_from=WEDNESDAY)
    assert duties.unrated(school, WEDNESDAY) == []


def test_a_change_past_its_date_waits_until_it_is_in_place(school):
    placement = placed(school, period_on(school, 1))
    group = MainstreamClass.objects.create(school=school, name="8x/En1")
    agreed = ClassReturn.objects.create(
        school=school,
        pupil=placement.pupil,
        mainstream_class=group,
        saved_at=timezone.now(),
        saved_by=UserFactory(),
    )
    change = AgreedChange.objects.create(
        school=school, class_return=agreed, what="A seat by the door", owner=StaffMemberFactory(school=school),
        due_on=MONDAY, state_on=MONDAY, state_by=UserFactory(),
    )  # fmt: skip
    assert duties.late_changes(school, MONDAY) == []
    assert "A seat by the door" in duties.late_changes(school, WEDNESDAY)[0].text
    AgreedChange.objects.filter(pk=change.pk).update(state=ChangeState.IN_PLACE)
    assert duties.late_changes(school, WEDNESDAY) == []


def test_reduced_hours_and_off_site_checks_are_told_with_the_pupil(school):
    placement = placed(school, period_on(school, 1), Place.OFFSITE)
    ReducedHours.objects.create(
        school=school, placement=placement, agreed_by="Ms Mensah", agreed_on=MONDAY, reason="medical",
        starts_on=MONDAY, ends_on=WEDNESDAY + dt.timedelta(days=2), review_on=MONDAY,
    )  # fmt: skip
    name = placement.pupil.short_name
    assert all(due.text.startswith(name) for due in duties.reduced_hours(school, WEDNESDAY))
    assert len(duties.reduced_hours(school, WEDNESDAY)) == 2
    assert duties.offsite_checks(school, WEDNESDAY)[0].text == f"{name} at Farm: checks to make"


@pytest.mark.parametrize(
    "find",
    [duties.uncovered, duties.unrated, duties.reduced_hours, duties.offsite_checks, duties.late_changes],
)
def test_a_duty_costs_the_same_however_much_waits(school, find):
    def fill(number: int) -> None:
        for _ in range(number):
            period = period_on(school, 1)
            session = session_in(school, week="", period=period_on(school, 4))
            placed(school, session.period, Place.SESSION, session)
            placed(school, period, Place.OFFSITE)
            lesson_of(school, placed(school, period).pupil, period)

    fill(1)
    with CaptureQueriesContext(connection) as few:
        find(school, WEDNESDAY)
    fill(6)
    with CaptureQueriesContext(connection) as many:
        find(school, WEDNESDAY)
    assert len(many) <= len(few)


def test_leaders_and_leads_see_to_them():
    names = {duty.name for duty in registry.of({"leader"})}
    assert {"sessions-uncovered", "feedback-missing", "changes-late", "referrals-late"} <= names
    assert not names & {duty.name for duty in registry.of({"data"})}
