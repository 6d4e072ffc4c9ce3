"""Who looked at a pupil's record."""

import ast
from pathlib import Path

import pytest
from django.urls import reverse

from iap.audit.models import Read
from iap.audit.pages import PAGES, words_for
from tests.factories import PupilFactory

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def pupil(school):
    return PupilFactory(school=school)


def _read(pupil, by, page="pupil", others=()):
    ids = [pupil.pk, *(other.pk for other in others)]
    return Read.objects.create(school=pupil.school, by=by, page=page, pupil_ids=ids)


def _page(client, pupil, **query):
    return client.get(reverse("pupils:reads", args=[pupil.uuid]), query)


def test_the_dsl_sees_who_looked_when_and_where(client, dsl, lead, pupil):
    _read(pupil, lead, "today", [PupilFactory(school=pupil.school)])
    client.force_login(dsl)
    page = _page(client, pupil).content.decode()
    assert lead.name in page
    assert "IAP lead" in page
    assert "Today" in page
    assert "1 other pupil" in page


def test_looking_at_who_looked_is_kept_too(client, dsl, pupil):
    client.force_login(dsl)
    _page(client, pupil)
    read = Read.objects.get()
    assert (read.by, read.page, read.pupil_ids) == (dsl, "reads", [pupil.pk])


def test_openings_of_other_pupils_are_not_shown(client, dsl, lead, pupil):
    _read(PupilFactory(school=pupil.school), lead)
    client.force_login(dsl)
    assert "Nobody has opened this record yet" in _page(client, pupil).content.decode()


def test_many_openings_come_in_pages_and_cost_the_same(client, dsl, lead, pupil, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(dsl)
    _read(pupil, lead)
    with CaptureQueriesContext(connection) as few:
        _page(client, pupil)
    for _ in range(60):
        _read(pupil, lead)
    with django_assert_num_queries(len(few)):
        page = _page(client, pupil).content.decode()
    assert "62 openings" in page
    assert 'href="?page=2"' in page


def test_every_page_whose_opening_is_logged_has_words():
    keys = set()
    for path in [*ROOT.glob("pupils/**/*.py"), *ROOT.glob("timetables/**/*.py"), *ROOT.glob("re*/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "log_read":
                assert isinstance(node.args[1], ast.Constant), f"{path}: name the page in the call"
                keys.add(node.args[1].value)
    assert keys
    assert keys - set(PAGES) == set()


def test_a_page_without_words_is_still_shown():
    assert words_for("some-new_page") == "Some new page"
