"""What people see when something is not there, not theirs or broken."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client

pytestmark = pytest.mark.urls("tests.ui.urls")
PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]


@pytest.mark.parametrize("name", PAGES)
def test_an_error_page_needs_no_context(name):
    page = render_to_string(name)
    assert len(re.findall("<h1", page)) == 1
    assert 'href="/"' in page
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)


@pytest.mark.parametrize("name", PAGES)
def test_an_error_page_says_what_to_do_and_blames_nobody(name):
    words = re.sub(r"<[^>]+>", " ", render_to_string(name)).lower()
    for word in ["invalid", "forbidden", "illegal", "please", "oops", "denied"]:
        assert word not in words
    assert re.search(r"\b(try|ask|check|go back|tell)\b", words)


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_an_error_is_answered_by_its_page(status, lead):
    client = Client(raise_request_exception=False)
    client.force_login(lead)
    answer = client.get(f"/wrong/{status}/")
    assert answer.status_code == status
    assert "css/iap.css" in answer.content.decode()


def test_a_form_without_its_token_is_sent_back_with_an_explanation(lead):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/account/login/", {})
    assert answer.status_code == 403
    assert "open too long" in answer.content.decode()


def test_an_error_page_says_nothing_about_the_code(lead):
    client = Client(raise_request_exception=False)
    client.force_login(lead)
    assert "RuntimeError" not in client.get("/wrong/500/").content.decode()
