"""Referrals whose clock has run past the school's own target."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from referrals.duties import past_target
from referrals.models import Rules
from referrals.states import State
from tests.factories import ReferralFactory, SchoolFactory, open_weeks

TODAY = dt.date(2027, 3, 3)  # a Wednesday
NOON = dt.datetime.combine(TODAY, dt.time(12), tzinfo=dt.UTC)


@pytest.fixture
def here():
    with time_machine.travel(NOON, tick=False):
        school = SchoolFactory()
        open_weeks(school, TODAY - dt.timedelta(weeks=12), TODAY + dt.timedelta(weeks=2))
        yield school


def sent(school, days, state=State.SUBMITTED, **fields):
    at = NOON - dt.timedelta(days=days)
    return ReferralFactory(school=school, state=state, submitted_at=at, begun_at=at, state_at=at, **fields)


def test_one_within_its_target_does_not_wait(here):
    sent(here, 2)
    assert past_target(here, TODAY) == []


def test_one_past_its_target_waits_with_its_clock_and_its_pupil(here):
    referral = sent(here, 14)
    (due,) = past_target(here, TODAY)
    assert due.pupil == referral.pupil and due.url == referral.get_absolute_url()
    assert referral.pupil.short_name in due.text and "10" in due.text  # school days of two weeks


def test_weekends_and_weeks_without_school_do_not_count(here):
    sent(here, 5)  # Friday: three school days by Wednesday
    assert Rules.of(here).first_look_days == 3
    assert past_target(here, TODAY) == []
    assert len(past_target(here, TODAY + dt.timedelta(days=1))) == 1


def test_the_longest_past_comes_first(here):
    short, long = sent(here, 10), sent(here, 40)
    assert [due.pupil for due in past_target(here, TODAY)] == [long.pupil, short.pupil]


def test_a_stage_has_the_schools_own_target(here):
    sent(here, 14, state=State.AT_PANEL)
    assert past_target(here, TODAY) == []  # a decision has fifteen school days
    rules = Rules.of(here)
    rules.decision_days = 5
    rules.save()
    assert len(past_target(here, TODAY)) == 1


@pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN, State.PLACED])
def test_what_is_not_under_way_does_not_wait(here, state):
    decided = timezone.now() - dt.timedelta(days=40) if state in {State.DECLINED, State.PLACED} else None
    sent(here, 40, state=state, decided_at=decided)
    assert past_target(here, TODAY) == []


def test_another_schools_referral_does_not_wait_here(here):
    sent(SchoolFactory(), 40)
    assert past_target(here, TODAY) == []


def test_it_costs_the_same_for_one_and_for_forty(here, django_assert_num_queries):
    sent(here, 40)
    with django_assert_num_queries(3):
        past_target(here, TODAY)
    for _ in range(39):
        sent(here, 40)
    with django_assert_num_queries(3):
        assert len(past_target(here, TODAY)) == 40
