"""Papers are children's records in a file: kept a day, found by their meeting alone, and every download is kept."""

import datetime as dt
import html
import os
import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from iap.audit.models import Read
from referrals import papers, tasks
from referrals.actions import panels
from referrals.models import Meeting
from tests.factories import ReferralFactory
from tests.referrals.test_offers import school_days


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def meeting(school: Any, lead: Any) -> Meeting:
    return panels.plan_meeting(school, by=lead, day=school_days(school)[2], starts=dt.time(15, 30))


@pytest.fixture
def listed(school: Any, meeting: Meeting, lead: Any) -> Any:
    referral = ReferralFactory(school=school)
    panels.put_on_agenda(meeting, [referral], by=lead)
    return referral


def make(client: Any, meeting: Meeting) -> UUID:
    waiting = client.post(reverse("referrals:pack", args=[meeting.uuid])).url
    return UUID(waiting.rstrip("/").rpartition("/")[2])


def page(client: Any, meeting: Meeting, paper: UUID) -> str:
    return html.unescape(
        client.get(reverse("referrals:pack_wait", args=[meeting.uuid, paper])).content.decode()
    )


def download(client: Any, meeting: Meeting, paper: UUID) -> int:
    answer = client.get(reverse("referrals:pack_file", args=[meeting.uuid, paper]))
    if answer.streaming:
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
    return answer.status_code


def age(folder: Path, seconds: int) -> None:
    then = time.time() - seconds
    for path in folder.rglob("*.*"):
        os.utime(path, (then, then))


def test_a_download_is_kept_for_those_in_the_papers_whatever_the_agenda_is_by_then(
    client: Any, lead: Any, meeting: Meeting, listed: Any
) -> None:
    client.force_login(lead)
    paper = make(client, meeting)
    panels.take_off(meeting, listed, by=lead)
    assert download(client, meeting, paper) == 200
    assert Read.objects.get(page="panel-pack").pupil_ids == [listed.pupil_id]


def test_papers_are_not_found_through_another_meeting(
    client: Any, lead: Any, school: Any, meeting: Meeting, listed: Any
) -> None:
    client.force_login(lead)
    paper = make(client, meeting)
    other = panels.plan_meeting(school, by=lead, day=school_days(school)[5], starts=dt.time(15, 30))
    assert download(client, other, paper) == 404
    assert not Read.objects.filter(page="panel-pack").exists()


def test_after_a_day_they_are_not_found_though_nobody_made_others(
    client: Any, lead: Any, meeting: Meeting, listed: Any, folder: Path
) -> None:
    client.force_login(lead)
    paper = make(client, meeting)
    age(folder, papers.KEPT + 60)
    assert download(client, meeting, paper) == 404
    shown = page(client, meeting, paper)
    assert "no longer kept" in shown and "every 1s" not in shown


def test_they_go_in_the_morning(
    client: Any, lead: Any, school: Any, meeting: Meeting, listed: Any, folder: Path
) -> None:
    client.force_login(lead)
    make(client, meeting)
    tasks.morning(school_id=school.pk)
    assert list(folder.rglob("*.pdf"))
    age(folder, papers.KEPT + 60)
    tasks.morning(school_id=school.pk)
    assert not list(folder.rglob("*.*"))


def test_papers_that_cannot_be_made_say_so_and_offer_another_try(
    client: Any, lead: Any, school: Any, meeting: Meeting, listed: Any, monkeypatch: Any
) -> None:
    paper = uuid4()
    papers.ask(meeting, paper)
    monkeypatch.setattr(tasks, "pack_pdf", lambda pack: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.make_pack(school_id=school.pk, meeting=meeting.pk, user_id=lead.pk, paper=str(paper))
    client.force_login(lead)
    shown = page(client, meeting, paper)
    assert "could not be made" in shown and "Make them again" in shown and "every 1s" not in shown


def test_a_worker_that_never_answers_is_not_waited_for_for_ever(
    client: Any, lead: Any, meeting: Meeting, folder: Path
) -> None:
    paper = uuid4()
    papers.ask(meeting, paper)
    client.force_login(lead)
    assert "every 1s" in page(client, meeting, paper)
    age(folder, papers.PATIENCE + 60)
    assert "could not be made" in page(client, meeting, paper)


def test_nobody_but_the_worker_reads_the_files(
    client: Any, lead: Any, meeting: Meeting, listed: Any, folder: Path
) -> None:
    client.force_login(lead)
    make(client, meeting)
    kept = [path for path in folder.rglob("*.*")]
    assert kept and all(path.stat().st_mode & 0o077 == 0 for path in kept)


def test_a_meeting_of_another_school_gives_nothing(client: Any, stranger: Any, meeting: Meeting) -> None:
    client.force_login(stranger)
    assert client.post(reverse("referrals:pack", args=[meeting.uuid])).status_code == 404
    assert client.get(reverse("referrals:pack_wait", args=[meeting.uuid, uuid4()])).status_code == 404
