"""How a file is written is found out, shown, put right where it was taken wrongly, and known the next time."""

from typing import Any

import pytest

from iap.imports.models import ImportJob
from pupils.models import Pupil
from tests.factories import see
from tests.imports.conftest import Files, Manager
from tests.imports.test_bad_files import workbook
from tests.imports.test_mapping_page import COLUMNS, FOREIGN, as_shown
from tests.imports.test_oneroster import BULK
from tests.imports.test_oneroster import zipped as roster
from tests.imports.test_page import GOOD
from tests.imports.test_rows import PUPILS

# Every line has more commas than semicolons.
STREET = "1, Elm Row, Leigh, Wigan, Lancashire, United Kingdom, WN7 1AA"
DIVIDED = "UPN;Surname;Forename;DOB;Year;Address (house, street, area, town, county, country, postcode)\n"
ADDRESSES: Files = {"export.csv": f"{DIVIDED}B801200005001;Mensah;Kai;25/03/2014;8;{STREET}\n"}


class Page:
    """The page of one file, as somebody works on it."""

    def __init__(self, manager: Manager, files: Files) -> None:
        self.manager = manager
        self.shown = manager.send(files).content.decode()
        self.address = f"{manager.address}understood/"

    def say(self, status: int = 200, *, do: str = "look", **said: str) -> "Page":
        """Change what is said of the file and press a button."""
        answers = {f"t0-{name}": value for name, value in said.items()}
        answer = self.manager.post(self.address, {**as_shown(self.shown), **answers, "do": do})
        assert answer.status_code == status
        self.shown = answer.content.decode()
        return self

    @property
    def chosen(self) -> dict[str, str]:
        return {name.removeprefix("t0-"): said for name, said in as_shown(self.shown).items()}


def the_pupil(school: Any) -> tuple[str, str, str]:
    see(school)
    kai = Pupil.objects.get(school=school)
    return kai.given_name, kai.family_name, kai.year_group


def test_what_divides_the_cells_is_put_right_on_the_page_and_known_the_next_time(
    manager: Manager, school: Any
) -> None:
    page = Page(manager, ADDRESSES)
    assert "We know none of its headings" in page.shown and "Commas, Unicode (UTF-8)" in page.shown
    assert (page.chosen["delimiter"], page.chosen["encoding"]) == (",", "utf-8")
    page.say(delimiter=";")
    assert "Semicolons, Unicode (UTF-8)" in page.shown
    assert (page.chosen["kind"], page.chosen["c0"], page.chosen["c4"]) == ("pupils", "upn", "year_group")
    assert "What would change" in page.say(do="keep").shown
    manager.post(f"{manager.address}apply/")
    assert the_pupil(school) == ("Kai", "Mensah", "8")
    assert "Nothing would change" in Page(manager, ADDRESSES).shown


def test_a_change_of_it_is_looked_at_before_it_is_kept(manager: Manager, school: Any) -> None:
    page = Page(manager, ADDRESSES).say(do="keep", delimiter=";")
    assert "What the files hold" in page.shown and page.chosen["c0"] == "upn"
    see(school)
    assert ImportJob.objects.get(school=school).state == "asking"


def test_letters_that_look_odd_are_put_right_and_known_the_next_time(manager: Manager, school: Any) -> None:
    files: Files = {"list.csv": FOREIGN.replace("Mensah", "Ó Briain").encode("mac_roman")}
    page = Page(manager, files)
    page.say(kind="pupils")
    assert "î Briain" in page.shown and page.chosen["encoding"] == "cp1252"
    settled = {name.removeprefix("t0-"): said for name, said in COLUMNS.items()}
    page.say(encoding="mac_roman", **settled)
    assert "Ó Briain" in page.shown and page.chosen["c1"] == "family_name"  # what was chosen stays
    page.say(do="keep", **{"d-born_on": "day", "w-year_group-0": "8"})
    assert "What would change" in page.shown
    manager.post(f"{manager.address}apply/")
    assert the_pupil(school) == ("Kai", "Ó Briain", "8")
    assert "Nothing would change" in Page(manager, files).shown


