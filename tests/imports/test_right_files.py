"""Files of another school or year that come without a list of pupils: somebody has to say that they are right."""

import datetime as dt
import os
import time
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from iap.imports.intake import Choices
from iap.imports.models import ImportJob, ImportRun, State
from iap.imports.run import import_files, import_tables
from iap.imports.tables import Sending, Table
from iap.inbox.models import Message
from iap.nightly import tasks
from iap.schools.models import CycleWeek, Period, StaffMember
from pupils.models import Pupil
from tests.factories import see, upn_number
from tests.imports.conftest import Manager
from tests.imports.test_rows import sent
from timetables.models import ClassMember, MainstreamLesson

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
CLASSES = [f"8{letter}/En" for letter in "abcde"]
MANY = 24
WEEK = dt.timedelta(weeks=1)


def pupils(year: int = 8, start: int = 0) -> str:
    rows = (f"{upn_number(n)},Mensah{n},Kai,25/03/2014,{year}\n" for n in range(start, start + MANY))
    return "UPN,Surname,First name,Date of birth,Year group\n" + "".join(rows)


def staff(code: str = "A", name: str = "Adeyemi") -> str:
    return "Staff Code,Surname\n" + "".join(f"{code}{n},{name}{n}\n" for n in range(MANY))


def periods(hour: int = 9) -> str:
    rows = (f"{day},{n},{hour + n}:00,{hour + n}:55,lesson\n" for day in DAYS for n in range(1, 6))
    return "Day,Period,Start,End,Kind\n" + "".join(rows)


def calendar(monday: str = "2026-08-31", *, labels: str = "AB") -> str:
    weeks = (dt.date.fromisoformat(monday) + n * WEEK for n in range(MANY))
    rows = (f"{day:%d/%m/%Y},{labels[n % 2]}\n" for n, day in enumerate(weeks))
    return "Week commencing,Week\n" + "".join(rows)


def timetable(moved: int = 0) -> str:
    """Each class on a day of its own, or `moved` by so many days."""
    rows = (
        f"A,{DAYS[(n + moved) % 5]},{period},{group},A0\n"
        for n, group in enumerate(CLASSES)
        for period in range(1, 6)
    )
    return "Week,Day,Period,Class,Staff\n" + "".join(rows)


def members(moved: int = 0, *, some: int = MANY) -> str:
    """Each pupil in a class; the first `some` of them so many classes further."""
    rows = (f"{CLASSES[(n + moved * (n < some)) % 5]},{upn_number(n)}\n" for n in range(MANY))
    return "Class,UPN\n" + "".join(rows)


STANDING = {
    "staff": staff(),
    "periods": periods(),
    "calendar": calendar(),
    "pupils": pupils(),
    "timetable": timetable(),
    "members": members(),
}
OTHERS = {
    "staff of other codes": ("staff", staff("B")),
    "staff of other names under our codes": ("staff", staff(name="Ortiz")),
    "a bell of other times": ("periods", periods(8)),
    "weeks of another year": ("calendar", calendar("2025-09-01")),
    "weeks labelled the other way round": ("calendar", calendar(labels="BA")),
    "lessons of our classes at other times": ("timetable", timetable(1)),
    "our pupils in other classes": ("members", members(1)),
}
of_another = pytest.mark.parametrize(("kind", "text"), OTHERS.values(), ids=OTHERS)


def bring(school: Any, **files: str) -> Any:
    report = import_files(sent(**files), school.urn)
    see(school)
    return report


def what_stands(school: Any) -> list[Any]:
    see(school)
    models: tuple[Any, ...] = (StaffMember, Period, CycleWeek, Pupil, MainstreamLesson, ClassMember)
    return [sorted(model.objects.filter(school=school).values_list()) for model in models]


@pytest.fixture
def standing(school: Any) -> Any:
    """A school that has brought everything in once, of which nothing was in doubt."""
    report = bring(school, **STANDING)
    assert (report.applied, report.doubts, report.refused) == (True, {}, [])
    return school


@of_another
def test_nothing_of_a_file_that_agrees_with_hardly_anything_is_brought_in(
    standing: Any, kind: str, text: str
) -> None:
    before = what_stands(standing)
    report = bring(standing, **{kind: text})
    assert list(report.doubts) == [kind]
    assert report.doubts[kind] == f"none of {text.count(chr(10)) - 1} rows agrees with what stands here."
    assert not report.applied and what_stands(standing) == before


