"""Whoever is shown a pupil's record leaves a line; where the line cannot be kept, nothing is shown."""

import datetime as dt
import io
from typing import Any

import pytest
from django.db import DatabaseError
from django.urls import reverse
from pypdf import PdfReader

from iap.audit.models import Read, log_read
from iap.schools.models import Role
from tests.access_table import TABLE
from tests.cast import Cast, two_schools
from tests.factories import HybridStepFactory, PupilFactory
from tests.kept import kept_for_the_module, on_its_own

PAGES = [pytest.param(row, id=row.name) for row in TABLE if not row.post]


kept = kept_for_the_module(two_schools)


@pytest.fixture
def cast(kept: Cast) -> Cast:
    return on_its_own(kept)


@pytest.fixture
def school(cast: Cast) -> Any:
    return cast.school


@pytest.fixture
def child(school: Any) -> Any:
    """A pupil with a place and a timetable, whose name is found on no page by chance."""
    pupil = PupilFactory(school=school, given_name="Quillon", family_name="Vantongeren")
    HybridStepFactory(
        school=school, placement__pupil=pupil, placement__starts_on=dt.date.today() - dt.timedelta(weeks=2)
    )
    return pupil


def _answers(client: Any, row: Any, cast: Cast, child: Any) -> list[tuple[Role, Any]]:
    """The page as each role that opens it sees it; about the child where it is about a pupil."""
    kwargs = row.own(cast.school) if row.own else None
    if row.own and row.own.__name__ in {"pupil", "placed"}:
        kwargs = {"uuid": child.uuid}
    found = []
    for role in row.roles:
        cast.sign_in(client, cast.colleagues[role])
        found.append((role, client.get(reverse(row.name, kwargs=kwargs), {"q": "Vantongeren"})))
    return found


def _words(answer: Any) -> str:
    """What can be read on a page or in a paper."""
    if answer["Content-Type"] == "application/pdf":
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    return answer.content.decode()


@pytest.mark.parametrize("row", PAGES)
def test_a_page_that_shows_a_pupil_keeps_who_was_shown_them(client, row, cast, child):
    for role, answer in _answers(client, row, cast, child):
        if "Quillon" in _words(answer):
            kept = Read.objects.filter(by=answer.wsgi_request.user, pupil_ids__contains=[child.pk])
            assert kept.exists(), f"{row.name} shows a pupil to {role.label} and keeps nothing"


@pytest.mark.parametrize("row", PAGES)
def test_where_it_cannot_be_kept_nothing_is_shown(client, row, cast, child, monkeypatch):
    def full(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("no room")

    monkeypatch.setattr(Read.objects, "bulk_create", full)
    client.raise_request_exception = False
    for role, answer in _answers(client, row, cast, child):
        assert "Quillon" not in _words(answer), f"{row.name} shows a pupil to {role.label}"


def test_a_board_of_many_pupils_costs_one_write(rf, lead, school, django_assert_num_queries):
    request = rf.get("/")
    request.user = lead
    pupils = [PupilFactory(school=school) for _ in range(20)]
    with django_assert_num_queries(1):
        log_read(request, "today", pupils)
    assert Read.objects.get().pupil_ids == sorted(pupil.pk for pupil in pupils)
