"""The lead is told of reduced hours that need somebody: once, and without a name."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from iap.inbox.models import Message
from iap.schools.calendar import monday_of
from iap.schools.models import Closure, Period
from pupils.models import ReducedHours
from timetables.agreements import runs_until
from timetables.tasks import morning, sweep_each_morning

from .test_share import step
from .week import TODAY, placement_at

DAY = dt.timedelta(days=1)
MONDAY = monday_of(TODAY)
WEEK = 7 * DAY


def at(day):
    return time_machine.travel(dt.datetime.combine(day, dt.time(8), dt.UTC), tick=False)


def told(school, day=MONDAY):
    with at(day):
        morning(school_id=school.pk)
    return sorted(Message.objects.filter(school=school).values_list("kind", flat=True))


@pytest.fixture
def placement(school, lead):
    return placement_at(school, starts_on=MONDAY - 4 * WEEK)


def agree(placement, *, review, ends, starts=MONDAY - 3 * WEEK):
    return ReducedHours.objects.create(
        school=placement.school, placement=placement, agreed_by="Ms Mensah", agreed_on=starts,
        reason="medical", starts_on=starts, ends_on=ends, review_on=review,
    )  # fmt: skip


def at_home(placement):
    period = Period.objects.filter(school=placement.school, kind="lesson").first()
    return step(placement, [("", period, "reduced")])


def test_a_review_is_told_when_its_day_is_reached_and_only_once(school, lead, placement):
    agree(placement, review=MONDAY, ends=MONDAY + 5 * WEEK)
    assert told(school, MONDAY - 3 * DAY) == []
    assert told(school) == ["reduced-review"]
    assert told(school) == ["reduced-review"]
    assert told(school, MONDAY + DAY) == ["reduced-review"]
    message = Message.objects.get()
    assert message.to == lead
    assert placement.pupil.family_name not in message.text
    assert placement.pupil.given_name not in message.text
    assert str(placement.pupil.uuid) in message.link


def test_a_review_on_a_closed_day_is_told_on_the_next_school_day(school, placement):
    Closure.objects.create(school=school, day=MONDAY)
    agree(placement, review=MONDAY, ends=MONDAY + 5 * WEEK)
    assert told(school) == []
    assert told(school, MONDAY + DAY) == ["reduced-review"]


def test_an_end_is_told_five_school_days_before_it_and_only_once(school, placement):
    agree(placement, review=MONDAY + WEEK, ends=MONDAY + WEEK)
    assert told(school, MONDAY - 3 * DAY) == []
    assert told(school) == ["reduced-ends"]
    assert told(school, MONDAY + DAY) == ["reduced-ends"]


def test_an_end_that_another_agreement_follows_is_not_told(school, placement):
    agree(placement, review=MONDAY + WEEK, ends=MONDAY + WEEK)
    agree(placement, starts=MONDAY + WEEK + DAY, review=MONDAY + 5 * WEEK, ends=MONDAY + 5 * WEEK)
    assert told(school) == []


def test_a_week_with_reduced_hours_that_nothing_covers_is_told_once_for_each_lapse(school, placement):
    at_home(placement)
    assert told(school) == ["reduced-uncovered"]
    assert told(school, MONDAY + DAY) == ["reduced-uncovered"]
    agree(placement, starts=MONDAY, review=MONDAY + 2 * DAY, ends=MONDAY + 2 * DAY)
    assert "reduced-ends" in told(school, MONDAY + DAY)
    assert told(school, MONDAY + 3 * DAY).count("reduced-uncovered") == 2
    assert told(school, MONDAY + 4 * DAY).count("reduced-uncovered") == 2


def test_while_an_agreement_covers_the_week_nothing_is_told(school, placement):
    at_home(placement)
    agree(placement, review=MONDAY + 4 * WEEK, ends=MONDAY + 5 * WEEK)
    assert told(school) == []


def test_a_place_that_has_ended_is_left_alone(school, placement):
    at_home(placement)
    agree(placement, review=MONDAY - WEEK, ends=MONDAY + DAY)
    placement.ends_on, placement.destination = MONDAY, "moved"
    placement.save()
    assert told(school) == []


def test_only_the_lead_of_that_school_is_told(school, lead, leader, stranger, placement):
    at_home(placement)
    with at(MONDAY):
        sweep_each_morning()
    assert [message.to for message in Message.objects.filter(kind="reduced-uncovered")] == [lead]


def test_it_costs_the_same_however_many_agreements_are_quiet(school, lead, django_assert_num_queries):
    def one():
        place = placement_at(school, starts_on=MONDAY - 4 * WEEK)
        at_home(place)
        agree(place, review=MONDAY + 4 * WEEK, ends=MONDAY + 5 * WEEK)

    one()
    with CaptureQueriesContext(connection) as few:
        told(school)
    for _ in range(6):
        one()
    with django_assert_num_queries(len(few)):
        told(school)


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 8)), max_size=5),
    st.integers(0, 20),
)
def test_how_long_agreements_run_agrees_with_walking_the_days(spans, start):
    dates = [(MONDAY + a * DAY, MONDAY + (a + n) * DAY) for a, n in spans]
    day, last = MONDAY + start * DAY, None
    while any(first <= day <= end for first, end in dates):
        last, day = day, day + DAY
    assert runs_until(dates, MONDAY + start * DAY) == last
