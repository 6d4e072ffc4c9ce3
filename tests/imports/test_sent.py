"""Whatever form the files come in, they are brought in through the page."""

import datetime as dt
import io
from typing import Any

import openpyxl

from iap.schools.models import Period, StaffMember
from pupils.models import Pupil
from tests.factories import see
from tests.imports.conftest import Manager, read_out
from tests.imports.test_bad_files import GOOD, line, workbook, zipped
from tests.imports.test_bad_files import HEADING as HEADINGS
from tests.imports.test_page import STAFF

NAMES = {f"Mensah{n}" for n in range(5)}


def as_workbook(table: str) -> bytes:
    return workbook(*[row.split(",") for row in table.splitlines()])


def names_of(school: Any) -> set[str]:
    see(school)
    return set(Pupil.objects.filter(school=school).values_list("family_name", flat=True))


def test_a_workbook_is_brought_in(manager: Manager, school: Any) -> None:
    page = read_out(manager.bring_in({"pupils.xlsx": as_workbook(GOOD)}))
    assert "Brought in" in page and "Pupils 5 0 0 0 0" in page
    assert names_of(school) == NAMES


def test_files_of_one_name_are_told_apart_by_where_they_lie_and_all_are_brought_in(
    manager: Manager, school: Any
) -> None:
    rows = [line(n) for n in range(5)]
    years = zipped(
        **{"7/pupils__csv": HEADINGS + rows[0], "8/pupils__csv": HEADINGS + rows[1] + "x,Y,Z,,,\n"}
    )
    others = zipped(pupils__csv=HEADINGS + rows[2])
    page = read_out(
        manager.bring_in(
            {"years.zip": years, "others.zip": others, "pupils.csv": HEADINGS + rows[3] + rows[4]}
        )
    )
    assert "Pupils 5 0 0 0 1" in page and " 8/pupils.csv, row 3" in page
    assert names_of(school) == NAMES


def test_each_sheet_of_a_workbook_is_a_table_and_its_cells_say_what_they_show(
    manager: Manager, school: Any
) -> None:
    manager.bring_in({"school.xlsx": book(Pupils=PUPILS, Staff=STAFF_ROWS, Periods=PERIODS)})
    see(school)
    kai = Pupil.objects.get(school=school)
    assert (kai.born_on, kai.year_group, kai.mis_id) == (dt.date(2014, 3, 5), "8", "1234")
    assert (kai.pupil_premium, kai.joined_on) == (True, dt.date(2025, 9, 1))
    assert StaffMember.objects.get(school=school).code == "101"
    first = Period.objects.get(school=school, weekday=1, name="1")
    assert (first.starts, first.ends) == (dt.time(9, 5), dt.time(10, 5))


HEADING = ["UPN", "Adno", "Surname", "Forename", "DOB", "Year", "Pupil Premium", "Admission date"]
BORN, JOINED = dt.datetime(2014, 3, 5), dt.date(2025, 9, 1)  # noqa: DTZ001  a cell knows no zone
PUPILS = [HEADING, ["B801200005001", 1234, "Mensah", "Kai", BORN, 8.0, True, JOINED]]
STAFF_ROWS = [["Staff Code", "Surname"], [101, "Adeyemi"]]
PERIODS = [["Day", "Period", "Start", "End", "Kind"], ["Monday", 1, dt.time(9, 5), dt.time(10, 5), "lesson"]]


def book(**sheets: list[list[Any]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.create_sheet("Notes")  # an empty one is no table
    made.save(out := io.BytesIO())
    return out.getvalue()


def test_a_zip_of_a_csv_and_a_workbook_is_brought_in_whole(manager: Manager, school: Any) -> None:
    files = zipped(
        **{"term/pupils__csv": GOOD, "term/staff__xlsx": as_workbook(STAFF), "~$staff__xlsx": b"\x07"}
    )
    page = read_out(manager.bring_in({"all.zip": files}))
    assert "Staff 1 0 0 0 0" in page and "Pupils 5 0 0 0 0" in page
    assert names_of(school) == NAMES
    assert StaffMember.objects.get(school=school).code == "ABC"
