"""The priority: parts that say why, the same for the same, and never lower for having waited longer."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from iap.schools.calendar import Calendar
from pupils.attendance import Rate
from referrals.evidence import evidence_of
from referrals.models import Effect, Fit, Risk, Rules, Strategy
from referrals.priority import Inputs, in_order, priorities, priority_of, score
from tests.factories import ReferralFactory, UserFactory

RULES = Rules()
PLAIN = Inputs()
RATES = st.integers(0, 200).flatmap(
    lambda possible: st.integers(0, possible).map(lambda n: Rate(n, possible))
)
INPUTS = st.builds(
    Inputs,
    suspensions=st.integers(0, 9),
    half_days_suspended=st.integers(0, 40),
    exclusion_risk=st.sampled_from(Risk.values),
    attendance=RATES,
    plan=st.booleans(),
    sen_support=st.booleans(),
    in_care=st.booleans(),
    social_worker=st.booleans(),
    effects=st.lists(st.sampled_from(Effect.values), max_size=6).map(tuple),
    days=st.integers(0, 300),
    fit=st.sampled_from(Fit.values),
)


def part(inputs: Inputs, name: str) -> Any:
    return next(each for each in score(inputs, RULES) if each.name == name)


CHANGES = [
    ("Risk of exclusion", {"suspensions": 2}, "2 suspensions this year"),
    ("Risk of exclusion", {"half_days_suspended": 12}, "12 half-days"),
    ("Risk of exclusion", {"exclusion_risk": Risk.HIGH}, "permanent exclusion is likely"),
    ("Attendance", {"attendance": Rate(40, 100)}, "severe absence"),
    ("Attendance", {"attendance": Rate(65, 100)}, "three in ten"),
    ("Attendance", {"attendance": Rate(85, 100)}, "persistent absence"),
    ("Care or EHCP", {"plan": True}, "EHC plan"),
    ("Care or EHCP", {"sen_support": True}, "SEN support"),
    ("Care or EHCP", {"in_care": True}, "In care"),
    ("Care or EHCP", {"social_worker": True}, "Social worker"),
    ("Need and support tried", {"effects": ("none", "some")}, "2 strategies tried, 2 without enough change"),
    ("Time waiting", {"days": 20}, "20 school days since it was sent"),
    ("Fit with a group", {"fit": Fit.GOOD}, "Fits a group with room"),
]


@pytest.mark.parametrize(("name", "change", "words"), CHANGES)
def test_a_changed_input_changes_its_part_and_its_words_and_no_other(
    name: str, change: dict[str, Any], words: str
) -> None:
    before, after = score(PLAIN, RULES), score(replace(PLAIN, **change), RULES)
    changed = [new.name for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [name]
    assert part(replace(PLAIN, **change), name).points > part(PLAIN, name).points
    assert words in part(replace(PLAIN, **change), name).why


def test_severe_absence_begins_at_half_and_persistent_at_a_tenth() -> None:
    points = [part(replace(PLAIN, attendance=Rate(n, 100)), "Attendance").points for n in (91, 90, 51, 50)]
    assert points == [0, 7, 13, 20]


def test_attendance_that_is_not_known_counts_nothing_and_says_so() -> None:
    assert (part(PLAIN, "Attendance").points, part(PLAIN, "Attendance").why) == (0, "No marks yet")


@given(INPUTS)
def test_the_parts_stay_within_their_weights_and_the_weights_make_100(inputs: Inputs) -> None:
    parts = score(inputs, RULES)
    assert all(0 <= each.points <= each.of and each.why for each in parts)
    assert sum(each.of for each in parts) == 100


@given(INPUTS)
def test_the_same_inputs_give_the_same_number(inputs: Inputs) -> None:
    assert score(inputs, RULES) == score(replace(inputs), RULES)


@given(INPUTS, st.integers(1, 100), st.integers(1, 60), st.integers(1, 60))
def test_more_days_never_move_a_referral_down(inputs: Inputs, more: int, decision: int, waiting: int) -> None:
    rules = Rules(decision_days=decision, waiting_days=waiting)
    now, later = (
        sum(each.points for each in score(i, rules))
        for i in (inputs, replace(inputs, days=inputs.days + more))
    )
    assert later >= now


def test_two_with_the_same_number_go_by_the_date_they_were_sent(school: Any) -> None:
    older = ReferralFactory(school=school, submitted_at=timezone.now() - dt.timedelta(hours=2))
    newer = ReferralFactory(school=school)
    found = _priorities(school)
    assert found[older.pk].points == found[newer.pk].points
    assert [each.pk for each in in_order([newer, older], found)] == [older.pk, newer.pk]


def test_what_a_leader_has_set_orders_and_is_shown_as_such(school: Any, leader: Any) -> None:
    set_by_hand = ReferralFactory(
        school=school, override=90, override_reason="A new risk", override_by=leader
    )
    other = ReferralFactory(school=school, pupil__in_care=True)
    found = _priorities(school)
    assert [each.pk for each in in_order([other, set_by_hand], found)] == [set_by_hand.pk, other.pk]
    priority = found[set_by_hand.pk]
    assert (priority.points, priority.counted != 90) == (90, True)
    assert priority.override_words == f"Set to 90 by {leader}: A new risk"


def test_one_referral_read_alone_has_the_number_it_has_in_the_queue(school: Any) -> None:
    referral = ReferralFactory(school=school, pupil__sen_stage="E", exclusion_risk="rising")
    Strategy.objects.create(school=school, referral=referral, what="A quiet start", effect="none")
    assert priority_of(referral, timezone.localdate()) == _priorities(school)[referral.pk]


def test_the_number_is_made_of_what_is_stored(school: Any) -> None:
    referral = ReferralFactory(school=school, referrer=UserFactory(), pupil__social_worker=True, fit="good")
    Strategy.objects.create(school=school, referral=referral, what="A quiet start", effect="none")
    words = " ".join(each.why for each in priority_of(referral, timezone.localdate()).parts)
    assert "Social worker" in words and "1 strategy tried" in words and "Fits a group" in words


def _priorities(school: Any) -> Any:
    from referrals.models import Referral

    day = timezone.localdate()
    listed = list(Referral.objects.at([school]).with_effects().select_related("pupil", "override_by"))
    calendar = Calendar.of(school, day - dt.timedelta(days=200), day)
    evidence = evidence_of(school, [each.pupil for each in listed], day)
    return priorities(listed, day, rules=Rules.of(school), calendar=calendar, evidence=evidence)
