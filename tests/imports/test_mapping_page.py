"""An export in headings nobody knows is brought in through the page alone, and is known the next time."""

import datetime as dt
import re
from typing import Any

from iap.schools.models import Code
from pupils.models import Pupil
from tests.factories import PupilFactory, see, upn_number
from tests.imports.conftest import Manager
from tests.imports.test_page import GOOD
from tests.imports.test_rows import PUPILS

LONG_AGO = dt.date(2020, 1, 1)
FOREIGN = "Kennung,Nachname,Vorname,Geboren,Stufe\nB801200005001,Mensah,Kai,05/03/2014,Jahr 8\n"
COLUMNS = {
    "t0-c0": "upn",
    "t0-c1": "family_name",
    "t0-c2": "given_name",
    "t0-c3": "born_on",
    "t0-c4": "year_group",
}


def test_unknown_headings_are_brought_in_through_the_page_and_kept(manager: Manager, school: Any) -> None:
    page = manager.send({"schueler.csv": FOREIGN}).content.decode()
    assert "What the files hold" in page
    address = f"{manager.address}understood/"
    kind = {"open": "0", "t0-kind": "pupils", "t0-heading_row": "1"}
    assert "t0-c0" in manager.client.post(address, {**kind, "do": "look"}).content.decode()
    answer = manager.client.post(address, {**kind, "do": "keep"})
    assert answer.status_code == 422
    assert "cannot be read without it" in answer.content.decode()
    page = manager.post(address, {**kind, **COLUMNS, "do": "keep"}).content.decode()
    assert "Which comes first?" in page
    asked = manager.get(address).content.decode()
    words = {name: "8" for name in re.findall(r'name="(t0-w-year_group-\d+)"', asked)}
    page = manager.post(
        address, {**kind, **COLUMNS, **words, "t0-d-born_on": "day", "do": "keep"}
    ).content.decode()
    assert "What would change" in page
    manager.post(f"{manager.address}apply/")
    see(school)
    kai = Pupil.objects.get(school=school)
    assert (kai.given_name, kai.born_on.month, kai.year_group) == ("Kai", 3, "8")
    again = manager.send({"anders.csv": FOREIGN}).content.decode()
    assert "Nothing would change" in again


def as_shown(page: str, *, table: int = 0) -> dict[str, str]:
    """What a browser would post of the one table that is open, if nothing was changed."""
    select = rf'<select name="(t{table}-[^"]+)"(?:(?!</select>).)*?value="([^"]*)" selected'
    number = rf'<input type="number" name="(t{table}-[^"]+)" value="([^"]*)"'
    chosen = re.findall(select, page, re.DOTALL) + re.findall(number, page)
    return {"open": str(table), **dict(chosen), "do": "keep"}


def test_a_heading_that_is_only_alike_is_shown_with_how_sure_it_is_before_it_is_used(
    manager: Manager, school: Any
) -> None:
    misspelt = {"list.csv": PUPILS.replace("Date of birth", "Date of brith") + GOOD}
    page = manager.send(misspelt).content.decode()
    assert "What the files hold" in page
    sure = re.findall(r'<th scope="row">(.*?)</th>.*?data-th="How sure".*?</svg>([^<]+)<', page, re.DOTALL)
    alike = dict(sure).pop("Date of brith")
    assert re.fullmatch(r"9\d% alike", alike.strip())
    assert [how.strip() for title, how in sure if title != "Date of brith"] == ["Sure"] * 4
    assert (
        "What would change" in manager.post(f"{manager.address}understood/", as_shown(page)).content.decode()
    )
    assert "What would change" in manager.send(misspelt).content.decode()  # and nobody is asked again


def test_of_a_column_of_both_orders_the_page_says_so(manager: Manager, school: Any) -> None:
    rows = f"{upn_number(1)},Mensah,Kai,25/03/2014,8\n{upn_number(2)},Mensah,Ama,03/25/2014,8\n"
    page = manager.send({"pupils.csv": PUPILS + rows}).content.decode()
    assert "Its dates are mixed" in page
    assert "All its dates fit both" not in page
    settled = {**as_shown(page), "t0-d-born_on": "day"}
    page = manager.post(f"{manager.address}understood/", settled).content.decode()
    assert "pupils.csv, row&nbsp;3" in page  # what does not fit that order is left out


