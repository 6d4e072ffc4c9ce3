"""The page for data managers: see first, then bring in."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from iap.imports.models import ImportRun
from pupils.models import Pupil
from tests.factories import see
from tests.imports.test_rows import GOOD, PUPILS


@pytest.fixture
def manager(client: Any, data_manager: Any, settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(data_manager)
    return client


def send(client: Any, **files: str) -> Any:
    uploads = [SimpleUploadedFile(f"{name}.csv", text.encode()) for name, text in files.items()]
    return client.post("/imports/", {"exports": uploads}, follow=True)


def test_files_are_checked_first_and_nothing_is_written(manager: Any, school: Any) -> None:
    page = send(manager, pupils=PUPILS + GOOD + "x,Y,Z,05/03/2014,8\n").content.decode()
    assert "What would change" in page
    assert "pupils.csv, row 3, UPN" in page
    assert not Pupil.objects.filter(school=school).exists()


def test_the_good_rows_are_brought_in_once_and_the_files_are_gone(
    manager: Any, school: Any, settings: Any
) -> None:
    response = send(manager, pupils=PUPILS + GOOD)
    address = response.redirect_chain[-1][0]
    for _ in range(2):
        page = manager.post(f"{address}apply/", follow=True).content.decode()
    assert "Brought in" in page
    see(school)
    assert Pupil.objects.filter(school=school).count() == ImportRun.objects.filter(school=school).count() == 1
    assert list(Path(settings.MEDIA_ROOT).rglob("pupils.csv")) == []


def test_rows_left_out_can_be_downloaded(manager: Any) -> None:
    address = send(manager, pupils=PUPILS + "x,Y,Z,05/03/2014,8\n").redirect_chain[-1][0]
    table = manager.get(f"{address}left-out.csv")
    assert table["Content-Type"].startswith("text/csv")
    assert "pupils.csv,2,UPN" in table.content.decode()


@pytest.mark.parametrize("name", ["pupils.xlsx", "pupils.exe"])
def test_what_we_cannot_read_is_refused_with_what_to_do(manager: Any, name: str) -> None:
    answer = manager.post("/imports/", {"exports": [SimpleUploadedFile(name, b"x")]})
    assert answer.status_code == 422
    assert "Save it as CSV first" in answer.content.decode()


def test_sending_nothing_says_so(manager: Any) -> None:
    assert manager.post("/imports/", {}).status_code == 422


def test_a_part_alone_is_given_to_a_script_while_it_works(manager: Any) -> None:
    address = send(manager, pupils=PUPILS + GOOD).redirect_chain[-1][0]
    part = manager.get(address, HTTP_HX_REQUEST="true").content.decode()
    assert part.lstrip().startswith('<div id="outcome"')
