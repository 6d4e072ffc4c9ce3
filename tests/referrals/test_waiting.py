"""While a pupil waits: support and its nudge, fit, order, the talk, keeping apart, and deferrals that come back."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from iap.errors import Refused
from iap.schools.calendar import Calendar
from referrals.actions import waiting
from referrals.interim import latest_support, nudges
from referrals.models import InterimSupport, KeepApart, Rules
from referrals.states import State
from referrals.tasks import morning
from tests.factories import PupilFactory, ReferralFactory

TODAY = dt.date.today()


@pytest.fixture
def referral(school: Any) -> Any:
    return ReferralFactory(school=school, state=State.WAITING, decided_at=timezone.now())


def calendar(school: Any) -> Calendar:
    return Calendar.of(school, TODAY - dt.timedelta(weeks=12), TODAY + dt.timedelta(weeks=12))


def nudge(referral: Any, day: dt.date) -> str:
    return nudges([referral], latest_support([referral]), calendar(referral.school), day).get(referral.pk, "")


def support(referral: Any, by: Any, review_on: dt.date = TODAY + dt.timedelta(days=90)) -> InterimSupport:
    return waiting.give_interim_support(
        referral, by=by, what="A calm start", who="Mr Ortiz", review_on=review_on
    )


def school_days_on(referral: Any, number: int) -> dt.date:
    days = calendar(referral.school)
    return next(
        day for day in days.open_days() if day > TODAY and days.school_days_between(TODAY, day) == number
    )


def test_without_support_a_nudge_says_so(referral: Any) -> None:
    assert nudge(referral, TODAY) == "No support is noted while they wait."


def test_support_is_looked_at_again_after_ten_school_days(referral: Any, lead: Any) -> None:
    support(referral, lead)
    assert nudge(referral, school_days_on(referral, 9)) == ""
    assert nudge(referral, school_days_on(referral, 10)) == "Support was last looked at 10 school days ago."


def test_support_that_was_looked_at_is_quiet_again(referral: Any, lead: Any) -> None:
    held = support(referral, lead)
    waiting.review_interim_support(held, by=lead, review="Comes in most mornings")
    assert nudge(referral, TODAY) == ""
    with pytest.raises(Refused, match="looked at already"):
        waiting.review_interim_support(held, by=lead, review="Again")


def test_a_day_to_look_again_lies_not_in_the_past(referral: Any, lead: Any) -> None:
    with pytest.raises(Refused, match="today or a later day"):
        support(referral, lead, TODAY - dt.timedelta(days=1))


def test_nobody_waits_on_a_referral_that_has_ended(school: Any, lead: Any) -> None:
    with pytest.raises(Refused, match="nobody waits"):
        support(ReferralFactory(school=school, state=State.DECLINED), lead)


def test_an_order_set_by_hand_needs_a_reason_and_can_be_taken_back(referral: Any, leader: Any) -> None:
    with pytest.raises(Refused, match="Say why"):
        waiting.change_order(referral, by=leader, points=90, reason=" ")
    waiting.change_order(referral, by=leader, points=90, reason="A new risk")
    referral.refresh_from_db()
    assert (referral.override, referral.override_by) == (90, leader)
    waiting.change_order(referral, by=leader, points=None, reason="kept?")
    referral.refresh_from_db()
    assert (referral.override, referral.override_reason, referral.override_by) == (None, "", None)


def test_after_a_talk_the_referral_goes_on_and_stays_counted(school: Any, lead: Any) -> None:
    referral = ReferralFactory(school=school, is_punishment=True, said_punishment=True)
    waiting.talked(referral, by=lead, talk="It is about a calm start", still=False)
    referral.refresh_from_db()
    assert (referral.is_punishment, referral.said_punishment) == (False, True)
    assert (referral.state, referral.talked_by) == (State.SUBMITTED, lead)
    with pytest.raises(Refused, match="nothing left to talk about"):
        waiting.talked(referral, by=lead, talk="Again", still=False)


def test_what_still_is_a_punishment_ends(school: Any, lead: Any) -> None:
    referral = ReferralFactory(school=school, is_punishment=True, said_punishment=True)
    waiting.talked(referral, by=lead, talk="Detention is the school’s own matter", still=True)
    referral.refresh_from_db()
    assert (referral.state, referral.said_punishment) == (State.WITHDRAWN, True)


def test_two_pupils_are_kept_apart_once_whoever_is_named_first(school: Any, lead: Any) -> None:
    one, other = PupilFactory(school=school), PupilFactory(school=school)
    pair = waiting.keep_apart(other, one, by=lead, reason="After the summer")
    with pytest.raises(Refused, match="already"):
        waiting.keep_apart(one, other, by=lead, reason="Again")
    with pytest.raises(Refused, match="two different"):
        waiting.keep_apart(one, one, by=lead, reason="x")
    waiting.end_keep_apart(pair, by=lead)
    assert not KeepApart.objects.exists()


def test_pupils_of_two_schools_are_not_a_pair(school: Any, other_school: Any, lead: Any) -> None:
    with pytest.raises(Refused, match="same school"):
        waiting.keep_apart(
            PupilFactory(school=school), PupilFactory(school=other_school), by=lead, reason="x"
        )


def test_a_deferred_referral_comes_back_on_its_date_and_not_before(school: Any) -> None:
    due = ReferralFactory(school=school, state=State.DEFERRED, deferred_to=TODAY)
    later = ReferralFactory(school=school, state=State.DEFERRED, deferred_to=TODAY + dt.timedelta(days=1))
    morning(school_id=school.pk)
    morning(school_id=school.pk)
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, due.deferred_to, later.state) == (State.SUBMITTED, None, State.DEFERRED)


def test_weights_that_do_not_make_100_are_refused(school: Any, lead: Any) -> None:
    with pytest.raises(Refused, match="make 105 together"):
        waiting.set_rules(school, by=lead, weight_fit=15)
    waiting.set_rules(school, by=lead, weight_fit=15, weight_need=10, decision_days=12)
    assert (Rules.of(school).decision_days, Rules.of(school).weight_fit) == (12, 15)