def test_two_reports_of_one_kind_are_both_read_once_somebody_has_said_so(
    manager: Manager, school: Any
) -> None:
    older = f"UPN,Surname,Forename,DOB,Year,House\n{upn_number(1)},Ortiz,Ama,25/03/2010,12,Elm\n"
    files = {"lower.csv": PUPILS + GOOD, "sixth form.csv": older}
    manager.send(files)
    assert "so this file was left alone" in manager.get(manager.address).content.decode()
    address = f"{manager.address}understood/"
    shown = as_shown(manager.get(f"{address}?open=1").content.decode(), table=1)
    manager.post(address, {**shown, "t1-kind": "pupils"})
    manager.post(f"{manager.address}apply/")
    see(school)
    assert Pupil.objects.filter(school=school).count() == 2
    page = manager.send(files).content.decode()
    assert "Nothing would change" in page and "left alone" not in page


ALIKE = {
    "a.csv": "Eins,Zwei,Drei\nB801200005001,05/10/2026,Unfug\n",
    "b.csv": "Eins,Zwei,Drei\nB801200005001,25/10/2026,2\n",
}


def test_two_kinds_under_the_same_headings_are_told_apart_by_their_names(
    manager: Manager, school: Any
) -> None:
    see(school)
    PupilFactory(school=school, upn="B801200005001")
    manager.send(ALIKE)
    address = f"{manager.address}understood/"
    kinds = {"open": ["0", "1"], "t0-kind": "incidents", "t1-kind": "suspensions"}
    rows = {"t0-heading_row": "1", "t1-heading_row": "1"}
    manager.client.post(address, {**kinds, **rows, "do": "look"})
    columns = {"t0-c0": "upn", "t0-c1": "day", "t0-c2": "kind"}
    columns |= {"t1-c0": "upn", "t1-c1": "starts_on", "t1-c2": "sessions"}
    manager.post(address, {**kinds, **rows, **columns, "do": "keep"})
    said = {"t0-d-day": "day"}
    page = manager.post(address, {**kinds, **rows, **columns, **said, "do": "keep"}).content.decode()
    assert "What would change" in page
    manager.post(f"{manager.address}apply/")
    again = manager.send(ALIKE).content.decode()
    assert "Nothing would change: these files are already in." in again


def test_a_word_that_is_meant_otherwise_than_it_was_read_is_put_right_and_kept(
    manager: Manager, school: Any
) -> None:
    rows = (
        f"{upn_number(1)},Mensah,Kai,25/03/2014,Year 8,Support\n{upn_number(2)},Mensah,Ama,26/03/2014,8,K\n"
    )
    pupils = {"pupils.csv": PUPILS.strip() + ",SEN status\n" + rows}
    Code.objects.create(school=school, set="sen-stage", code="X)", valid_from=LONG_AGO)  # which no cell says
    assert "What would change" in manager.send(pupils).content.decode()
    page = manager.get(f"{manager.address}understood/?open=0").content.decode()
    assert page.count("How 1 word is read") == 2  # of years and of needs: “8” and “K” say what they are
    assert re.search(r'What “Support” is read as|for="[^"]*r-sen_stage-0">Support<', page)
    shown = as_shown(page)
    assert (shown["t0-r-year_group-0"], shown["t0-r-sen_stage-0"]) == ("8", "K")
    manager.post(f"{manager.address}understood/", {**shown, "t0-r-sen_stage-0": "E"})
    manager.post(f"{manager.address}apply/")
    see(school)
    assert dict(Pupil.objects.filter(school=school).values_list("given_name", "sen_stage")) == {
        "Kai": "E",
        "Ama": "K",
    }
    assert "Nothing would change" in manager.send(pupils).content.decode()
