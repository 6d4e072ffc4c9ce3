"""The page for data managers: see first, then bring in, then perhaps take back."""

import datetime as dt
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from iap.imports import progress, tasks, uploads, working
from iap.imports.models import ImportJob, ImportRun
from iap.schools.models import StaffMember
from pupils.models import Incident, Pupil
from tests.factories import see, upn_number
from tests.imports.conftest import Manager
from tests.imports.test_bad_files import several
from tests.imports.test_rows import PUPILS

GOOD = "B801200005001,Mensah,Kai,25/03/2014,Year 8\n"
WRONG = "x,Y,Z,25/03/2014,8\n"
STAFF = "Staff Code,Surname\nABC,Adeyemi\n"


def test_files_are_checked_first_and_nothing_is_written(manager: Manager, school: Any) -> None:
    page = manager.send({"pupils.csv": PUPILS + GOOD + WRONG}).content.decode()
    assert "What would change" in page
    assert "pupils.csv, row&nbsp;3" in page
    see(school)
    assert not Pupil.objects.filter(school=school).exists()


def test_the_good_rows_are_brought_in_once_and_the_files_are_gone(
    manager: Manager, school: Any, settings: Any
) -> None:
    manager.send({"pupils.csv": PUPILS + GOOD})
    for _ in range(2):
        page = manager.post(f"{manager.address}apply/").content.decode()
    assert "Brought in" in page
    see(school)
    assert Pupil.objects.filter(school=school).count() == ImportRun.objects.filter(school=school).count() == 1
    assert list(Path(settings.MEDIA_ROOT).rglob("pupils.csv")) == []


def test_rows_left_out_are_downloaded_mended_and_brought_again(manager: Manager, school: Any) -> None:
    manager.send({"pupils.csv": PUPILS + GOOD + WRONG})
    table = manager.get(f"{manager.address}left-out.csv")
    assert table["Content-Type"].startswith("text/csv")
    heading, row, *_ = table.content.decode("utf-8-sig").splitlines()
    assert heading == f"{PUPILS.strip()},What to mend"
    assert row.startswith(WRONG.strip() + ",")
    assert "is not a UPN" in row
    manager.post(f"{manager.address}apply/")
    mended = table.content.decode("utf-8-sig").replace("x,Y,Z", f"{upn_number(7)},Y,Z")
    page = manager.send({"mended.csv": mended}).content.decode()
    assert "What would change" in page
    manager.post(f"{manager.address}apply/")
    see(school)
    assert set(Pupil.objects.filter(school=school).values_list("given_name", flat=True)) == {"Kai", "Z"}


def test_rows_left_out_can_still_be_downloaded_once_the_others_are_in(manager: Manager) -> None:
    manager.send({"pupils.csv": PUPILS + GOOD + WRONG})
    page = manager.post(f"{manager.address}apply/").content.decode()
    assert f"{manager.address}left-out.csv" in page
    assert WRONG.strip() in manager.get(f"{manager.address}left-out.csv").content.decode()


def test_cells_that_a_spreadsheet_would_run_are_escaped_on_the_way_out_and_read_again(
    manager: Manager,
) -> None:
    manager.send({"pupils.csv": PUPILS + "=cmd(),Y,Z,25/03/2014,8\n"})
    table = manager.get(f"{manager.address}left-out.csv").content.decode("utf-8-sig")
    assert "\n'=cmd()" in table
    page = manager.send({"mended.csv": table}).content.decode()
    assert "&#x27;=CMD()" not in page
    assert "=CMD() is not a UPN" in page


@pytest.mark.parametrize("name", ["pupils.xls", "pupils.exe"])
def test_what_we_cannot_read_is_refused_with_what_to_do(manager: Manager, name: str) -> None:
    answer = manager.client.post("/imports/", {"exports": [SimpleUploadedFile(name, b"x")]})
    assert answer.status_code == 422
    assert "Save it as CSV first" in answer.content.decode()


def test_a_name_that_no_disk_keeps_is_refused_with_what_to_do(manager: Manager) -> None:
    answer = manager.send({"é" * 150 + ".csv": PUPILS + GOOD})
    assert answer.status_code == 422
    assert "is too long. Rename it." in answer.content.decode()


def test_sending_nothing_says_so(manager: Manager) -> None:
    assert manager.client.post("/imports/", {}).status_code == 422


