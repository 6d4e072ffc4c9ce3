"""The watched folder: what lies still is brought in once, and who is needed is told."""

import os
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from iap.audit.models import Read
from iap.imports.models import ImportJob, ImportRun, SavedMapping, State
from iap.imports.undo import undo
from iap.inbox.models import Message
from iap.nightly import folder, tasks
from pupils.models import Pupil
from tests.factories import see, upn_number

HEADING = "UPN,Legal Surname,Legal Forename,DOB,Year\n"
GOOD = "B801200005001,Mensah,Kai,2014-03-05,8\n"
WRONG = "A801200005001,Mensah,Kai,2014-03-05,8\n"


@pytest.fixture
def watched(settings: Any, tmp_path: Path, school: Any) -> Path:
    settings.MEDIA_ROOT, settings.IMPORT_FOLDER = tmp_path / "media", str(tmp_path / "watched")
    (there := tmp_path / "watched" / school.urn).mkdir(parents=True)
    return there


def put(there: Path, text: str, name: str = "pupils.csv", *, age: float = 3600) -> Path:
    file = there / name
    file.write_text(text)
    then = time.time() - age
    os.utime(file, (then, then))
    return file


@pytest.fixture
def night(django_capture_on_commit_callbacks: Any) -> Any:
    def run() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            tasks.sweep_folders()
        with django_capture_on_commit_callbacks(execute=True):
            tasks.sweep_needs()

    return run


def last_job(school: Any) -> ImportJob:
    see(school)
    return ImportJob.objects.filter(school=school).latest("pk")


def test_what_lies_in_the_folder_is_brought_in_and_taken_away(
    watched: Path, school: Any, night: Any, data_manager: Any
) -> None:
    file = put(watched, HEADING + GOOD)
    night()
    assert last_job(school).state == State.APPLIED
    assert last_job(school).run.source == "Watched folder"  # type: ignore[union-attr]
    assert Pupil.objects.filter(school=school).count() == 1
    assert not file.exists()
    assert not Message.objects.exists()
    night()
    assert ImportJob.objects.filter(school=school).count() == 1


@pytest.mark.parametrize("others", [{}, {"rest.csv.part": 1.0}])
def test_nothing_is_taken_while_a_file_is_being_written(
    watched: Path, school: Any, night: Any, others: dict[str, float]
) -> None:
    put(watched, HEADING + GOOD, age=3600 if others else 1)
    for name, age in others.items():
        put(watched, "x", name, age=age)
    night()
    see(school)
    assert not ImportJob.objects.filter(school=school).exists()


def test_what_excel_puts_beside_a_workbook_that_is_open_is_no_export(
    watched: Path, school: Any, night: Any, data_manager: Any
) -> None:
    put(watched, HEADING + GOOD)
    note = put(watched, "\x07Ms Bexley\x00", "~$pupils.xlsx")
    night()
    assert last_job(school).state == State.APPLIED
    assert not Message.objects.exists()
    assert note.exists()


def test_rows_left_out_keep_everything_out_and_the_data_manager_is_told_once(
    watched: Path, school: Any, night: Any, data_manager: Any, lead: Any
) -> None:
    put(watched, HEADING + GOOD + WRONG)
    night()
    night()
    job = last_job(school)
    assert job.state == State.CHECKED
    assert not Pupil.objects.filter(school=school).exists()
    (message,) = Message.objects.all()
    assert message.to == data_manager
    assert "Kai" not in message.text and str(job.uuid) in message.link


def test_a_newer_night_takes_the_place_of_one_that_waits(
    watched: Path, school: Any, night: Any, data_manager: Any
) -> None:
    put(watched, HEADING + WRONG)
    night()
    waiting = last_job(school)
    put(watched, HEADING + GOOD)
    night()
    waiting.refresh_from_db()
    assert waiting.state == State.STOPPED
    assert last_job(school).state == State.APPLIED
    assert Message.objects.count() == 1


def test_nothing_is_brought_in_where_the_saved_mapping_no_longer_fits(
    watched: Path, school: Any, night: Any, data_manager: Any
) -> None:
    kept = {"kind": "pupils", "take": True, "columns": {}, "dates": {}, "asked": [], "words": {}}
    SavedMapping.objects.create(school=school, fingerprint="f" * 32, mapping=kept, by=data_manager)
    put(watched, HEADING + GOOD)
    night()
    assert last_job(school).state == State.ASKING
    assert not Pupil.objects.filter(school=school).exists()
    assert Message.objects.get().to == data_manager


