"""Wrong rows are left out and named; good ones go in; nothing happens twice or by halves."""

import datetime as dt
import json
import threading
from io import StringIO
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from iap.imports.intake import Choices
from iap.imports.models import ImportRun
from iap.imports.reading import File, Unreadable
from iap.imports.run import import_files, import_folder
from iap.schools.models import Period, School, StaffMember
from iap.tenancy import context
from pupils.models import Pupil
from tests.factories import upn_number
from tests.imports.test_sample_schools import FOLDERS
from timetables.models import ClassMember, MainstreamLesson

PUPILS = "UPN,Surname,First name,Date of birth,Year group\n"
GOOD = "B801200005001,Mensah,Kai,05/03/2014,Year 8\n"


def sent(**files: str | bytes) -> list[File]:
    return [
        File(f"{name.replace('_', '-')}.csv", text.encode() if isinstance(text, str) else text)
        for name, text in files.items()
    ]


def in_school(urn: str = "123456") -> School:
    school = School.objects.get(urn=urn)
    context.enter([school.pk])
    return school


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=lambda folder: folder.name)
def test_each_wrong_row_is_named_by_file_row_column_and_reason(folder: Path) -> None:
    content = (folder / "pupils-with-errors.csv").read_bytes()
    report = import_files([File("pupils-with-errors.csv", content)], "123456")
    expected = json.loads((folder / "expected.json").read_text())["error_file"]
    rows = {refusal.row for refusal in report.refused}
    assert (
        set(expected["rejected_rows"])
        <= rows
        <= set(expected["rejected_rows"]) | set(expected["rejected_optional"])
    )
    assert all(
        refusal.file == "pupils-with-errors.csv" and refusal.column and refusal.reason
        for refusal in report.refused
    )
    assert Pupil.objects.filter(school=in_school()).count() == expected["rows"] - len(rows)


def test_strict_applies_nothing_when_a_row_is_refused() -> None:
    report = import_files(sent(pupils=PUPILS + GOOD + "x,Y,Z,05/03/2014,8\n"), "123456", strict=True)
    assert (report.applied, len(report.refused)) == (False, 1)
    assert not School.objects.filter(urn="123456").exists()


def test_a_dry_run_tells_all_and_writes_nothing() -> None:
    report = import_files(sent(pupils=PUPILS + GOOD), "123456", dry_run=True)
    assert (report.of("pupils").created, report.applied) == (1, False)
    assert not School.objects.filter(urn="123456").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_names_survive_whatever_the_file_is_written_in(encoding: str) -> None:
    text = f'"House, if any",{PUPILS},B801200005001,Ó Briain,Siân,2014-03-05,08\n'
    import_files(sent(pupils=text.encode(encoding, errors="strict")), "123456")
    pupil = Pupil.objects.get(school=in_school())
    assert (pupil.given_name, pupil.family_name, pupil.year_group) == ("Siân", "Ó Briain", "8")


def test_an_accent_beside_its_letter_is_the_same_as_one_upon_it() -> None:
    text = PUPILS + GOOD.replace("Kai", "Siân")
    import_files(sent(pupils=normalize("NFD", text)), "123456")
    assert Pupil.objects.get(school=in_school()).given_name == normalize("NFC", "Siân")
    assert import_files(sent(pupils=normalize("NFC", text)), "123456").of("pupils").unchanged == 1


def test_one_letter_that_cannot_be_read_spoils_its_own_row_and_no_other() -> None:
    rows = [
        f"{upn_number(n)},Mensah,{name},25/03/2014,8\n" for n, name in enumerate(["Siân", "Zoë", "Renée"])
    ]
    spoilt = (PUPILS + "".join(rows)).encode().replace("ë".encode(), b"\xeb")
    (refused,) = import_files(sent(pupils=spoilt), "123456").refused
    assert (refused.row, refused.column) == (
        3,
        "First name",
    ) and "A letter of “Zo�” was lost" in refused.reason
    assert set(Pupil.objects.filter(school=in_school()).values_list("given_name", flat=True)) == {
        "Siân",
        "Renée",
    }


def test_a_date_of_leaving_is_the_last_day_on_roll() -> None:
    heading, rows = PUPILS.strip() + ",Date of leaving\n", GOOD.strip() + ",23/10/2026\n"
    import_files(sent(pupils=heading + rows + f"{upn_number(1)},Mensah,Ama,25/03/2014,8,\n"), "123456")
    left = Pupil.objects.filter(school=in_school()).values_list("given_name", "left_on")
    assert dict(left) == {"Kai": dt.date(2026, 10, 24), "Ama": None}


def test_the_same_row_twice_counts_once_and_two_that_differ_are_both_left_out() -> None:
    twice = import_files(sent(pupils=PUPILS + GOOD + GOOD.replace("Kai", "Kai ")), "123456")
    assert (twice.of("pupils").created, twice.refused) == (1, [])
    differ = import_files(sent(pupils=PUPILS + GOOD + GOOD.replace("Kai", "Ama")), "123457")
    assert [refusal.row for refusal in differ.refused] == [2, 3]