def test_an_empty_file_is_named(manager: Manager) -> None:
    files = [SimpleUploadedFile("pupils.csv", b"UPN\n1\n"), SimpleUploadedFile("staff.csv", b"")]
    answer = manager.client.post("/imports/", {"exports": files})
    assert answer.status_code == 422
    assert "staff.csv is empty. Export it again." in answer.content.decode()


def test_a_part_alone_is_given_to_a_script_while_it_works(manager: Manager) -> None:
    manager.send({"pupils.csv": PUPILS + GOOD})
    part = manager.get(manager.address, HTTP_HX_REQUEST="true").content.decode()
    assert part.lstrip().startswith('<div id="outcome"')


def test_how_far_a_worker_is_stands_on_the_page(manager: Manager, school: Any) -> None:
    manager.send({"pupils.csv": PUPILS + GOOD})
    see(school)
    job = ImportJob.objects.get(school=school)
    ImportJob.objects.filter(pk=job.pk).update(state="applying")
    assert "Waiting for its turn" in manager.get(manager.address).content.decode()
    progress.tell(progress.key(job), {"kind": "attendance", "done": 5000, "of": 21840})
    part = manager.get(manager.address, HTTP_HX_REQUEST="true").content.decode()
    assert "Attendance …" in part and "5,000 of 21,840 rows" in part
    assert 'max="21840" value="5000"' in part and 'hx-trigger="load delay:300ms, every 1s"' in part
    ImportJob.objects.filter(pk=job.pk).update(state_at=timezone.now() - dt.timedelta(seconds=10))
    part = manager.get(manager.address, HTTP_HX_REQUEST="true").content.decode()
    assert 'hx-trigger="every 1s"' in part  # a long work is asked about less often


def test_all_or_nothing_brings_in_nothing_while_a_row_is_left_out(manager: Manager, school: Any) -> None:
    manager.send({"pupils.csv": PUPILS + GOOD + WRONG})
    page = manager.post(f"{manager.address}apply/", {"strict": "on"}).content.decode()
    assert "Nothing was brought in: 1 row" in page
    see(school)
    assert not Pupil.objects.filter(school=school).exists()


def test_files_that_are_put_away_are_gone_and_bring_nothing(
    manager: Manager, settings: Any, school: Any
) -> None:
    manager.send({"pupils.csv": PUPILS + GOOD})
    page = manager.post(f"{manager.address}put-away/").content.decode()
    assert "put away" in page
    assert list(Path(settings.MEDIA_ROOT).rglob("pupils.csv")) == []
    see(school)
    assert ImportJob.objects.get(school=school).state == "stopped"


INCIDENTS = "Surname,Forename,DOB,Date,Type\nMensah,Kai,25/03/2014,20/10/2026,Rudeness\n"


@pytest.mark.parametrize(("same", "incidents"), [(True, 1), (False, 0)])
def test_whether_a_name_and_birthday_are_a_pupil_here_is_asked_once_on_the_page(
    manager: Manager, school: Any, same: bool, incidents: int
) -> None:
    manager.send({"pupils.csv": PUPILS + GOOD})
    manager.post(f"{manager.address}apply/")
    page = manager.send({"incidents.csv": INCIDENTS}).content.decode()
    assert "Are these the same pupils?" in page and "Kai Mensah, born 25 March 2014" in page
    see(school)
    (key,) = ImportJob.objects.filter(school=school).latest("pk").proposals
    kai = Pupil.objects.get(school=school)
    page = manager.post(f"{manager.address}answers/", {f"same-{key}": kai.uuid if same else "other"})
    assert "Taken for the same pupils" in page.content.decode()
    manager.post(f"{manager.address}apply/")
    assert Incident.objects.filter(school=school, pupil=kai).count() == incidents
    again = manager.send({"incidents.csv": INCIDENTS}).content.decode()
    assert "Are these the same pupils?" not in again


