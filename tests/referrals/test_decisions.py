"""Around a decision: what goes on afterwards, on which agenda it stands, and who comes second."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from iap.errors import Refused
from referrals.actions import panels
from referrals.actions.moves import locked, move
from referrals.models import Decision, Meeting, Outcome, Referral
from referrals.states import State
from tests.factories import ReferralFactory
from tests.referrals.test_offers import school_days

TODAY = dt.date.today()
SAID = "Ten lessons in twelve go well."


@pytest.fixture
def meeting(school: Any, lead: Any) -> Meeting:
    return plan(school, lead, 2)


@pytest.fixture
def referral(school: Any, meeting: Meeting, lead: Any) -> Referral:
    referral = ReferralFactory(school=school)
    panels.put_on_agenda(meeting, [referral], by=lead)
    return referral


def plan(school: Any, by: Any, days: int) -> Meeting:
    return panels.plan_meeting(school, by=by, day=school_days(school)[days], starts=dt.time(15, 30))


def decide(referral: Referral, by: Any, outcome: Outcome, **more: Any) -> Decision:
    return panels.decide(referral, by=by, outcome=outcome, rationale=SAID, priority=50, parts=[], **more)


def ask_for_more(referral: Referral, by: Any, **more: Any) -> None:
    decide(referral, by, Outcome.MORE, asked_of="SENCO", asked_by_day=TODAY, **more)


def answer(referral: Referral) -> None:
    move(locked(referral), State.SUBMITTED, by=None)


def state(referral: Referral) -> str:
    referral.refresh_from_db()
    return referral.state


def test_what_is_decided_anew_is_told_the_family_anew(school: Any, referral: Referral, lead: Any) -> None:
    decide(referral, lead, Outcome.DEFER, deferred_to=TODAY + dt.timedelta(days=30))
    panels.family_told(referral, by=lead, day=TODAY)
    answer(referral)
    panels.put_on_agenda(plan(school, lead, 5), [referral], by=lead)
    decide(referral, lead, Outcome.WAIT)
    referral.refresh_from_db()
    assert referral.family_told_on is None


def test_a_family_is_told_of_a_decision_and_the_first_day_stays(referral: Referral, lead: Any) -> None:
    with pytest.raises(Refused, match="Nothing is decided yet"):
        panels.family_told(referral, by=lead, day=TODAY)
    decide(referral, lead, Outcome.WAIT)
    panels.family_told(referral, by=lead, day=TODAY - dt.timedelta(days=1))
    panels.family_told(referral, by=lead, day=TODAY)
    referral.refresh_from_db()
    assert referral.family_told_on == TODAY - dt.timedelta(days=1)


def test_closing_a_panel_leaves_alone_what_the_next_one_has_before_it(
    school: Any, meeting: Meeting, referral: Referral, lead: Any
) -> None:
    ask_for_more(referral, lead, meeting=meeting)
    answer(referral)
    panels.put_on_agenda(plan(school, lead, 5), [referral], by=lead)
    assert panels.close(meeting, by=lead) == 0
    assert state(referral) == State.AT_PANEL


def test_only_what_is_on_an_agenda_is_taken_off_it(
    school: Any, meeting: Meeting, referral: Referral, lead: Any
) -> None:
    with pytest.raises(Refused, match="not on the agenda"):
        panels.take_off(plan(school, lead, 5), referral, by=lead)
    assert state(referral) == State.AT_PANEL
    assert meeting.agenda.count() == 1


def test_answered_on_the_day_it_is_before_the_same_panel_again(
    client: Any, meeting: Meeting, referral: Referral, lead: Any
) -> None:
    ask_for_more(referral, lead, meeting=meeting)
    answer(referral)
    panels.put_on_agenda(meeting, [referral], by=lead)
    client.force_login(lead)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "1 to decide" in page and "Take off" in page
    decide(referral, lead, Outcome.WAIT, meeting=meeting)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Accept to the waiting list" in page and "Ask for more information" not in page


def test_who_comes_second_is_told_what_was_decided_and_keeps_what_they_typed(
    client: Any, leader: Any, lead: Any, referral: Referral
) -> None:
    decide(referral, lead, Outcome.WAIT)
    client.force_login(leader)
    answer = client.post(
        reverse("referrals:decide", args=[referral.uuid]), {"outcome": "accepted", "rationale": "As well."}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This is already decided: “waiting for a place”. Nothing was changed." in page
    assert "As well." in page and "available choices" not in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"outcome": "more-information", "asked_of": "SENCO", "asked_by_day": "2020-01-06"},
            "Choose today or a later day.",
        ),
        (
            {"outcome": "waiting", "starts_on": "2030-02-04", "first_review_on": "2030-02-01"},
            "Choose a day after the start.",
        ),
    ],
)
def test_days_that_cannot_be_meant_come_back(
    client: Any, lead: Any, referral: Referral, given: dict[str, str], words: str
) -> None:
    client.force_login(lead)
    answer = client.post(reverse("referrals:decide", args=[referral.uuid]), {"rationale": SAID, **given})
    assert answer.status_code == 422
    assert words in answer.content.decode() and SAID in answer.content.decode()


def test_told_twice_on_the_page_is_told_once(client: Any, lead: Any, referral: Referral) -> None:
    address = reverse("referrals:family_told", args=[referral.uuid])
    client.force_login(lead)
    page = client.post(address, follow=True).content.decode()
    assert "Nothing is decided yet" in page
    decide(referral, lead, Outcome.WAIT)
    for _ in range(2):
        assert client.post(address).status_code == 302
    referral.refresh_from_db()
    assert referral.family_told_on == timezone.localdate()


def test_only_the_newest_decision_is_shown_as_told(client: Any, lead: Any, referral: Referral) -> None:
    ask_for_more(referral, lead, tells_family="Mr Hale")
    answer(referral)
    panels.put_on_agenda(plan(referral.school, lead, 5), [referral], by=lead)
    decide(referral, lead, Outcome.WAIT, tells_family="Ms Okafor")
    panels.family_told(referral, by=lead, day=TODAY)
    client.force_login(lead)
    page = client.get(referral.get_absolute_url()).content.decode()
    assert "Mr Hale tells the family" in page and page.count("; told on") == 1


def test_it_stands_where_it_was_put_last(
    school: Any, meeting: Meeting, referral: Referral, lead: Any
) -> None:
    other = plan(school, lead, 5)
    for held in (other, meeting):
        ask_for_more(referral, lead, meeting=held)
        answer(referral)
        panels.put_on_agenda(held, [referral], by=lead)
    with pytest.raises(Refused, match="not on the agenda"):
        panels.take_off(other, referral, by=lead)
    assert list(meeting.agenda.to_decide().values_list("referral", flat=True)) == [referral.pk]