def test_another_products_headings_are_known() -> None:
    text = (
        "Unique Pupil Number;Last Name;Given Name;Birth Date;NC Year;Reg Group\n"
        "B801200005001;Mensah;Kai;5 Mar 2014;9;9R\n"
    )
    import_files(sent(learners=text), "123456")
    pupil = Pupil.objects.get(school=in_school())
    assert (pupil.year_group, pupil.tutor_group, pupil.born_on) == ("9", "9R", dt.date(2014, 3, 5))


def test_a_part_of_the_timetable_ends_nothing() -> None:
    many = "".join(f"8x/C{n},B801200005001\n" for n in range(6))
    import_files(sent(**{**TIMETABLE, "members": f"Class,UPN\n{many}"}), "123456")
    report = import_files(sent(members="Class,UPN\n8x/C1,B801200005001\n"), "123456")
    assert "taken for a part" in report.warnings[0].reason
    assert ClassMember.objects.filter(school=in_school(), valid_to=None).count() == 6


def test_a_file_without_a_needed_column_says_which() -> None:
    report = import_files(sent(pupils="UPN,Surname\nB801200005001,Mensah\n"), "123456")
    assert "Legal Forename" in report.refused[0].reason
    assert report.refused[0].row == 0


@pytest.mark.parametrize("content", [b"PK\x03\x04rest", b"%PDF-1.7", b""])
def test_what_is_no_table_is_left_out_with_what_to_do(content: bytes) -> None:
    report = import_files(sent(pupils=content), "123456")
    assert report.refused[0].file == "pupils.csv"


def test_a_damaged_zip_says_what_to_do() -> None:
    with pytest.raises(Unreadable, match="Make the zip again"):
        import_files([File("all.zip", b"PK\x03\x04")], "123456")


def test_an_unusable_address_of_staff_is_dropped_with_a_warning_and_the_person_kept() -> None:
    report = import_files(sent(staff="Staff Code,Surname,Email\nABC,Adeyemi,not an address\n"), "123456")
    assert len(report.warnings) == 1
    assert StaffMember.objects.get(school=in_school()).email == ""


TIMETABLE = {
    "staff": "Staff Code,Surname\nABC,Adeyemi\n",
    "periods": "Day,Period,Start,End,Kind\nMonday,1,09:00,10:00,lesson\nMonday,2,10:00,11:00,lesson\n",
    "calendar": "Week commencing,Week,Closures\n31/08/2026,,\n23/11/2026,,\n",
    "pupils": PUPILS + GOOD,
    "timetable": "Day,Period,Class,Subject,Staff,Room\nMonday,1,8x/En,English,ABC,E1\nMonday,2,8x/En,English,ABC,E1\n",
    "members": "Class,UPN\n8x/En,B801200005001\n8x/Ma,B801200005001\n",
}


def test_a_lesson_that_changes_room_keeps_its_past() -> None:
    with time_machine.travel("2026-11-23 09:00"):
        import_files(sent(**TIMETABLE), "123456")
    moved = {
        **TIMETABLE,
        "timetable": TIMETABLE["timetable"].replace(
            "Monday,2,8x/En,English,ABC,E1", "Monday,2,8x/En,English,ABC,E9"
        ),
    }
    with time_machine.travel("2026-11-30 09:00"):
        report = import_files(sent(**moved), "123456")
        assert (report.of("timetable").changed, report.of("timetable").unchanged) == (1, 1)
    lessons = MainstreamLesson.objects.filter(school=in_school(), period__name="2").order_by("valid_from")
    assert [(x.room, x.valid_from, x.valid_to) for x in lessons] == [
        ("E1", dt.date(2026, 8, 31), dt.date(2026, 11, 30)),
        ("E9", dt.date(2026, 11, 30), None),
    ]


def test_a_lesson_that_changes_room_in_a_file_without_teachers_keeps_its_teacher() -> None:
    text = "Day,Period,Class,Subject,Room\nMonday,1,8x/En,English,E1\nMonday,2,8x/En,English,E9\n"
    with time_machine.travel("2026-11-23 09:00"):
        import_files(sent(**TIMETABLE), "123456")
    with time_machine.travel("2026-11-30 09:00"):
        for file in (text, text.replace("E9", "E8")):  # the second is of a lesson that began today
            report = import_files(sent(timetable=file), "123456")
            assert (report.of("timetable").changed, report.of("timetable").unchanged) == (1, 1)
            assert import_files(sent(timetable=file), "123456").changes == 0
    lessons = MainstreamLesson.objects.filter(school=in_school(), period__name="2")
    taught = {x.room: [(t.teacher.code, t.valid_to) for t in x.teachers.all()] for x in lessons}
    assert taught == {"E1": [("ABC", dt.date(2026, 11, 30))], "E8": [("ABC", None)]}