def test_letters_that_somebody_has_named_hold_only_where_the_file_does_not_say_them(
    manager: Manager, school: Any
) -> None:
    text = PUPILS + GOOD.replace("Mensah", "Ó Briain")
    manager.send({"list.csv": text.encode("mac_roman")})
    page = Page(manager, {"list.csv": text.encode("mac_roman")})
    page.shown = manager.get(f"{page.address}?open=0").content.decode()
    page.say(encoding="mac_roman").say(do="keep")
    manager.post(f"{manager.address}apply/")
    for encoding in ("utf-8", "utf-16", "mac_roman"):
        assert "Nothing would change" in Page(manager, {"list.csv": text.encode(encoding)}).shown, encoding


TITLE = "Alle,Kinder,unserer,Schule,heute\n"


def test_the_row_of_the_headings_is_put_right_and_known_the_next_time(manager: Manager, school: Any) -> None:
    page = Page(manager, {"list.csv": TITLE + FOREIGN + "x,Mensah,Ama,05/03/2014,Jahr 8\n"})
    assert page.chosen["heading_row"] == "1" and "Kinder" in page.shown
    page.say(kind="pupils", heading_row="2")
    assert "Nachname" in page.shown and "What “Kinder” is" not in page.shown
    settled = {name.removeprefix("t0-"): said for name, said in COLUMNS.items()}
    page.say(do="keep", **settled).say(do="keep", **{"d-born_on": "day", "w-year_group-0": "8"})
    assert "list.csv, row&nbsp;4" in page.shown
    heading, row = manager.get(f"{manager.address}left-out.csv").content.decode("utf-8-sig").splitlines()
    assert heading.startswith("Kennung,Nachname") and row.startswith("x,Mensah,Ama")
    manager.post(f"{manager.address}apply/")
    assert the_pupil(school) == ("Kai", "Mensah", "8")
    for titles in (TITLE, TITLE * 2, ""):
        assert "Nothing would change" in Page(manager, {"list.csv": titles + FOREIGN}).shown


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"heading_row": "99"}, "list.csv has no row 99."),
        ({"heading_row": "0"}, "greater than or equal to 1"),
        ({"encoding": "utf-8", "heading_row": ""}, "list.csv cannot be read in that way."),
        ({"delimiter": "x"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_so_is_said_beside_it_and_all_stays_as_it_was_chosen(
    manager: Manager, said: dict[str, str], reason: str
) -> None:
    page = Page(manager, {"list.csv": FOREIGN.encode("utf-16")})
    page.say(kind="pupils").say(422, **{**said, "c0": "upn", "c1": "family_name"})
    assert reason in page.shown
    assert (page.chosen["c0"], page.chosen["c1"]) == ("upn", "family_name")
    assert page.say(**{"c1": "family_name", **WELL}).chosen["c1"] == "family_name"


WELL = {"heading_row": "1", "encoding": "utf-16-le", "delimiter": ","}


def test_a_file_that_breaks_off_is_named_also_where_others_were_settled(
    manager: Manager, school: Any
) -> None:
    Page(manager, ADDRESSES).say(delimiter=";").say(do="keep")
    broken = BULK["enrollments"] + "e4,,,c1,o1,\x00,student,,,\n"
    page = manager.send({"oneroster.zip": roster(BULK | {"enrollments": broken}).content}).content.decode()
    assert "zero bytes" in page and "on our side" not in page


def test_a_workbook_is_written_in_one_way_and_nobody_is_asked(manager: Manager) -> None:
    rows = [row.split(",") for row in FOREIGN.splitlines()]
    page = Page(manager, {"list.xlsx": workbook(*rows)})
    assert "What the files hold" in page.shown and "How the file is written" not in page.shown
    assert page.say(kind="pupils").chosen["kind"] == "pupils"