@of_another
def test_it_is_once_somebody_says_that_it_is_right_and_then_never_asked_of_again(
    standing: Any, kind: str, text: str
) -> None:
    sure = Choices(sure=[kind], gone={kind: "end"})
    report = import_files(sent(**{kind: text}), standing.urn, choices=sure)
    assert report.applied and report.created + report.changed >= MANY
    see(standing)
    assert bring(standing, **{kind: text}).doubts == {}


@of_another
def test_what_comes_for_the_first_time_is_in_no_doubt(school: Any, kind: str, text: str) -> None:
    first = {name: STANDING[name] for name in ("staff", "periods", "pupils") if name != kind}
    bring(school, **first)
    assert bring(school, **{kind: text}).doubts == {}


def test_a_new_school_year_that_comes_with_its_pupils_is_in_no_doubt(standing: Any) -> None:
    report = bring(
        standing, **{**STANDING, "pupils": pupils(9), "timetable": timetable(2), "members": members(2)}
    )
    assert (report.applied, report.doubts) == (True, {})
    assert report.of("members").created == MANY and report.of("timetable").created == 25


def test_pupils_who_are_all_new_vouch_for_nothing(standing: Any) -> None:
    report = bring(standing, pupils=pupils(start=500), members=members(1))
    assert (report.applied, list(report.doubts)) == (False, ["members"])


@pytest.mark.parametrize(("moved", "asked"), [(12, False), (13, True)])
def test_it_is_asked_where_more_than_half_is_new(standing: Any, moved: int, asked: bool) -> None:
    assert bool(bring(standing, members=members(1, some=moved)).doubts) is asked


def test_changes_alone_are_all_new_and_in_no_doubt(standing: Any) -> None:
    rows = [line.split(",") for line in staff("B").splitlines()[1:]]
    table = replace(Table.of("changes", ["code", "family_name"], rows, kind="staff"), changes_alone=True)
    assert import_tables(Sending([table]), standing.urn).created == MANY
    said = members(1).replace("\n", ",No\n").replace("UPN,No", "UPN,Ended")
    assert bring(standing, members=said).of("members").created == MANY


def of_pupils(kind: str, start: int, *, known: int = 0) -> dict[str, str]:
    """Rows of a kind about pupils from a number on; so many of the first are ours."""
    heading, row = OF_PUPILS[kind]
    numbers = (n if n < known else n + start for n in range(MANY))
    return {kind: heading + "".join(row.format(upn_number(n)) for n in numbers)}


OF_PUPILS = {
    "contacts": ("UPN,Priority,Name\n", "{},1,Ama Mensah\n"),
    "suspensions": ("UPN,Start Date,Sessions\n", "{},20/10/2026,2\n"),
    "attendance": ("UPN,Date,Session,Mark\n", "{},20/10/2026,AM,/\n"),
    "members": ("Class,UPN\n", "8a/En,{}\n"),
    "scores": ("UPN,Date,Assessment,Score\n", "{},20/10/2026,SDQ,12\n"),
}


@pytest.mark.parametrize("kind", OF_PUPILS)
def test_a_file_in_which_nobody_is_a_pupil_here_is_called_another_schools(standing: Any, kind: str) -> None:
    before = what_stands(standing)
    report = bring(standing, **of_pupils(kind, 500))
    (whole,) = (row for row in report.refused if row.row == 0)
    assert whole.reason.startswith("None of its 24 rows is about a pupil of this school")
    assert report.changes == 0 and what_stands(standing) == before


@pytest.mark.parametrize("kind", sorted(OF_PUPILS.keys() - {"scores"}))
def test_a_file_in_which_somebody_is_a_pupil_here_is_not(standing: Any, kind: str) -> None:
    assert all(row.row for row in bring(standing, **of_pupils(kind, 500, known=1)).refused)


def test_where_no_pupils_are_yet_they_are_to_come_first(school: Any) -> None:
    reasons = {row.reason for row in bring(school, **of_pupils("contacts", 500)).refused}
    assert len(reasons) == MANY and all("Import pupils first." in reason for reason in reasons)