def test_a_period_that_the_file_holds_no_more_is_taken_out_where_somebody_says_so_and_nothing_stands_in_it() -> (
    None
):
    import_files(sent(**TIMETABLE), "123456")
    rest = "Day,Period,Start,End,Kind\nTuesday,1,09:00,10:00,lesson\n"
    spare = rest + "Monday,1,09:00,10:00,lesson\nMonday,7,16:00,17:00,lesson\n"
    assert import_files(sent(periods=spare), "123456").of("periods").gone == 0  # in Monday 2 a lesson stands
    for end, gone, left in (("stay", 1, {"1", "2", "7"}), ("end", 1, {"1", "2"}), ("end", 0, {"1", "2"})):
        counts = import_files(sent(periods=rest), "123456", choices=Choices(gone={"periods": end})).of(
            "periods"
        )
        assert (counts.gone, counts.ended) == (gone, gone * (end == "end"))
        assert (
            "in use by lessons, sessions or entries, so they stay: Monday 1 and Monday 2."
            in counts.warnings[0].reason
        )
        monday = Period.objects.filter(school=in_school(), weekday=1)
        assert set(monday.values_list("name", flat=True)) == left


def test_the_school_year_and_half_terms_that_weeks_make_are_told_of_beforehand() -> None:
    told = "31 August 2026 to 27 November 2026", "Weeks that follow each other make 2 half terms."
    files = sent(calendar=TIMETABLE["calendar"])
    for dry_run, sentences in ((True, told), (False, told), (False, ())):
        warnings = import_files(files, "123456", dry_run=dry_run).of("calendar").warnings
        assert len(warnings) == len(sentences)
        assert all(sentence in row.reason for sentence, row in zip(sentences, warnings, strict=True))


def test_a_file_without_rooms_leaves_lessons_where_they_are() -> None:
    import_files(sent(**TIMETABLE), "123456")
    text = "Day,Period,Class,Subject,Staff\nMonday,1,8x/En,English,ABC\nMonday,2,8x/En,English,ABC\n"
    assert import_files(sent(timetable=text), "123456").changes == 0
    rooms = MainstreamLesson.objects.filter(school=in_school()).values_list("room", "valid_to")
    assert set(rooms) == {("E1", None)}


def test_a_pupil_who_leaves_a_class_was_in_it_until_then() -> None:
    with time_machine.travel("2026-11-23 09:00"):
        import_files(sent(**TIMETABLE), "123456")
    with time_machine.travel("2026-11-30 09:00"):
        import_files(sent(members="Class,UPN\n8x/En,B801200005001\n"), "123456")
    ended = ClassMember.objects.get(school=in_school(), mainstream_class__name="8x/Ma")
    assert ended.valid_to == dt.date(2026, 11, 30)


def test_the_same_child_may_be_known_to_two_schools() -> None:
    for urn in ("123456", "123457"):
        assert import_files(sent(pupils=PUPILS + GOOD), urn).of("pupils").created == 1


def test_the_command_prints_json_per_kind_and_makes_the_school(tmp_path: Path) -> None:
    (tmp_path / "pupils.csv").write_text(PUPILS + GOOD + "x,Y,Z,05/03/2014,8\n")
    out = StringIO()
    call_command("import_mis", str(tmp_path), "--school", "123456", "--json", stdout=out, verbosity=0)
    found = json.loads(out.getvalue())["pupils"]
    assert (found["created"], found["changed"], found["unchanged"]) == (1, 0, 0)
    assert set(found["refused"][0]) == {"file", "row", "column", "reason"}
    assert School.objects.get(urn="123456").phase == "secondary"


def test_a_command_does_not_guess_at_dates_of_both_orders() -> None:
    mixed = "".join(
        f"{upn_number(n)},Mensah,Kai,{day},8\n"
        for n, day in enumerate(("03/05/2014", "03/25/2014", "25/03/2014"))
    )
    (refusal,) = import_files(sent(pupils=PUPILS + mixed), "123456").refused
    assert (refusal.file, refusal.row, refusal.column) == ("pupils.csv", 0, "Date of birth")
    assert "some fit only the one order, and some only the other" in refusal.reason


def test_the_command_refuses_what_is_no_folder_or_no_urn(tmp_path: Path) -> None:
    for folder, urn in ((str(tmp_path / "none"), "123456"), (str(tmp_path), "12")):
        with pytest.raises(CommandError):
            call_command("import_mis", folder, "--school", urn, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_wait_for_each_other() -> None:
    folder, reports = FOLDERS["380255"], []
    with transaction.atomic():
        School.objects.create(urn="380255", name="Primary", phase="primary", cycle_weeks=1)

    def run() -> None:
        try:
            reports.append(import_folder(folder, "380255"))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(report.of("pupils").created for report in reports) == [0, 210]
    school = School.objects.get(urn="380255")
    with context.within(school.pk):
        assert ImportRun.objects.filter(school=school).count() == 2


def test_what_was_brought_in_touches_no_other_school(other_school: Any) -> None:
    import_files(sent(pupils=PUPILS + GOOD), other_school.urn)
    import_files(sent(pupils=PUPILS + GOOD.replace("Mensah", "Other")), "123457")
    context.enter([other_school.pk])
    assert Pupil.objects.get(school=other_school).family_name == "Mensah"
