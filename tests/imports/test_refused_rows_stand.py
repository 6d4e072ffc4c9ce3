"""A row that is left out stands in its file all the same: what it is about is not gone."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from iap.imports.intake import Choices
from iap.imports.run import import_files
from iap.schools.models import CycleWeek, StaffMember
from pupils.models import AttendanceMark, Contact, Pupil, Suspension
from tests.factories import upn_number
from tests.imports.conftest import Manager
from tests.imports.test_rows import PUPILS, TIMETABLE, in_school, sent
from timetables.models import ClassMember, LessonTeacher, MainstreamLesson

KAI, AMA = upn_number(0), upn_number(1)
BOTH = f"{KAI},Mensah,Kai,25/03/2014,8\n{AMA},Owusu,Ama,26/03/2014,8\n"
END = {"pupils": "end", "staff": "end", "contacts": "end", "suspensions": "end", "attendance": "end"}


def bring(**files: str) -> Any:
    return import_files(sent(**files), "123456", choices=Choices(gone={**END, "calendar": "end"}))


@pytest.mark.parametrize(
    "row",
    [
        f"{AMA},Owusu,Ama,31/02/2014,8\n",  # a slip in the date
        f"{AMA},Owusu,Ama,26/03/2014,8\n{AMA},Owusu,Amma,26/03/2014,8\n",  # two rows at odds
        f"X{AMA[1:]},Owusu,Ama,26/03/2014,8\n",  # a slip in the number
        ",Owusu,Ama,26/03/2014,8\n",  # perhaps she, which nobody has said yet
    ],
)
def test_a_pupil_whose_row_is_left_out_has_not_left(row: str) -> None:
    bring(pupils=PUPILS + BOTH)
    report = bring(pupils=PUPILS + BOTH.splitlines(keepends=True)[0] + row)
    assert report.left_out
    assert report.of("pupils").gone == 0
    assert not Pupil.objects.filter(school=in_school()).exclude(left_on=None).exists()


def test_a_pupil_in_no_row_has_left() -> None:
    bring(pupils=PUPILS + BOTH)
    bring(pupils=PUPILS + BOTH.splitlines(keepends=True)[0])
    assert Pupil.objects.get(school=in_school(), upn=AMA).left_on


def test_staff_whose_row_is_left_out_have_not_left() -> None:
    bring(staff="Staff Code,Surname,QTS\nABC,Adeyemi,Yes\nDEF,Ortiz,Yes\n")
    bring(staff="Staff Code,Surname,QTS\nABC,Adeyemi,Yes\nDEF,Ortiz,perhaps\n")
    assert not StaffMember.objects.filter(school=in_school()).exclude(left_on=None).exists()


def test_a_week_whose_row_is_left_out_is_not_closed() -> None:
    weeks = "Week commencing,Week,Closures\n02/11/2026,A,\n09/11/2026,B,\n16/11/2026,A,\n"
    bring(calendar=weeks)
    bring(calendar=weeks.replace("09/11/2026,B,", "09/11/2026,B,31/02/2026"))
    assert CycleWeek.objects.filter(school=in_school(), monday="2026-11-09").exists()


@pytest.mark.parametrize(
    ("kind", "heading", "good", "bad", "model"),
    [
        (
            "contacts",
            "UPN,Priority,Name",
            f"{KAI},1,Efua\n{KAI},2,Yaw\n",
            f"{KAI},1,Efua\n{KAI},2,\n",
            Contact,
        ),
        (
            "suspensions",
            "UPN,Start Date,Sessions",
            f"{KAI},20/10/2026,2\n{KAI},27/10/2026,2\n{AMA},27/10/2026,1\n",
            f"{KAI},20/10/2026,2\n{KAI},27/10/2026,many\n{AMA},27/10/2026,1\n",
            Suspension,
        ),
        (
            "attendance",
            "UPN,Date,Session,Mark",
            f"{KAI},20/10/2026,AM,/\n{KAI},21/10/2026,AM,/\n{KAI},22/10/2026,AM,/\n",
            f"{KAI},20/10/2026,AM,/\n{KAI},21/10/2026,AM,?\n{KAI},22/10/2026,AM,/\n",
            AttendanceMark,
        ),
        (
            "attendance",
            "UPN,Date,Session,Mark",
            f"{KAI},20/10/2026,AM,/\n{KAI},21/10/2026,AM,/\n{KAI},22/10/2026,AM,/\n",
            f"{KAI},20/10/2026,AM,/\n{KAI},21/10/2026,AM,#N/A\n{KAI},22/10/2026,AM,/\n",
            AttendanceMark,
        ),
    ],
)
def test_what_stands_of_a_pupil_is_not_taken_out_for_a_slip(
    kind: str, heading: str, good: str, bad: str, model: Any
) -> None:
    bring(pupils=PUPILS + BOTH, **{kind: f"{heading}\n{good}"})
    before = model.objects.filter(school=in_school()).count()
    report = bring(**{kind: f"{heading}\n{bad}"})
    assert report.left_out and report.of(kind).gone == 0
    assert model.objects.filter(school=in_school()).count() == before


@pytest.mark.parametrize(
    ("kind", "file", "model"),
    [
        (
            "timetable",
            TIMETABLE["timetable"].replace("ABC,E1\nMonday,2", "ABC,#REF!\nMonday,2"),
            MainstreamLesson,
        ),
        (
            "members",
            TIMETABLE["members"].replace("Class,UPN", "Class,UPN,Subject").replace("001\n", "001,#REF!\n"),
            ClassMember,
        ),
    ],
)
def test_what_stands_in_a_timetable_goes_on_where_a_formula_went_wrong(
    kind: str, file: str, model: Any
) -> None:
    with time_machine.travel("2026-11-23 09:00"):
        import_files(sent(**TIMETABLE), "123456")
    with time_machine.travel("2026-11-30 09:00"):
        report = import_files(sent(**{kind: file}), "123456", choices=Choices(gone={kind: "end"}))
    counts = report.of(kind)
    assert any("a formula went wrong" in row.reason for row in [*counts.refused, *counts.warnings])
    assert not model.objects.filter(school=in_school()).exclude(valid_to=None).exists()


def test_a_lesson_whose_teacher_is_not_known_yet_goes_on() -> None:
    with time_machine.travel("2026-11-23 09:00"):
        import_files(sent(**TIMETABLE), "123456")
    with time_machine.travel("2026-11-30 09:00"):
        moved = TIMETABLE["timetable"].replace("ABC,E1", "NEW,E1")
        report = import_files(sent(timetable=moved), "123456", choices=Choices(gone={"timetable": "end"}))
    school = in_school()
    assert report.left_out and report.of("timetable").gone == 0
    assert not MainstreamLesson.objects.filter(school=school).exclude(valid_to=None).exists()
    assert not LessonTeacher.objects.filter(school=school).exclude(valid_to=None).exists()


def test_a_pupil_stays_in_their_class_while_a_row_waits_for_an_answer() -> None:
    with time_machine.travel("2026-11-23 09:00"):
        import_files(sent(**TIMETABLE), "123456")
    school = in_school()
    known = Pupil.objects.filter(school=school).first()
    assert known is not None
    rows = "".join(
        f"{each.mainstream_class.name},{known.given_name},{known.family_name},{known.born_on:%d/%m/%Y}\n"
        for each in ClassMember.objects.filter(school=school, pupil=known).select_related("mainstream_class")
    )
    with time_machine.travel("2026-11-30 09:00"):
        told = Choices(gone={"members": "end"})
        import_files(sent(members=f"Class,Forename,Surname,DOB\n{rows}"), "123456", choices=told)
    assert not ClassMember.objects.filter(school=in_school(), pupil=known).exclude(valid_to=None).exists()


@pytest.mark.parametrize("kind", ["timetable", "members"])
def test_what_stays_though_the_file_does_not_hold_it_is_counted_once(kind: str) -> None:
    with time_machine.travel("2026-11-23 09:00"):
        report = import_files(sent(**TIMETABLE), "123456")
    held = report.of(kind).created
    with time_machine.travel("2026-11-30 09:00"):
        part = "".join(TIMETABLE[kind].splitlines(keepends=True)[:2])
        counts = import_files(sent(**{kind: part}), "123456", choices=Choices(gone={kind: "stay"})).of(kind)
    assert counts.gone and not counts.ended
    assert counts.unchanged + counts.gone == held


def test_where_rows_are_left_out_nothing_ends_unless_somebody_says_so(manager: Manager, school: Any) -> None:
    periods = "Day,Period,Start,End\nMonday,1,09:00,10:00\nMonday,2,10:00,11:00\nMonday,3,11:00,12:00\n"
    lessons = "Day,Period,Class,Staff\n" + "".join(f"Monday,{n},8x/En,ABC\n" for n in (1, 2, 3))
    staff = "Staff Code,Surname\nABC,Adeyemi\n"
    manager.send({"periods.csv": periods, "staff.csv": staff, "timetable.csv": lessons})
    manager.post(f"{manager.address}apply/")
    fewer = lessons.replace("Monday,2,8x/En,ABC\n", "").replace("Monday,3,8x/En", "Monday,9,8x/En")
    manager.send({"timetable.csv": fewer})
    manager.post(f"{manager.address}apply/")
    ended = MainstreamLesson.objects.filter(school=in_school(school.urn), valid_to__lte=dt.date(2100, 1, 1))
    assert not ended.exists()


def test_marks_that_are_taken_out_are_recorded_as_taken_out() -> None:
    marks = f"UPN,Date,Session,Mark\n{KAI},02/11/2026,AM,/\n{KAI},03/11/2026,AM,/\n{KAI},04/11/2026,AM,/\n"
    bring(pupils=PUPILS + BOTH, attendance=marks)
    counts = bring(attendance=marks.replace(f"{KAI},03/11/2026,AM,/\n", "")).of("attendance")
    assert (counts.gone, counts.ended) == (1, 1)
    assert not AttendanceMark.objects.filter(school=in_school(), day="2026-11-03").exists()