def test_the_page_asks_and_brings_nothing_in_until_it_is_said(manager: Manager, standing: Any) -> None:
    before = what_stands(standing)
    page = manager.send({"members.csv": members(1)}).content.decode()
    assert "Class membership: none of 24 rows agrees with what stands here." in page
    assert "Class membership: they are this school’s, and of now" in page
    answer = manager.post(f"{manager.address}apply/", {"gone-members": "end"}, follow=False)
    assert answer.status_code == 422
    assert "If it is not, put these files away." in answer.content.decode()
    assert what_stands(standing) == before
    said = {"gone-members": "end", "sure-members": "on"}
    assert "Brought in</h1>" in manager.post(f"{manager.address}apply/", said).content.decode()
    assert what_stands(standing) != before
    page = manager.send({"members.csv": members(1)}).content.decode()
    assert "Are these the right files" not in page and "already in" in page


def test_what_another_import_has_put_in_doubt_meanwhile_is_asked_about(
    manager: Manager, standing: Any
) -> None:
    manager.send({"members.csv": members()})
    import_files(
        sent(members=members(1)), standing.urn, choices=Choices(sure=["members"], gone={"members": "end"})
    )
    page = manager.post(f"{manager.address}apply/").content.decode()
    assert "were checked again" in page and "Are these the right files" in page
    assert (
        "Brought in</h1>" in manager.post(f"{manager.address}apply/", {"sure-members": "on"}).content.decode()
    )


def test_what_was_said_of_files_is_asked_again_where_they_had_to_be_checked_again(
    manager: Manager, standing: Any
) -> None:
    manager.send({"members.csv": members(1)})
    bring(standing, staff=staff().replace("Adeyemi3", "Adeyemi-Kaur"))
    said = {"sure-members": "on"}
    page = manager.post(f"{manager.address}apply/", said).content.decode()
    assert "were checked again" in page and "Are these the right files" in page
    assert "Brought in</h1>" in manager.post(f"{manager.address}apply/", said).content.decode()


@pytest.fixture
def night(
    settings: Any, tmp_path: Path, standing: Any, django_capture_on_commit_callbacks: Any
) -> Callable[[str], ImportJob]:
    """One night in which such a list of members lies in the watched folder."""
    settings.MEDIA_ROOT, settings.IMPORT_FOLDER = tmp_path / "media", str(tmp_path / "watched")
    (there := tmp_path / "watched" / standing.urn).mkdir(parents=True)

    def run(text: str) -> ImportJob:
        (there / "members.csv").write_text(text)
        os.utime(there / "members.csv", (time.time() - 3600,) * 2)
        for sweep in (tasks.sweep_folders, tasks.sweep_needs):
            with django_capture_on_commit_callbacks(execute=True):
                sweep()
        see(standing)
        return ImportJob.objects.filter(school=standing).latest("pk")

    return run


def test_by_night_it_waits_and_the_data_manager_is_told_who_can_let_it_in(
    night: Any, standing: Any, client: Any, data_manager: Any, django_capture_on_commit_callbacks: Any
) -> None:
    job = night(members(1))
    assert job.state == State.CHECKED
    message = Message.objects.get()
    assert message.to == data_manager and "looks like another school’s" in message.text
    client.force_login(data_manager)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{message.link}apply/", {"sure-members": "on", "gone-members": "end"})
    see(standing)
    job.refresh_from_db()
    assert job.state == State.APPLIED
    assert night(members(1, some=22)).state == State.APPLIED  # the next night goes in by itself


def test_the_command_brings_it_in_only_where_it_is_told_to(
    standing: Any, data_manager: Any, tmp_path: Path
) -> None:
    (tmp_path / "timetable.csv").write_text(timetable(1))
    runs = ImportRun.objects.filter(school=standing).count()

    def command(*options: str) -> None:
        call_command(
            "import_mis", str(tmp_path), "--school", standing.urn, *options, stdout=StringIO(), verbosity=0
        )
        see(standing)

    for _ in range(2):
        with pytest.raises(CommandError, match="say so with --sure"):
            command()
    see(standing)
    assert ImportRun.objects.filter(school=standing).count() == runs
    message = Message.objects.get()
    assert message.to == data_manager and "another year’s" in message.text
    command("--sure")
    assert ImportRun.objects.filter(school=standing).count() == runs + 1
