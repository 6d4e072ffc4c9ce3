"""Whatever form the files come in, they are brought in through the page."""

from typing import Any

from iap.schools.models import StaffMember
from pupils.models import Pupil
from tests.factories import see
from tests.imports.conftest import Manager, read_out
from tests.imports.test_bad_files import GOOD, workbook, zipped
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


def test_a_zip_of_a_csv_and_a_workbook_is_brought_in_whole(manager: Manager, school: Any) -> None:
    files = zipped(**{"term/pupils__csv": GOOD, "term/staff__xlsx": as_workbook(STAFF)})
    page = read_out(manager.bring_in({"all.zip": files}))
    assert "Staff 1 0 0 0 0" in page and "Pupils 5 0 0 0 0" in page
    assert names_of(school) == NAMES
    assert StaffMember.objects.get(school=school).code == "ABC"
