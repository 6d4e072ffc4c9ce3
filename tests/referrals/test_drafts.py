"""A draft: begun once, written on any device, and no way to read a child's file."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from iap.errors import Conflict, Refused
from iap.tenancy import context
from pupils.models import AttendanceTotal, Incident, Suspension
from referrals.actions import drafts
from referrals.models import Referral
from referrals.states import State
from tests.factories import (
    MembershipFactory,
    PupilFactory,
    ReferralFactory,
    SchoolFactory,
    StaffMemberFactory,
    see,
)
from tests.timetables.week import lesson_of, slots

TODAY = dt.date.today()


@pytest.fixture
def pupil(school: Any, teacher: Any) -> Any:
    """A pupil whom the teacher teaches."""
    pupil = PupilFactory(
        school=school, given_name="Hannah", family_name="Stokes", sen_stage="E", in_care=True
    )
    staff = StaffMemberFactory(school=school, user=teacher, linked_by=teacher)
    lesson_of(school, pupil, slots(school)[0][1], teacher=staff)
    return pupil


@pytest.fixture
def draft(pupil: Any, teacher: Any) -> Referral:
    return drafts.start(pupil, by=teacher)


def write(client: Any, draft: Referral, section: str, **fields: Any) -> Any:
    seen = drafts.version_of(Referral.objects.get(pk=draft.pk))
    return client.post(reverse("referrals:section", args=[draft.uuid, section]), {"seen": seen, **fields})


def test_a_teacher_finds_the_pupils_they_teach_and_nobody_else(client: Any, teacher: Any, pupil: Any) -> None:
    PupilFactory(school=pupil.school, given_name="Hanna", family_name="Unknown")
    client.force_login(teacher)
    page = client.get("/referrals/new/", {"q": "hann"}).content.decode()
    assert "Hannah Stokes" in page and "Unknown" not in page


def test_one_letter_finds_nobody(client: Any, teacher: Any, pupil: Any) -> None:
    client.force_login(teacher)
    assert "Stokes" not in client.get("/referrals/new/", {"q": "h"}).content.decode()


def test_the_lead_finds_any_pupil(client: Any, lead: Any, pupil: Any) -> None:
    client.force_login(lead)
    assert "Hannah Stokes" in client.get("/referrals/new/", {"q": "stok"}).content.decode()


def test_a_pupil_one_does_not_teach_cannot_be_referred(client: Any, teacher: Any, school: Any) -> None:
    client.force_login(teacher)
    other = PupilFactory(school=school)
    assert client.post("/referrals/new/", {"pupil": other.uuid}).status_code == 404
    assert client.post("/referrals/new/", {"pupil": "no-uuid"}).status_code == 404


def test_choosing_a_pupil_begins_a_draft(client: Any, teacher: Any, pupil: Any) -> None:
    client.force_login(teacher)
    answer = client.post("/referrals/new/", {"pupil": pupil.uuid})
    draft = Referral.objects.get(pupil=pupil)
    assert answer.url == reverse("referrals:section", args=[draft.uuid, "happening"])
    assert (draft.state, draft.referrer, draft.number) == (State.DRAFT, teacher, None)


def test_a_second_referral_of_a_pupil_is_refused_in_words(
    client: Any, teacher: Any, draft: Referral, lead: Any
) -> None:
    client.force_login(teacher)
    assert "among yours" in client.post("/referrals/new/", {"pupil": draft.pupil.uuid}).content.decode()
    with pytest.raises(Refused, match="already has an open referral"):
        drafts.start(draft.pupil, by=lead)


def test_who_left_is_not_referred(pupil: Any, teacher: Any) -> None:
    pupil.left_on = TODAY
    pupil.save(update_fields=["left_on"])
    with pytest.raises(Refused, match="no longer on roll"):
        drafts.start(pupil, by=teacher)


def test_a_half_filled_section_is_kept_and_goes_on_elsewhere(
    client: Any, teacher: Any, draft: Referral
) -> None:
    client.force_login(teacher)
    answer = write(client, draft, "happening", happening="Leaves after ten minutes", later="yes")
    assert answer.url == reverse("referrals:mine")
    page = client.get(reverse("referrals:section", args=[draft.uuid, "happening"])).content.decode()
    assert "Leaves after ten minutes" in page


def test_what_was_tried_is_kept_in_rows_and_a_wrong_row_loses_nothing(
    client: Any, teacher: Any, draft: Referral
) -> None:
    client.force_login(teacher)
    rows = {"tried-TOTAL_FORMS": 2, "tried-INITIAL_FORMS": 0}
    wrong = write(
        client, draft, "tried", **rows, **{"tried-0-what": "A seat by the door", "tried-0-weeks": "six"}
    )
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert "A seat by the door" in page and 'value="six"' in page and "Say what came of it." in page
    right = {"tried-0-what": "A seat by the door", "tried-0-weeks": "6", "tried-0-effect": "some"}
    assert write(client, draft, "tried", **rows, **right).status_code == 302
    assert [(each.what, each.weeks) for each in draft.strategies.all()] == [("A seat by the door", 6)]


def test_lessons_that_go_well_are_ticked_from_the_timetable(
    client: Any, teacher: Any, draft: Referral
) -> None:
    client.force_login(teacher)
    page = client.get(reverse("referrals:section", args=[draft.uuid, "happening"])).content.decode()
    assert "English, 8x/En1" in page
    write(client, draft, "happening", classes=["8x/En1"])
    assert [each.mainstream_class.name for each in draft.good_lessons.all()] == ["8x/En1"]


def test_saving_on_two_devices_loses_neither(client: Any, teacher: Any, draft: Referral) -> None:
    client.force_login(teacher)
    old = drafts.version_of(draft)
    write(client, draft, "happening", happening="From the phone")
    answer = client.post(
        reverse("referrals:section", args=[draft.uuid, "happening"]),
        {"seen": old, "happening": "From the desk"},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "From the phone" in page and "From the desk" in page
    assert Referral.objects.get(pk=draft.pk).happening == "From the phone"
    with pytest.raises(Conflict):
        drafts.save_section(draft, by=teacher, fields={"happening": "x"}, seen=old)


def test_a_draft_shows_nothing_of_the_childs_file(client: Any, teacher: Any, draft: Referral) -> None:
    own = {"school": draft.school, "pupil": draft.pupil}
    Suspension.objects.create(**own, starts_on=TODAY, sessions=7, reasons=["PP"])
    Incident.objects.create(**own, day=TODAY, kind="Secret incident")
    AttendanceTotal.objects.create(**own, year="2025/26", possible=380, attended=111)
    client.force_login(teacher)
    for section in ("happening", "worries", "tried", "views"):
        page = client.get(reverse("referrals:section", args=[draft.uuid, section])).content.decode()
        for word in ("uspended", "half-day", "Secret incident", "29%", "EHC", "In care", "SEN"):
            assert word not in page, (section, word)
    assert client.get(reverse("referrals:detail", args=[draft.uuid])).status_code == 403
    assert client.get(draft.pupil.get_absolute_url()).status_code == 403


def test_nobody_else_opens_a_draft(client: Any, lead: Any, iap_staff: Any, draft: Referral) -> None:
    for user in (lead, iap_staff):
        client.force_login(user)
        for name in ("section", "send", "mine_one"):
            args = [draft.uuid, "happening"] if name == "section" else [draft.uuid]
            assert client.get(reverse(f"referrals:{name}", args=args)).status_code == 404


def test_a_section_that_does_not_exist_is_not_found(client: Any, teacher: Any, draft: Referral) -> None:
    client.force_login(teacher)
    assert client.get(reverse("referrals:section", args=[draft.uuid, "other"])).status_code == 404


def test_who_no_longer_works_here_cannot_open_their_referral(
    client: Any, teacher: Any, draft: Referral
) -> None:
    client.force_login(teacher)
    teacher.memberships.all().delete()
    assert client.get(reverse("referrals:section", args=[draft.uuid, "happening"])).status_code == 403
    elsewhere = SchoolFactory()
    see(elsewhere)
    MembershipFactory(school=elsewhere, user=teacher, role="teacher")
    assert client.get(reverse("referrals:section", args=[draft.uuid, "happening"])).status_code == 404


def test_a_draft_is_discarded_without_a_reason(client: Any, teacher: Any, draft: Referral) -> None:
    client.force_login(teacher)
    client.post(reverse("referrals:withdraw", args=[draft.uuid]))
    assert Referral.objects.get(pk=draft.pk).state == State.WITHDRAWN
    assert "Hannah" not in client.get("/referrals/mine/").content.decode()


def test_what_was_sent_stands(school: Any, teacher: Any) -> None:
    sent = ReferralFactory(school=school, referrer=teacher)
    with pytest.raises(Refused, match="what was sent stands"):
        drafts.save_section(sent, by=teacher, fields={"happening": "Other"})


@pytest.mark.django_db(transaction=True)
def test_two_who_refer_one_pupil_at_once_begin_one_referral() -> None:
    with transaction.atomic():
        school = SchoolFactory()
        pupil = PupilFactory(school=school)
        users = [MembershipFactory(school=school, role="teacher").user for _ in range(2)]
    gate, said = threading.Barrier(2), []

    def begin(user: Any) -> None:
        try:
            with context.within(school.pk), transaction.atomic():
                gate.wait(10)
                drafts.start(pupil, by=user)
            said.append("begun")
        except Refused as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(said) == 2 and said.count("begun") == 1
    assert any("already has an open referral" in words for words in said)
