"""The panel: agenda, decisions that are kept with their reasons and made once, minutes that stand."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from iap.errors import Refused
from iap.inbox.models import Message
from iap.tenancy import context
from referrals.actions import panels
from referrals.models import Decision, Meeting, Outcome, Referral
from referrals.states import State
from tests.factories import (
    MembershipFactory,
    ReferralFactory,
    SchoolFactory,
    StaffMemberFactory,
    bell,
    open_weeks,
)
from tests.referrals.test_offers import school_days

TODAY = dt.date.today()
PARTS = [{"name": "Attendance", "points": 20, "of": 20, "why": "48% over 12 weeks"}]


@pytest.fixture
def meeting(school: Any, lead: Any) -> Meeting:
    day = school_days(school)[2]
    return panels.plan_meeting(
        school,
        by=lead,
        day=day,
        starts=dt.time(15, 30),
        room="Library",
        members=[("Dr Denholm", "Headteacher")],
    )


@pytest.fixture
def referral(school: Any, meeting: Meeting, lead: Any) -> Referral:
    referral = ReferralFactory(school=school)
    MembershipFactory(school=school, user=referral.referrer, role="teacher")
    panels.put_on_agenda(meeting, [referral], by=lead)
    referral.refresh_from_db()
    return referral


def decide(referral: Referral, by: Any, outcome: Outcome, **more: Any) -> Decision:
    given: dict[str, Any] = {
        "rationale": "Support was good, the need is still there.",
        "priority": 71,
        "parts": PARTS,
    }
    return panels.decide(referral, by=by, outcome=outcome, **{**given, **more})


def state(referral: Referral) -> str:
    referral.refresh_from_db()
    return referral.state


def test_a_panel_meets_on_a_school_day_and_once_at_a_time(school: Any, lead: Any, meeting: Meeting) -> None:
    saturday = TODAY + dt.timedelta(days=(5 - TODAY.weekday()) % 7)
    with pytest.raises(Refused, match="closed"):
        panels.plan_meeting(school, by=lead, day=saturday, starts=dt.time(15, 30))
    with pytest.raises(Refused, match="already planned"):
        panels.plan_meeting(school, by=lead, day=meeting.day, starts=meeting.starts)


def test_new_referrals_go_on_the_agenda_all_or_none(school: Any, lead: Any, meeting: Meeting) -> None:
    good, punishment = ReferralFactory(school=school), ReferralFactory(school=school, is_punishment=True)
    with pytest.raises(Refused, match="cannot go to panel"), transaction.atomic():
        panels.put_on_agenda(meeting, [good, punishment], by=lead)
    assert state(good) == State.SUBMITTED
    assert panels.put_on_agenda(meeting, [good], by=lead) == 1
    assert state(good) == State.AT_PANEL


def test_taken_off_it_is_new_again(meeting: Meeting, referral: Referral, lead: Any) -> None:
    panels.take_off(meeting, referral, by=lead)
    assert state(referral) == State.SUBMITTED
    assert not meeting.agenda.exists()


LEADS_TO = [
    (Outcome.ACCEPT, {}, State.ACCEPTED, True),
    (Outcome.WAIT, {"model": "reintegration"}, State.WAITING, True),
    (Outcome.DECLINE, {"advice": "A seating plan", "support_by": "Head of year"}, State.DECLINED, True),
    (Outcome.MORE, {"asked_of": "SENCO", "asked_by_day": TODAY}, State.MORE_INFORMATION, False),
    (Outcome.DEFER, {"deferred_to": TODAY + dt.timedelta(days=30)}, State.DEFERRED, False),
]


@pytest.mark.parametrize(("outcome", "more", "after", "ends_the_clock"), LEADS_TO)
def test_each_outcome_leads_where_it_says_and_keeps_its_reasons(
    referral: Referral,
    leader: Any,
    outcome: Outcome,
    more: dict[str, Any],
    after: State,
    ends_the_clock: bool,
) -> None:
    decision = decide(referral, leader, outcome, **more)
    assert state(referral) == after
    assert (referral.decided_at is not None) == ends_the_clock
    assert referral.deferred_to == more.get("deferred_to")
    assert (decision.by, decision.priority, decision.parts) == (leader, 71, PARTS)


@pytest.mark.parametrize(
    ("outcome", "more", "words"),
    [
        (Outcome.ACCEPT, {"rationale": " "}, "Say why"),
        (Outcome.DECLINE, {"advice": "A seating plan"}, "what would help instead"),
        (Outcome.MORE, {"asked_of": "SENCO"}, "who finds out"),
        (Outcome.DEFER, {}, "later day"),
        (Outcome.DEFER, {"deferred_to": TODAY}, "later day"),
    ],
)
def test_what_an_outcome_asks_for_is_asked_for(
    referral: Referral, leader: Any, outcome: Outcome, more: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        decide(referral, leader, outcome, **more)
    assert state(referral) == State.AT_PANEL and not Decision.objects.exists()


def test_what_is_decided_is_not_decided_again(referral: Referral, leader: Any, lead: Any) -> None:
    decide(referral, leader, Outcome.WAIT)
    with pytest.raises(Refused, match="already decided: “waiting for a place”"):
        decide(referral, lead, Outcome.DECLINE, advice="x", support_by="y")
    assert Decision.objects.count() == 1


def test_the_referrer_and_those_who_decide_hear_of_it(referral: Referral, leader: Any, lead: Any) -> None:
    decide(referral, leader, Outcome.WAIT)
    told = Message.objects.filter(kind="decided-waiting")
    assert {message.to for message in told} == {referral.referrer, lead}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "sql", ["UPDATE referrals_decision SET rationale = 'x'", "DELETE FROM referrals_decision"]
)
def test_nobody_edits_a_decision_away(sql: str) -> None:
    with transaction.atomic():
        school = SchoolFactory()
        leader = MembershipFactory(school=school, role="leader").user
        referral = ReferralFactory(school=school, state=State.AT_PANEL)
        decide(referral, leader, Outcome.ACCEPT)
    denied = pytest.raises(DatabaseError, match="permission denied")
    with denied, context.within(school.pk), connection.cursor() as cursor:
        cursor.execute(sql)


def test_minutes_are_kept_and_stand_once_closed(meeting: Meeting, referral: Referral, lead: Any) -> None:
    panels.keep_minutes(meeting, by=lead, text="All were heard.")
    assert panels.close(meeting, by=lead) == 1
    assert state(referral) == State.SUBMITTED
    with pytest.raises(Refused, match="they stand"):
        panels.keep_minutes(meeting, by=lead, text="Other")
    with pytest.raises(Refused, match="they stand"):
        panels.put_on_agenda(meeting, [referral], by=lead)


@pytest.mark.django_db(transaction=True)
def test_two_leaders_who_decide_at_once_make_one_decision() -> None:
    with transaction.atomic():
        school = SchoolFactory()
        bell(school)
        open_weeks(school, TODAY, TODAY + dt.timedelta(weeks=2))
        leaders = [MembershipFactory(school=school, role="leader").user for _ in range(2)]
        referral = ReferralFactory(school=school, state=State.AT_PANEL)
    gate, said = threading.Barrier(2), []

    def one(leader: Any, outcome: Outcome) -> None:
        try:
            with context.within(school.pk), transaction.atomic():
                gate.wait(10)
                decide(referral, leader, outcome)
            said.append("decided")
        except Refused as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=one, args=pair)
        for pair in zip(leaders, (Outcome.ACCEPT, Outcome.WAIT), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert said.count("decided") == 1
    assert any("already decided" in words for words in said)
    with context.within(school.pk):
        assert Decision.objects.count() == 1


def test_a_meeting_is_planned_on_a_page_and_a_wrong_day_loses_nothing(
    client: Any, lead: Any, school: Any
) -> None:
    client.force_login(lead)
    saturday = TODAY + dt.timedelta(days=(5 - TODAY.weekday()) % 7)
    typed = {
        "day": saturday.isoformat(),
        "starts": "15:30",
        "room": "Library",
        "members": "Ms A, SENCO\nMr B",
    }
    wrong = client.post("/referrals/panels/new/", typed)
    assert wrong.status_code == 422 and "Ms A, SENCO" in wrong.content.decode()
    right = client.post("/referrals/panels/new/", {**typed, "day": school_days(school)[1].isoformat()})
    page = client.get(right.url).content.decode()
    assert "Ms A" in page and "SENCO" in page and "Nothing on the agenda yet" in page


def test_from_the_agenda_to_a_decision_on_pages(
    client: Any, leader: Any, school: Any, meeting: Meeting
) -> None:
    referral = ReferralFactory(school=school, pupil__family_name="Stokes")
    client.force_login(leader)
    client.post(reverse("referrals:panel_agenda", args=[meeting.uuid]), {"add": [str(referral.uuid)]})
    assert "Stokes" in client.get(meeting.get_absolute_url()).content.decode()
    address = reverse("referrals:decide", args=[referral.uuid])
    wrong = client.post(address, {"outcome": "declined", "rationale": "Ten lessons in twelve go well."})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert "Ten lessons in twelve go well." in page and "Say who gives the other support." in page
    adult = StaffMemberFactory(school=school)
    right = {"outcome": "waiting", "rationale": "It helps.", "key_adult": adult.uuid, "advice": "left out"}
    assert client.post(address, right).status_code == 302
    decision = Decision.objects.get()
    assert (decision.meeting, decision.key_adult, decision.advice) == (meeting, adult, "")
    assert decision.priority and len(decision.parts) == 6


def test_a_decision_already_made_is_told_politely_on_the_page(
    client: Any, leader: Any, lead: Any, referral: Referral
) -> None:
    decide(referral, lead, Outcome.WAIT)
    client.force_login(leader)
    answer = client.post(
        reverse("referrals:decide", args=[referral.uuid]), {"outcome": "accepted", "rationale": "As well"}
    )
    assert answer.status_code == 422


def test_a_panel_costs_the_same_with_one_and_with_twelve(
    client: Any, lead: Any, school: Any, meeting: Meeting, django_assert_num_queries: Any
) -> None:
    from django.test.utils import CaptureQueriesContext

    client.force_login(lead)
    counts = []
    for number in (1, 11):
        panels.put_on_agenda(meeting, ReferralFactory.create_batch(number, school=school), by=lead)
        client.get(meeting.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            client.get(meeting.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_agenda_counts_school_days_from_sending_to_the_decision(
    client: Any, lead: Any, school: Any, meeting: Meeting
) -> None:
    referral = ReferralFactory(school=school, submitted_at=timezone.now() - dt.timedelta(weeks=4))
    panels.put_on_agenda(meeting, [referral], by=lead)
    decide(referral, lead, Outcome.WAIT, meeting=meeting, now=timezone.now() - dt.timedelta(weeks=2))
    client.force_login(lead)
    assert "10 school days" in client.get(meeting.get_absolute_url()).content.decode()


def test_a_senco_reads_a_panel_and_changes_nothing(
    client: Any, senco: Any, meeting: Meeting, referral: Referral
) -> None:
    client.force_login(senco)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Close the panel" not in page and "Take off" not in page
    client.post(meeting.get_absolute_url(), {"day": TODAY.isoformat(), "starts": "09:00", "members": "X"})
    meeting.refresh_from_db()
    assert meeting.starts == dt.time(15, 30)


def test_the_family_has_been_told(client: Any, lead: Any, referral: Referral) -> None:
    decide(referral, lead, Outcome.WAIT)
    client.force_login(lead)
    client.post(reverse("referrals:family_told", args=[referral.uuid]))
    referral.refresh_from_db()
    assert referral.family_told_on == timezone.localdate()


def test_more_is_asked_of_a_new_referral_and_comes_back_answered(
    client: Any, lead: Any, teacher: Any, school: Any
) -> None:
    referral = ReferralFactory(school=school, referrer=teacher)
    client.force_login(lead)
    assert "Ask for more information" in client.get(referral.get_absolute_url()).content.decode()
    asked = {
        "outcome": "more-information",
        "rationale": "How is reading seen at home?",
        "asked_of": "Ms Hargreaves",
        "asked_by_day": (TODAY + dt.timedelta(days=7)).isoformat(),
    }
    assert client.post(reverse("referrals:decide", args=[referral.uuid]), asked).status_code == 302
    assert state(referral) == State.MORE_INFORMATION
    client.force_login(teacher)
    page = client.get(reverse("referrals:mine_one", args=[referral.uuid])).content.decode()
    assert "How is reading seen at home?" in page and "Add what is asked" in page


def test_a_new_referral_is_not_accepted_without_a_panel(client: Any, lead: Any, school: Any) -> None:
    referral = ReferralFactory(school=school)
    client.force_login(lead)
    answer = client.post(
        reverse("referrals:decide", args=[referral.uuid]), {"outcome": "accepted", "rationale": "Quickly"}
    )
    assert answer.status_code == 422 and state(referral) == State.SUBMITTED
    with pytest.raises(Refused, match="already “submitted”"):
        decide(referral, lead, Outcome.ACCEPT)
