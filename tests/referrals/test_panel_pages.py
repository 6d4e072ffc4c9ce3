"""The pages of a panel: nothing typed is lost, nobody is said to have read what they were not shown."""

import datetime as dt
import html
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import Read
from referrals.actions import panels
from referrals.actions.drafts import withdraw
from referrals.models import Meeting
from referrals.states import State
from tests.factories import ReferralFactory
from tests.referrals.test_offers import school_days


@pytest.fixture
def meeting(school: Any, lead: Any) -> Meeting:
    return panels.plan_meeting(
        school, by=lead, day=school_days(school)[2], starts=dt.time(15, 30), members=[("Ms A", "SENCO")]
    )


def page_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_minutes_that_were_typed_are_kept_by_closing_too(client: Any, lead: Any, meeting: Meeting) -> None:
    client.force_login(lead)
    assert "formaction" in page_of(client.get(meeting.get_absolute_url()))
    client.post(reverse("referrals:panel_close", args=[meeting.uuid]), {"minutes": "All were heard."})
    meeting.refresh_from_db()
    assert meeting.closed_at and meeting.minutes == "All were heard."


def test_minutes_as_long_as_the_box_lets_are_kept_whole(client: Any, lead: Any, meeting: Meeting) -> None:
    text = "a line\n" * 714  # 4,998 letters in the box; a browser sends each end of a line as two
    client.force_login(lead)
    client.post(
        reverse("referrals:panel_minutes", args=[meeting.uuid]), {"minutes": text.replace("\n", "\r\n")}
    )
    meeting.refresh_from_db()
    assert meeting.minutes == text.strip()


@pytest.mark.parametrize("name", ["referrals:panel_minutes", "referrals:panel_close"])
def test_minutes_that_are_too_long_come_back_whole(
    client: Any, lead: Any, meeting: Meeting, name: str
) -> None:
    client.force_login(lead)
    answer = client.post(reverse(name, args=[meeting.uuid]), {"minutes": "x" * 5001})
    assert answer.status_code == 422
    assert "x" * 5001 in page_of(answer) and "5,000" in page_of(answer)
    meeting.refresh_from_db()
    assert not meeting.closed_at


def test_minutes_of_a_closed_panel_come_back_to_who_was_writing(
    client: Any, lead: Any, meeting: Meeting
) -> None:
    panels.close(meeting, by=lead)
    client.force_login(lead)
    answer = client.post(reverse("referrals:panel_minutes", args=[meeting.uuid]), {"minutes": "One more."})
    assert answer.status_code == 422
    assert "they stand as they are" in page_of(answer) and "One more." in page_of(answer)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("N" * 121, "Shorten the name"),
        (f"Ms B, {'p' * 81}", "Shorten the post"),
        (", Headteacher", "Write the name first"),
    ],
)
def test_who_sits_is_never_cut(client: Any, lead: Any, school: Any, line: str, words: str) -> None:
    client.force_login(lead)
    typed = {"day": school_days(school)[1].isoformat(), "starts": "15:30", "members": line}
    answer = client.post(reverse("referrals:panel_new"), typed)
    assert answer.status_code == 422
    assert words in page_of(answer) and line in page_of(answer)


def test_ticks_stay_where_one_of_them_is_refused(
    client: Any, lead: Any, school: Any, meeting: Meeting
) -> None:
    gone, stays = ReferralFactory.create_batch(2, school=school)
    withdraw(gone, by=lead, reason="Moved away")
    client.force_login(lead)
    answer = client.post(
        reverse("referrals:panel_agenda", args=[meeting.uuid]), {"add": [str(gone.uuid), str(stays.uuid)]}
    )
    assert answer.status_code == 422
    assert f"Referral {gone.number} stays off" in page_of(answer) and "already “withdrawn”" in page_of(answer)
    assert f'value="{stays.uuid}" checked' in page_of(answer)
    stays.refresh_from_db()
    assert stays.state == State.SUBMITTED


def test_a_withdrawn_referral_is_not_left_to_decide(
    client: Any, lead: Any, school: Any, meeting: Meeting
) -> None:
    referral = ReferralFactory(school=school)
    panels.put_on_agenda(meeting, [referral], by=lead)
    withdraw(referral, by=lead, reason="Moved away")
    client.force_login(lead)
    page = page_of(client.get(meeting.get_absolute_url()))
    assert "to decide" not in page and "Withdrawn" in page


def test_a_senco_who_posts_is_turned_away(client: Any, senco: Any, meeting: Meeting) -> None:
    client.force_login(senco)
    for name in ("panel", "panel_agenda", "panel_minutes", "panel_close"):
        assert client.post(reverse(f"referrals:{name}", args=[meeting.uuid])).status_code == 403, name


def test_a_read_names_those_who_were_shown(
    client: Any, senco: Any, lead: Any, school: Any, meeting: Meeting
) -> None:
    listed, free = ReferralFactory.create_batch(2, school=school)
    panels.put_on_agenda(meeting, [listed], by=lead)
    client.force_login(senco)
    client.get(meeting.get_absolute_url())
    assert Read.objects.get(by=senco).pupil_ids == [listed.pupil_id]
    client.force_login(lead)
    client.get(meeting.get_absolute_url())
    assert Read.objects.get(by=lead).pupil_ids == sorted([listed.pupil_id, free.pupil_id])


def test_of_two_alike_the_one_sent_first_comes_first(
    client: Any, lead: Any, school: Any, meeting: Meeting
) -> None:
    late = ReferralFactory(school=school, pupil__family_name="Late")
    early = ReferralFactory(
        school=school,
        pupil__family_name="Early",
        submitted_at=timezone.now() - dt.timedelta(minutes=5),
    )
    panels.put_on_agenda(meeting, [late, early], by=lead)
    client.force_login(lead)
    page = page_of(client.get(meeting.get_absolute_url()))
    assert page.index("Early") < page.index("Late")


def test_the_days_of_a_closed_panel_stand_still(
    client: Any, lead: Any, school: Any, meeting: Meeting
) -> None:
    referral = ReferralFactory(school=school, submitted_at=timezone.now() - dt.timedelta(weeks=4))
    panels.put_on_agenda(meeting, [referral], by=lead)
    panels.close(meeting, by=lead)
    Meeting.objects.filter(pk=meeting.pk).update(closed_at=timezone.now() - dt.timedelta(weeks=3))
    client.force_login(lead)
    assert "5 school days" in page_of(client.get(meeting.get_absolute_url()))
