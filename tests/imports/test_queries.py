"""What the pages of imports ask the database does not grow with what they show."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iap.imports.models import ImportJob, ImportRun
from tests.factories import upn_number
from tests.imports.conftest import Manager
from tests.imports.test_rows import PUPILS


def asked(manager: Manager, address: str) -> int:
    """Queries for a page, once the session and the like are known."""
    manager.get(address)
    with CaptureQueriesContext(connection) as context:
        assert manager.get(address).status_code == 200
    return len(context)


def test_the_list_of_imports(manager: Manager, school: Any, data_manager: Any) -> None:
    def one_more() -> None:
        ImportRun.objects.create(school=school, by=data_manager)
        manager.send({"pupils.csv": PUPILS + f"{upn_number(1)},Mensah,Kai,25/03/2014,8\n"})

    one_more()
    one = asked(manager, reverse("imports:new"))
    for _ in range(15):
        one_more()
    assert ImportJob.objects.filter(school=school).count() == 16
    assert asked(manager, reverse("imports:new")) == one


def rows(number: int) -> str:
    good = "".join(f"{upn_number(n)},Mensah,Kai,25/03/2014,8\n" for n in range(number))
    return PUPILS + good + "x,Y,Z,25/03/2014,8\n" * number


@pytest.mark.parametrize(
    "page", ["", "?kind=pupils&what=new", "?kind=pupils&what=refused", "understood/?open=0"]
)
def test_what_would_change(manager: Manager, page: str) -> None:
    counts = []
    for number in (1, 40):
        manager.send({"pupils.csv": rows(number)})
        counts.append(asked(manager, manager.address + page))
    assert counts[0] == counts[1]


def test_what_was_brought_in(manager: Manager, school: Any) -> None:
    counts = []
    for number in (1, 40):
        manager.send({"pupils.csv": rows(number)})
        manager.post(f"{manager.address}apply/")
        run = ImportRun.objects.filter(school=school).latest("pk")
        counts.append(asked(manager, reverse("imports:run", args=[run.uuid])))
    assert counts[0] == counts[1]


def test_finding_somebody_to_correct(manager: Manager, school: Any) -> None:
    from tests.factories import PupilFactory

    address = f"{reverse('pupils:to_correct')}?q=mens"
    counts = []
    for number in (1, 40):
        PupilFactory.create_batch(number, school=school, family_name="Mensah")
        counts.append(asked(manager, address))
    assert counts[0] == counts[1]
