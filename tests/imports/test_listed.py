"""What is listed before anything is written, and the rows that are taken away to be mended."""

import csv
import io
import zipfile
from typing import Any
from urllib.parse import unquote

from pupils.models import Pupil
from tests.factories import see, upn_number
from tests.imports.conftest import Manager, read_out
from tests.imports.test_bad_files import workbook
from tests.imports.test_page import GOOD, WRONG
from tests.imports.test_rows import PUPILS

TUTORED = PUPILS.strip() + ",Reg\n"
Rows = list[list[str]]


def test_what_changes_is_listed_field_by_field_from_old_to_new(manager: Manager) -> None:
    manager.bring_in({"pupils.csv": f"{TUTORED}B801200005001,Mensah,Kai,25/03/2014,8,8A\n"})
    page = read_out(manager.send({"pupils.csv": f"{TUTORED}B801200005001,Mensah,Kit,25/03/2014,8,8B\n"}))
    assert "Pupils: changed 1" in page
    said = manager.listed("pupils", "changed")
    assert "Kai Mensah" in said and "Tutor group: 8A → 8B" in said and "Kai → Kit" in said
    assert "Year group" not in said  # what stays as it is is no change
    manager.send({"pupils.csv": f"{TUTORED}B801200005001,Mensah,Kai,25/03/2014,8,\n"})
    assert "Tutor group: 8A → nothing" in manager.listed("pupils", "changed")


def test_a_row_left_out_says_where_it_stands_what_it_says_and_what_to_do(manager: Manager) -> None:
    page = manager.send({"pupils.csv": PUPILS + GOOD + f"{upn_number(7)},Y,Z,31/02/2014,8\n"})
    cells = page.content.decode().partition("What to do</th>")[2]
    said = [cell.partition(">")[2].partition("</t")[0] for cell in cells.split("<t")[2:7]]
    assert said[1:] == [
        "pupils.csv, row&nbsp;3",
        "Date of birth",
        "31/02/2014",
        "There is no such date as 31/02/2014. Mend the day or the month.",
    ]


def left_out(manager: Manager) -> tuple[str, dict[str, Rows]]:
    """The name of the download, and the rows of each file in it."""
    answer = manager.get(f"{manager.address}left-out.csv")
    name = answer["Content-Disposition"].partition('filename="')[2].rstrip('"')
    if answer["Content-Type"] == "application/zip":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as inside:
            return name, {each: as_rows(inside.read(each)) for each in inside.namelist()}
    return name, {name: as_rows(answer.content)}


def as_rows(content: bytes) -> Rows:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def as_text(rows: Rows) -> str:
    csv.writer(out := io.StringIO()).writerows(rows)
    return out.getvalue()


STAFF = "Staff Code,Surname\nABC,Adeyemi\n,Ortiz\n"


def test_rows_left_out_of_several_files_are_downloaded_together_and_a_file_that_is_none_is_named(
    manager: Manager,
) -> None:
    manager.send({"pupils.csv": PUPILS + GOOD + WRONG, "staff.csv": STAFF, "marks.csv": b"%PDF-1.7"})
    name, files = left_out(manager)
    assert name == "rows-left-out.zip"
    assert [row[0] for row in files.pop("pupils-to-mend.csv")] == ["UPN", "x"]
    assert files.pop("staff-to-mend.csv") == [
        ["Staff Code", "Surname", "What to mend"],
        ["", "Ortiz", "Staff Code is missing."],
    ]
    (heading, row) = files.pop("files-left-out.csv")
    assert heading == ["File", "Row", "What to mend"]
    assert row[0] == "marks.csv" and "is a PDF" in row[2]
    assert files == {}


def test_the_download_is_called_like_its_file_in_any_language(manager: Manager) -> None:
    manager.send({"Schüler, 8 – “neu”.csv": PUPILS + GOOD + WRONG})
    said = manager.get(f"{manager.address}left-out.csv")["Content-Disposition"]
    assert unquote(said).endswith("utf-8''Schüler- 8 - -neu--to-mend.csv")


def test_rows_of_a_workbook_are_downloaded_mended_and_brought_again(manager: Manager, school: Any) -> None:
    rows = [row.split(",") for row in (PUPILS + GOOD + WRONG).splitlines()]
    manager.bring_in({"pupils.xlsx": workbook(["All pupils"], [None], *rows)})
    name, files = left_out(manager)
    assert name == "pupils-to-mend.csv"
    heading, row = files[name]
    assert heading == [*PUPILS.strip().split(","), "What to mend"]
    assert row[:5] == WRONG.strip().split(",")
    manager.bring_in({name: as_text([heading, [upn_number(7), *row[1:]]])})
    see(school)
    assert set(Pupil.objects.filter(school=school).values_list("given_name", flat=True)) == {"Kai", "Z"}
