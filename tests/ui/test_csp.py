"""The browser is told to run and to load nothing that is not ours."""

import pytest

pytestmark = pytest.mark.urls("tests.ui.urls")


def _policy(answer):
    return dict(
        part.strip().partition(" ")[::2]
        for part in answer["Content-Security-Policy"].split(";")
        if part.strip()
    )


@pytest.mark.parametrize("address", ["/account/login/", "/parts/", "/wrong/404/"])
def test_every_answer_carries_the_policy(client, lead, address):
    client.force_login(lead)
    policy = _policy(client.get(address, follow=True))
    assert policy["default-src"] == "'none'"
    for part in ["script-src", "style-src", "connect-src", "font-src", "form-action"]:
        assert policy[part] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in str(policy)


def test_pages_are_not_framed_and_do_not_tell_other_sites_where_somebody_was(client):
    answer = client.get("/account/login/")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_htmx_neither_evaluates_nor_adds_styles_and_keeps_no_pages_in_the_browser(client, lead):
    client.force_login(lead)
    page = client.get("/parts/").content.decode()
    for setting in ["includeIndicatorStyles", "allowEval", "allowScriptTags"]:
        assert f'"{setting}":false' in page
    assert '"historyCacheSize":0' in page
    assert '"selfRequestsOnly":true' in page
