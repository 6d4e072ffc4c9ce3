"""The queue and one referral beside it: what is shown to whom, and what it costs."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import Read
from pupils.models import Suspension
from referrals.models import KeepApart, Referral, TeacherView
from referrals.states import State
from tests.factories import (
    MembershipFactory,
    PlacementFactory,
    PupilFactory,
    ReferralFactory,
    StaffMemberFactory,
    UserFactory,
    see,
)

QUEUE = "/referrals/"


@pytest.fixture
def referral(school: Any) -> Any:
    return ReferralFactory(school=school, pupil__given_name="Hannah", pupil__family_name="Stokes")


def opened(client: Any, user: Any, referral: Any) -> str:
    client.force_login(user)
    answer = client.get(referral.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def queue(client: Any, user: Any, **asked: str) -> str:
    client.force_login(user)
    return client.get(QUEUE, asked).content.decode()


def test_an_empty_queue_says_what_fills_it(client: Any, lead: Any) -> None:
    assert "as soon as a colleague sends one" in queue(client, lead)


def test_each_stage_has_its_count_and_its_referrals(client: Any, leader: Any, school: Any) -> None:
    for state in (State.SUBMITTED, State.AT_PANEL, State.AT_PANEL, State.WAITING):
        ReferralFactory(
            school=school, state=state, decided_at=timezone.now() if state == State.WAITING else None
        )
    page = queue(client, leader)
    assert page.index("New referrals") < page.index("For the panel") < page.index("Waiting for a place")
    assert "<b>2</b><span>Panel</span>" in page
    only_waiting = queue(client, leader, stage="waiting")
    assert "For the panel" not in only_waiting and "Waiting for a place" in only_waiting


def test_a_draft_and_what_has_ended_do_not_stand_in_the_queue(client: Any, lead: Any, school: Any) -> None:
    ReferralFactory(
        school=school, state=State.DRAFT, submitted_at=None, number=None, pupil__family_name="Adraft"
    )
    ReferralFactory(school=school, state=State.DECLINED, pupil__family_name="Anended")
    page = queue(client, lead)
    assert "Adraft" not in page and "Anended" not in page
    client.force_login(lead)
    assert "Anended" in client.get("/referrals/ended/").content.decode()


def test_filters_by_year_reason_and_name(client: Any, lead: Any, school: Any, referral: Any) -> None:
    ReferralFactory(school=school, pupil__year_group="10", reasons=["exclusion"], pupil__family_name="Demir")
    for asked in ({"year": "10"}, {"reason": "exclusion"}, {"q": "dem"}):
        page = queue(client, lead, **asked)
        assert "Demir" in page and "Stokes" not in page
    assert "Nothing fits" in queue(client, lead, q="zzz")


def test_the_highest_priority_stands_first_and_the_clock_counts_school_days(
    client: Any, lead: Any, school: Any
) -> None:
    ReferralFactory(school=school, pupil__family_name="Carver")
    ReferralFactory(
        school=school,
        pupil__family_name="Demir",
        exclusion_risk="high",
        submitted_at=timezone.now() - dt.timedelta(weeks=2),
    )
    page = queue(client, lead)
    assert page.index("Demir") < page.index("Carver")
    assert "10 of 3 days" in page and "7 days past target · decision 10 of 15" in page


def test_the_queue_costs_the_same_however_long_it_is(
    client: Any, lead: Any, school: Any, django_assert_max_num_queries: Any
) -> None:
    client.force_login(lead)
    for number in (1, 20):
        ReferralFactory.create_batch(number, school=school)
        with django_assert_max_num_queries(16):
            client.get(QUEUE)


def test_all_who_decide_see_the_evidence(client: Any, senco: Any, leader: Any, referral: Any) -> None:
    Suspension.objects.create(
        school=referral.school, pupil=referral.pupil, starts_on=dt.date.today(), sessions=7, reasons=[]
    )
    for user in (senco, leader):
        page = opened(client, user, referral)
        assert "7 half-days lost" in page and "It is too loud to think." in page


def test_what_teachers_say_gathers_on_the_referral(client: Any, lead: Any, referral: Any) -> None:
    TeacherView.objects.create(
        school=referral.school,
        referral=referral,
        teacher=StaffMemberFactory(school=referral.school, family_name="Holt"),
        classes="English, 8x/En1",
        asked_at=timezone.now(),
        answered_at=timezone.now(),
        answered_by=UserFactory(),
        going=2,
        works="A seat by the door",
        back_first=True,
    )
    page = opened(client, lead, referral)
    assert "Holt" in page and "A seat by the door" in page and "back first" in page


def test_who_is_kept_apart_and_the_note_on_fit_are_the_leads_alone(
    client: Any, lead: Any, leader: Any, referral: Any
) -> None:
    other = PupilFactory(school=referral.school, family_name="Brent")
    one, two = sorted((referral.pupil, other), key=lambda pupil: pupil.pk)
    KeepApart.objects.create(
        school=referral.school,
        one=one,
        other=two,
        reason="After June",
        recorded_by=lead,
        recorded_at=timezone.now(),
    )
    referral.fit_note = "Would be fine with the garden group"
    referral.save(update_fields=["fit_note"])
    seen, hidden = opened(client, lead, referral), opened(client, leader, referral)
    assert "Brent" in seen and "garden group" in seen
    assert "Brent" not in hidden and "garden group" not in hidden


def test_a_draft_cannot_be_opened_by_those_who_decide(client: Any, lead: Any, school: Any) -> None:
    draft = ReferralFactory(school=school, state=State.DRAFT, submitted_at=None, number=None)
    client.force_login(lead)
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_another_schools_leader_finds_nothing(client: Any, referral: Any, other_school: Any) -> None:
    see(other_school)
    stranger = MembershipFactory(school=other_school, role="leader").user
    client.force_login(stranger)
    assert client.get(referral.get_absolute_url()).status_code == 404
    assert "Stokes" not in client.get(QUEUE).content.decode()
    assert client.post(reverse("referrals:order", args=[referral.uuid]), {"points": 1}).status_code == 404


def test_a_returning_pupils_earlier_story_stands_on_the_referral_and_not_on_the_draft(
    client: Any, lead: Any, school: Any, other_school: Any
) -> None:
    pupil = PupilFactory(school=school)
    before = ReferralFactory(school=school, pupil=pupil, state=State.DECLINED)
    PlacementFactory(
        school=school,
        pupil=pupil,
        starts_on=dt.date(2024, 1, 8),
        ends_on=dt.date(2024, 5, 17),
        destination="mainstream",
    )
    teacher = MembershipFactory(school=school, role="teacher").user
    draft = ReferralFactory(
        school=school, pupil=pupil, state=State.DRAFT, submitted_at=None, number=None, referrer=teacher
    )
    client.force_login(teacher)
    written = client.get(reverse("referrals:section", args=[draft.uuid, "happening"])).content.decode()
    assert (
        "was referred before; the lead knows the story" in written
        and before.get_absolute_url() not in written
    )
    Referral.objects.filter(pk=draft.pk).update(
        state=State.SUBMITTED, submitted_at=timezone.now(), number=900
    )
    draft.refresh_from_db()
    page = opened(client, lead, draft)
    assert before.get_absolute_url() in page and "Declined" in page
    assert "A place from 8 January 2024 until 17 May 2024" in page


def test_opening_a_referral_is_kept_as_a_read(client: Any, lead: Any, referral: Any) -> None:
    opened(client, lead, referral)
    assert Read.objects.of(referral.pupil).filter(page="referral", by=lead).count() == 1


def test_a_refused_form_comes_back_with_what_was_typed(client: Any, leader: Any, referral: Any) -> None:
    client.force_login(leader)
    answer = client.post(reverse("referrals:order", args=[referral.uuid]), {"points": "80", "reason": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say why the order is changed." in page and 'value="80"' in page


def test_an_order_set_by_a_leader_shows_with_its_reason(client: Any, leader: Any, referral: Any) -> None:
    client.force_login(leader)
    client.post(reverse("referrals:order", args=[referral.uuid]), {"points": "80", "reason": "A new risk"})
    page = opened(client, leader, referral)
    assert "80 of 100" in page and "A new risk" in page and "Counted, it is" in page


def test_a_referral_named_as_a_punishment_is_to_be_talked_about(client: Any, lead: Any, school: Any) -> None:
    referral = ReferralFactory(school=school, is_punishment=True, said_punishment=True)
    page = opened(client, lead, referral)
    assert "cannot go to panel" in page and "Put on the agenda" not in page
    client.post(reverse("referrals:talked", args=[referral.uuid]), {"talk": "A calm start", "still": "no"})
    assert "First sent as a punishment" in opened(client, lead, referral)


def test_an_accepted_offer_opens_the_first_week(client: Any, lead: Any, school: Any) -> None:
    referral = ReferralFactory(school=school, state=State.WAITING, decided_at=timezone.now())
    client.force_login(lead)
    day = dt.date.today() + dt.timedelta(weeks=2)
    day -= dt.timedelta(days=day.weekday())
    made = client.post(
        reverse("referrals:offer", args=[referral.uuid]),
        {"starts_on": day.isoformat(), "expires_on": dt.date.today().isoformat()},
    )
    assert made.status_code == 302
    offer = referral.offers.get()
    adult = StaffMemberFactory(school=school)
    answer = client.post(
        reverse("referrals:answer", args=[referral.uuid, offer.uuid]),
        {
            "answer": "accepted",
            "key_adult": adult.uuid,
            "model": "reintegration",
            "first_review_on": (day + dt.timedelta(weeks=6)).isoformat(),
        },
    )
    assert answer.url == reverse("timetables:new_step", args=[referral.pupil.uuid])


def test_targets_and_weights_are_changed_and_refused_in_words(client: Any, lead: Any) -> None:
    client.force_login(lead)
    form = client.get("/referrals/targets/").context["form"]
    values = {field.name: field.value() for field in form}
    wrong = client.post("/referrals/targets/", {**values, "weight_fit": 20})
    assert wrong.status_code == 422 and "make 110 together" in wrong.content.decode()
    assert client.post("/referrals/targets/", {**values, "decision_days": 10}).status_code == 302
    assert "of 10 days" not in queue(client, lead)  # nobody is there


def test_who_is_next_in_line_is_said(client: Any, lead: Any, school: Any) -> None:
    waits: dict[str, Any] = {"school": school, "state": State.WAITING, "decided_at": timezone.now()}
    ReferralFactory(**waits, pupil__family_name="Laterborn")
    ReferralFactory(**waits, pupil__family_name="Eldest", exclusion_risk="high")
    page = queue(client, lead)
    assert page.count("Next in line") == 1
    assert page.index("Eldest") < page.index("Next in line") < page.index("Laterborn")


def test_a_pupils_page_leads_those_who_decide_to_the_referral(
    client: Any, lead: Any, iap_staff: Any, referral: Any
) -> None:
    client.force_login(lead)
    assert referral.get_absolute_url() in client.get(referral.pupil.get_absolute_url()).content.decode()
    PlacementFactory(school=referral.school, pupil=referral.pupil)
    client.force_login(iap_staff)
    assert referral.get_absolute_url() not in client.get(referral.pupil.get_absolute_url()).content.decode()
