"""An export in headings nobody knows is brought in through the page alone, and is known the next time."""

import re
from typing import Any

from pupils.models import Pupil
from tests.factories import see
from tests.imports.conftest import Manager

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