def test_a_file_that_is_too_large_is_refused_with_what_to_do_and_kept_nowhere(
    manager: Manager, school: Any, settings: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("iap.imports.forms.upload.LARGEST", 100)
    answer = manager.client.post("/imports/", {"exports": [SimpleUploadedFile("pupils.csv", b"x" * 101)]})
    assert answer.status_code == 422
    assert "Send it in parts, or as a zip" in answer.content.decode()
    assert list(Path(settings.MEDIA_ROOT).rglob("pupils.csv")) == []
    see(school)
    assert not ImportJob.objects.filter(school=school).exists()


def test_files_that_nobody_brings_in_go_after_a_day_and_the_page_says_so(
    manager: Manager, school: Any, settings: Any
) -> None:
    manager.send({"pupils.csv": PUPILS + GOOD})
    tasks.sweep_old()
    assert "What would change" in manager.get(manager.address).content.decode()
    long_ago = time.time() - uploads.KEPT - 1
    see(school)
    os.utime(uploads.folder(ImportJob.objects.get(school=school)), (long_ago, long_ago))
    tasks.sweep_old()
    assert list(Path(settings.MEDIA_ROOT).rglob("pupils.csv")) == []
    page = manager.get(manager.address).content.decode()
    assert "kept for a day, and nobody brought them in" in page and "Try again" not in page
    assert "Not finished yet" not in manager.get("/imports/").content.decode()


def test_of_another_schools_files_nothing_can_be_brought_in(manager: Manager, school: Any) -> None:
    manager.send({"pupils.csv": several(0).decode()})
    manager.post(f"{manager.address}apply/")
    page = manager.send({"pupils.csv": several(500).decode(), "staff.csv": STAFF}).content.decode()
    assert "This looks like another school’s file" in page and "How the files were read" in page
    assert "Nothing can be brought in" in page and "Rows by kind" not in page
    assert "Bring" not in page.split("</h1>")[1]
    page = manager.post(f"{manager.address}apply/").content.decode()
    assert "This looks like another school’s file" in page
    see(school)
    assert not StaffMember.objects.filter(school=school).exists()


def test_where_every_row_is_left_out_the_page_says_what_to_do(manager: Manager) -> None:
    page = manager.send({"pupils.csv": PUPILS + WRONG}).content.decode()
    assert "already in" not in page
    assert "mend what is left out" in page


def test_what_is_listed_can_be_sought_and_paged(manager: Manager) -> None:
    wrong = "".join(f"x{n},Y,Z,25/03/2014,8\n" for n in range(45))
    manager.send({"pupils.csv": PUPILS + GOOD + wrong})
    address = f"{manager.address}?kind=pupils&what=refused"
    assert manager.get(f"{address}&q=x44").content.decode().count("is not a UPN") == 1
    last = manager.get(f"{address}&page=3").content.decode()
    assert "pupils.csv, row&nbsp;47" in last and "pupils.csv, row&nbsp;3<" not in last
    assert "pupils.csv, row&nbsp;47" in manager.get(f"{address}&q=row+47").content.decode()
    assert "No row holds all of these words" in manager.get(f"{address}&q=nobody").content.decode()


def test_files_are_read_again_only_after_a_trouble_of_ours(manager: Manager, school: Any) -> None:
    page = manager.send({"school.zip": b"PK\x03\x04 and no more"}).content.decode()
    assert "Choose files again" in page and "Try again" not in page
    manager.send({"pupils.csv": PUPILS + GOOD})
    see(school)
    working.stop(ImportJob.objects.get(school=school, state="checked"), working.OURS)
    assert "Try again" in manager.get(manager.address).content.decode()
    assert "What would change" in manager.post(f"{manager.address}again/").content.decode()


@pytest.mark.parametrize(
    ("said", "kept"),
    [("end", "1 not in the file: taken as gone"), ("stay", "Not in the file: stay as they were")],
)
def test_the_record_says_what_became_of_those_not_in_the_file(manager: Manager, said: str, kept: str) -> None:
    manager.send({"pupils.csv": PUPILS + GOOD + GOOD.replace("B801200005001", "M80120000500A")})
    manager.post(f"{manager.address}apply/")
    manager.send({"pupils.csv": PUPILS + GOOD})
    page = manager.post(f"{manager.address}apply/", {"gone-pupils": said}).content.decode()
    assert "Brought in</h1>" in page and kept in page


def test_a_sending_that_waits_is_listed_by_the_names_of_its_files(manager: Manager) -> None:
    manager.send({"pupils.csv": PUPILS + GOOD, "staff.csv": STAFF, "odd.csv": "A,B\n1,2\n"})
    assert "odd.csv, pupils.csv and 1 more" in manager.get("/imports/").content.decode()