AMA = f"{upn_number(1)},Owusu,Ama,2014-03-06,8\n"


def test_whoever_is_in_no_file_any_more_is_asked_about_once_and_leaves_when_it_is_said(
    watched: Path, school: Any, night: Any, data_manager: Any, client: Any
) -> None:
    put(watched, HEADING + GOOD + AMA)
    night()
    assert not Message.objects.exists()
    for _ in range(2):
        put(watched, HEADING + GOOD)
        night()
    (message,) = Message.objects.filter(to=data_manager)
    assert "Ama" not in message.text
    client.force_login(data_manager)
    page = client.get(message.link).content.decode()
    assert "Pupils: have they left?" in page and "Owusu" in page and "Mensah" not in page
    see(school)
    ama, kai = (Pupil.objects.get(school=school, given_name=name) for name in ("Ama", "Kai"))
    assert Read.objects.get(school=school, page="not-in-the-files").pupil_ids == [ama.pk]
    answer = client.post(f"{message.link}left/", {"kind": "pupils", "key": [ama.pk, kai.pk, "x"]})
    see(school)
    assert set(Pupil.objects.filter(school=school, left_on=timezone.localdate())) == {ama}
    said = ImportRun.objects.filter(school=school).latest("pk")
    assert answer["Location"] == f"/imports/runs/{said.uuid}/" and said.by == data_manager
    assert "have they left?" not in client.get(message.link).content.decode()
    undo(said, by=data_manager)
    assert not Pupil.objects.filter(school=school).exclude(left_on=None).exists()


def test_who_is_named_again_the_next_night_is_asked_about_no_longer(
    watched: Path, school: Any, night: Any, data_manager: Any, client: Any
) -> None:
    for rows in (GOOD + AMA, GOOD, GOOD + AMA):
        put(watched, HEADING + rows)
        night()
    see(school)
    *_, without, _last = ImportRun.objects.filter(school=school).order_by("pk")
    client.force_login(data_manager)
    assert "have they left?" not in client.get(f"/imports/runs/{without.uuid}/").content.decode()


def test_nobody_leaves_whom_the_files_name_or_who_was_not_ticked(
    watched: Path, school: Any, night: Any, data_manager: Any, client: Any
) -> None:
    put(watched, HEADING + GOOD + AMA)
    night()
    put(watched, HEADING + GOOD)
    night()
    see(school)
    run = ImportRun.objects.filter(school=school).latest("pk")
    kai = Pupil.objects.get(school=school, given_name="Kai")
    client.force_login(data_manager)
    for data in ({}, {"kind": "pupils"}, {"kind": "pupils", "key": kai.pk}, {"kind": "what", "key": kai.pk}):
        page = client.post(f"/imports/runs/{run.uuid}/left/", data, follow=True).content.decode()
        assert "Tick those who have left" in page
    see(school)
    assert not Pupil.objects.filter(school=school).exclude(left_on=None).exists()


def test_a_file_that_was_written_anew_meanwhile_stays_for_next_time(watched: Path, school: Any) -> None:
    file = put(watched, HEADING + GOOD)
    seen = {file: file.stat().st_mtime_ns}
    put(watched, HEADING + GOOD + WRONG, age=10)
    folder._remove(seen)
    assert file.read_text() == HEADING + GOOD + WRONG


def test_two_never_take_the_same_files(watched: Path, school: Any, night: Any) -> None:
    put(watched, HEADING + GOOD)
    cache.add(f"nightly-folder-{school.pk}", "another", 60)
    night()
    see(school)
    assert not ImportJob.objects.filter(school=school).exists()


def test_another_schools_folder_is_another_schools(
    watched: Path, school: Any, other_school: Any, night: Any
) -> None:
    put(watched, HEADING + GOOD)
    night()
    see(other_school)
    assert not Pupil.objects.filter(school=other_school).exists()


def test_without_a_folder_nothing_is_looked_for(settings: Any, school: Any) -> None:
    settings.IMPORT_FOLDER = ""
    assert folder.take(school) is None


def test_cron_can_do_what_beat_does(
    watched: Path, school: Any, django_capture_on_commit_callbacks: Any
) -> None:
    put(watched, HEADING + GOOD)
    out = StringIO()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("import_nightly", school=school.urn, stdout=out)
    assert "1 files from Watched folder" in out.getvalue()
    assert last_job(school).state == State.APPLIED
