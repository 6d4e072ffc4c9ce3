"""Sending: what is missing is named, teachers are asked, a punishment is talked about first."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from iap.errors import Refused
from iap.inbox.models import Message
from referrals.actions import answers, drafts
from referrals.models import Referral, Strategy, TeacherView
from referrals.states import State
from tests.factories import MembershipFactory, PupilFactory, ReferralFactory, StaffMemberFactory
from tests.timetables.week import lesson_of, slots


@pytest.fixture
def pupil(school: Any) -> Any:
    return PupilFactory(school=school)


@pytest.fixture
def english(school: Any, pupil: Any) -> Any:
    """The pupil's English teacher, who has an account."""
    user = MembershipFactory(school=school, role="teacher").user
    staff = StaffMemberFactory(school=school, user=user, linked_by=user)
    lesson_of(school, pupil, slots(school)[0][1], teacher=staff)
    return staff


@pytest.fixture
def draft(pupil: Any, teacher: Any, leader: Any) -> Referral:
    """Everything that must be there."""
    referral = drafts.start(pupil, by=teacher)
    fields = {
        "happening": "Leaves after ten minutes",
        "goes_well": "Textiles",
        "reasons": ["absence"],
        "pupil_words": "It is loud",
        "family_informed_on": timezone.localdate(),
        "family_agrees": "yes",
        "outcomes": "A calm start",
        "supported_by": leader,
        "is_punishment": False,
    }
    tried = [{"what": "A seat by the door", "effect": "some"}]
    return drafts.save_section(referral, by=teacher, fields=fields, strategies=tried)


def test_all_that_is_missing_is_named_at_once(pupil: Any, teacher: Any, client: Any) -> None:
    referral = drafts.start(pupil, by=teacher)
    with pytest.raises(Refused) as refusal:
        drafts.submit(referral, by=teacher)
    for words in ("what is happening", "own words", "was tried", "senior leader", "punishment", "was told"):
        assert words in str(refusal.value)
    client.force_login(teacher)
    page = client.post(reverse("referrals:send", args=[referral.uuid]))
    assert page.status_code == 422 and "10 things to add" in page.content.decode()


def test_sent_it_has_the_next_number_and_a_time(draft: Referral, teacher: Any, school: Any) -> None:
    ReferralFactory(school=school, number=30)
    sent = drafts.submit(draft, by=teacher)
    assert (sent.state, sent.number) == (State.SUBMITTED, 31)
    assert sent.submitted_at is not None


def test_each_current_teacher_is_asked_once(draft: Referral, teacher: Any, english: Any) -> None:
    drafts.submit(draft, by=teacher)
    view = TeacherView.objects.get()
    assert (view.teacher, view.classes) == (english, "English, 8x/En1")
    told = Message.objects.get(to=english.user)
    assert told.link == reverse("referrals:asked", args=[view.uuid])
    assert draft.pupil.family_name not in told.text


def test_the_lead_and_leaders_are_told_without_a_name(
    draft: Referral, teacher: Any, lead: Any, leader: Any
) -> None:
    drafts.submit(draft, by=teacher)
    told = Message.objects.filter(kind="submitted")
    assert {message.to for message in told} == {lead, leader}
    assert all(draft.pupil.family_name not in message.text for message in told)


def test_a_punishment_is_sent_and_counted_and_said(draft: Referral, teacher: Any, lead: Any) -> None:
    drafts.save_section(draft, by=teacher, fields={"is_punishment": True})
    sent = drafts.submit(draft, by=teacher)
    assert (sent.state, sent.said_punishment, sent.is_to_talk_about) == (State.SUBMITTED, True, True)
    assert "talk first" in Message.objects.get(to=lead).text


def test_a_pupil_who_left_meanwhile_is_not_sent_and_nothing_is_lost(draft: Referral, teacher: Any) -> None:
    draft.pupil.left_on = timezone.localdate()
    draft.pupil.save(update_fields=["left_on"])
    with pytest.raises(Refused, match="has left the school since you began"):
        drafts.submit(draft, by=teacher)
    assert Referral.objects.get(pk=draft.pk).happening == "Leaves after ten minutes"


def test_more_information_is_written_by_the_referrer_and_sent_again(draft: Referral, teacher: Any) -> None:
    sent = drafts.submit(draft, by=teacher)
    number, since = sent.number, sent.submitted_at
    Referral.objects.filter(pk=sent.pk).update(state=State.MORE_INFORMATION)
    drafts.save_section(sent, by=teacher, fields={"needs": "Finds noise hard"})
    again = drafts.submit(sent, by=teacher)
    assert (again.state, again.number, again.submitted_at) == (State.SUBMITTED, number, since)


def test_the_referrer_reads_what_was_decided_for_them_and_no_evidence(
    draft: Referral, teacher: Any, client: Any
) -> None:
    drafts.submit(draft, by=teacher)
    client.force_login(teacher)
    page = client.get(reverse("referrals:mine_one", args=[draft.uuid])).content.decode()
    assert "Leaves after ten minutes" in page and "Submitted" in page
    assert "uspension" not in page and "Priority" not in page


