"""What a run writes is counted and listed before it is written, and in the record of it."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from iap.imports.run import import_files
from iap.schools.models import AcademicYear
from tests.factories import see
from tests.imports.conftest import Files, Manager, read_out
from tests.imports.test_oneroster import BULK, CLASSES, ENROLLED, KAI, ORGS, USERS, zipped
from tests.imports.test_rows import TIMETABLE, sent
from timetables.models import ClassMember, LessonTeacher, MainstreamClass

TODAY = dt.date(2026, 11, 30)


@pytest.fixture
def every_week(school: Any) -> None:
    """All weeks have the same timetable."""
    school.cycle_weeks = 1
    school.save()


@pytest.fixture
def begun(school: Any, every_week: None) -> None:
    """The school's timetable has stood for a week; its second lesson has no teacher."""
    with time_machine.travel("2026-11-23 09:00"):
        import_files(sent(**TIMETABLE | {"timetable": ONE_TAUGHT}), school.urn)
    see(school)


ONE_TAUGHT = TIMETABLE["timetable"].replace("2,8x/En,English,ABC", "2,8x/En,English,")


def brought(manager: Manager, files: Files) -> tuple[str, str]:
    """The page before these files are brought in, and the record of it."""
    page = read_out(manager.send(files))
    record = read_out(manager.post(f"{manager.address}apply/"))
    again = read_out(manager.send(files))
    assert "Nothing would change: these files are already in." in again
    return page, record


@pytest.fixture(autouse=True)
def on_a_monday() -> Any:
    with time_machine.travel("2026-11-30 09:00", tick=False):
        yield


def test_a_lesson_that_gets_its_first_teacher_is_a_change(begun: None, manager: Manager, school: Any) -> None:
    files: Files = {"timetable.csv": TIMETABLE["timetable"]}
    page = read_out(manager.send(files))
    assert "Nothing would change" not in page
    assert "8x/En: Monday 2 Teachers: → ABC" in manager.listed("timetable", "changed")
    _, record = brought(manager, files)
    assert "It changed nothing" not in record
    assert LessonTeacher.objects.filter(school=school, valid_from=TODAY).count() == 1


def test_so_is_one_that_began_today(every_week: None, manager: Manager, school: Any) -> None:
    import_files(sent(**TIMETABLE | {"timetable": ONE_TAUGHT}), school.urn)
    page, _ = brought(manager, {"timetable.csv": TIMETABLE["timetable"]})
    assert "Nothing would change" not in page


def test_a_room_and_a_teacher_of_one_lesson_are_one_change(begun: None, school: Any) -> None:
    moved = TIMETABLE["timetable"].replace("2,8x/En,English,ABC,E1", "2,8x/En,English,ABC,E9")
    counts = import_files(sent(timetable=moved), school.urn).of("timetable")
    assert (counts.created, counts.changed, counts.unchanged) == (0, 1, 1)


@pytest.mark.parametrize("kind", ["timetable", "members"])
def test_a_class_whose_subject_alone_changes_is_a_change(
    begun: None, manager: Manager, school: Any, kind: str
) -> None:
    table = {
        "timetable": ONE_TAUGHT.replace("English", "Drama"),
        "members": "Class,UPN,Subject\n8x/En,B801200005001,Drama\n8x/Ma,B801200005001,\n",
    }[kind]
    files: Files = {f"{kind}.csv": table}
    page = read_out(manager.send(files))
    assert "Nothing would change" not in page
    assert "8x/En Subject: English → Drama" in manager.listed(kind, "changed")
    brought(manager, files)
    assert MainstreamClass.objects.get(school=school, name="8x/En").subject == "Drama"


def test_memberships_that_only_end_are_changes(manager: Manager, school: Any) -> None:
    with time_machine.travel("2026-11-23 09:00"):
        import_files([zipped(BULK)], school.urn)
    see(school)
    enrolled = ENROLLED + "e2,tobedeleted,2026-11-29,c2,o1,p1,student,,,\n"
    delta = {"orgs": ORGS, "users": USERS + KAI, "classes": CLASSES, "enrollments": enrolled}
    files: Files = {"oneroster.zip": zipped(delta, enrollments="delta", users="delta").content}
    page = read_out(manager.send(files))
    assert "Nothing would change" not in page
    assert "Kai Mensah: 8x/Ma1 In this class: Yes → No" in manager.listed("members", "changed")
    brought(manager, files)
    assert ClassMember.objects.get(school=school, mainstream_class__name="8x/Ma1").valid_to == TODAY


def test_a_school_year_that_becomes_longer_is_a_change(begun: None, manager: Manager, school: Any) -> None:
    AcademicYear.objects.filter(school=school).update(ends_on=dt.date(2026, 11, 20))
    manager.send({"calendar.csv": TIMETABLE["calendar"]})
    assert "Last day: 20 November 2026 → 27 November 2026" in manager.listed("calendar", "changed")
    manager.post(f"{manager.address}apply/")
    assert AcademicYear.objects.get(school=school).ends_on == dt.date(2026, 11, 27)
