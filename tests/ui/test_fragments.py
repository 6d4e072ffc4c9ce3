"""A page and its fragment are one template."""

import copy
from pathlib import Path

import pytest

pytestmark = pytest.mark.urls("tests.ui.urls")


@pytest.fixture(autouse=True)
def _own_templates(settings):
    settings.TEMPLATES = copy.deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")


@pytest.fixture
def signed_in(client, lead):
    client.force_login(lead)
    return client


def _get(client, **headers):
    return client.get("/list/", headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_without_htmx_the_whole_page_comes(signed_in):
    page = _get(signed_in).content.decode()
    assert page.startswith("<!doctype html>")
    assert "<li>one</li>" in page


def test_htmx_gets_its_part_alone(signed_in):
    part = _get(signed_in, HX_Request="true").content.decode()
    assert part.strip() == "<li>one</li><li>two</li>"


def test_a_boosted_link_gets_the_whole_page(signed_in):
    assert "<!doctype" in _get(signed_in, HX_Request="true", HX_Boosted="true").content.decode()


def test_a_page_restored_from_history_is_whole(signed_in):
    restored = _get(signed_in, HX_Request="true", HX_History_Restore_Request="true")
    assert "<!doctype" in restored.content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX_Request": "true"}])
def test_no_cache_may_show_a_part_as_a_page(signed_in, headers):
    assert "HX-Request" in _get(signed_in, **headers)["Vary"]