def test_a_referrer_withdraws_with_a_reason(draft: Referral, teacher: Any, client: Any) -> None:
    drafts.submit(draft, by=teacher)
    client.force_login(teacher)
    client.post(reverse("referrals:withdraw", args=[draft.uuid]), {"reason": ""})
    assert Referral.objects.get(pk=draft.pk).state == State.SUBMITTED
    client.post(reverse("referrals:withdraw", args=[draft.uuid]), {"reason": "The family has moved"})
    assert Referral.objects.get(pk=draft.pk).state == State.WITHDRAWN


def test_the_lead_withdraws_what_is_sent_and_never_a_draft(
    draft: Referral, teacher: Any, lead: Any, client: Any
) -> None:
    client.force_login(lead)
    address = reverse("referrals:withdraw", args=[draft.uuid])
    assert client.post(address, {"reason": "x"}).status_code == 404
    drafts.submit(draft, by=teacher)
    assert client.post(address, {"reason": "The referrer has left"}).status_code == 302
    assert Referral.objects.get(pk=draft.pk).state == State.WITHDRAWN


def test_an_uninvolved_teacher_sees_nothing_of_it(
    draft: Referral, teacher: Any, school: Any, client: Any
) -> None:
    drafts.submit(draft, by=teacher)
    client.force_login(MembershipFactory(school=school, role="teacher").user)
    assert client.get(reverse("referrals:mine_one", args=[draft.uuid])).status_code == 404
    assert client.get(reverse("referrals:detail", args=[draft.uuid])).status_code == 403
    assert draft.pupil.family_name not in client.get("/referrals/mine/").content.decode()


@pytest.fixture
def asked(draft: Referral, teacher: Any, english: Any) -> TeacherView:
    drafts.submit(draft, by=teacher)
    return TeacherView.objects.get()


def test_a_teacher_answers_in_a_minute_and_may_change_it(
    asked: TeacherView, english: Any, client: Any
) -> None:
    client.force_login(english.user)
    assert "You are asked" in client.get("/referrals/mine/").content.decode()
    address = reverse("referrals:asked", args=[asked.uuid])
    assert (
        client.post(address, {"going": "2", "works": "A seat by the door", "back_first": "on"}).status_code
        == 302
    )
    asked.refresh_from_db()
    assert (asked.going, asked.works, asked.back_first) == (2, "A seat by the door", True)
    client.post(address, {"going": "1"})
    asked.refresh_from_db()
    assert (asked.going, asked.back_first) == (1, False)


def test_an_answer_without_how_it_goes_keeps_what_was_typed(
    asked: TeacherView, english: Any, client: Any
) -> None:
    client.force_login(english.user)
    answer = client.post(reverse("referrals:asked", args=[asked.uuid]), {"works": "Short tasks"})
    assert answer.status_code == 422
    assert "Short tasks" in answer.content.decode() and "Choose how it is going." in answer.content.decode()


def test_only_the_teacher_who_was_asked_answers(
    asked: TeacherView, teacher: Any, lead: Any, client: Any
) -> None:
    for user in (teacher, lead):
        client.force_login(user)
        assert client.get(reverse("referrals:asked", args=[asked.uuid])).status_code == 404
        with pytest.raises(Refused, match="Only the teacher"):
            answers.answer(asked, by=user, going=2, works="", back_first=False)


def test_after_the_end_an_answer_is_declined_with_thanks(asked: TeacherView, english: Any) -> None:
    Referral.objects.filter(pk=asked.referral_id).update(state=State.DECLINED)
    with pytest.raises(Refused, match="Thank you all the same"):
        answers.answer(asked, by=english.user, going=2, works="", back_first=False)


def test_a_teacher_without_an_account_is_noted_and_nobody_is_told(
    draft: Referral, teacher: Any, school: Any
) -> None:
    staff = StaffMemberFactory(school=school)
    lesson_of(school, draft.pupil, slots(school)[3][1], name="8x/Ma1", subject="Mathematics", teacher=staff)
    drafts.submit(draft, by=teacher)
    assert TeacherView.objects.get().teacher == staff
    assert not Message.objects.filter(kind="asked").exists()


def test_a_teacher_of_last_year_is_not_asked(draft: Referral, teacher: Any, school: Any) -> None:
    today = dt.date.today()
    lesson_of(
        school,
        draft.pupil,
        slots(school)[3][1],
        name="7x/Ma1",
        valid_to=today,
        teacher=StaffMemberFactory(school=school),
    )
    drafts.submit(draft, by=teacher)
    assert not TeacherView.objects.exists()


def test_strategies_are_the_referrals_own(draft: Referral) -> None:
    assert Strategy.objects.get().referral == draft
