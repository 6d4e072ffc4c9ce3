"""Signing in and what belongs to it, in our own look and words."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

PASSWORD = "a long enough sentence"


@pytest.fixture
def somebody(lead):
    lead.set_password(PASSWORD)
    lead.save()
    return lead


@pytest.fixture
def with_app(somebody):
    """Somebody who signs in with an app as well."""
    totp.TOTP.activate(somebody, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(somebody)
    return somebody


@pytest.fixture
def fresh(client, somebody):
    """Signed in just now, by password."""
    client.post("/account/login/", {"login": somebody.email, "password": PASSWORD})
    return client


@pytest.fixture
def sure(fresh):
    """Signed in, and asked for the password once more."""
    fresh.post("/account/reauthenticate/", {"password": PASSWORD})
    return fresh


def _is_ours(response, status=200):
    page = response.content.decode()
    assert response.status_code == status
    assert "css/iap.css" in page
    assert len(re.findall("<h1", page)) == 1
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert 'id="main"' in page
    return page


@pytest.mark.parametrize("address", ["login/", "password/reset/", "password/reset/done/", "inactive/"])
def test_pages_for_people_not_signed_in_have_our_look(client, address):
    page = _is_ours(client.get(f"/account/{address}"))
    assert "sign up" not in page.lower()


@pytest.mark.parametrize("address", ["logout/", "password/change/", "reauthenticate/", "2fa/"])
def test_pages_of_ones_own_account_have_our_look(fresh, address):
    _is_ours(fresh.get(f"/account/{address}"))


@pytest.mark.parametrize("address", ["signup/", "email/", "confirm-email/"])
def test_nobody_opens_an_account_or_changes_its_address_themselves(fresh, address):
    assert fresh.get(f"/account/{address}").status_code == 404


def test_a_wrong_password_says_what_to_do_and_keeps_the_address(client, somebody):
    page = _is_ours(client.post("/account/login/", {"login": somebody.email, "password": "something else"}))
    assert "One thing to look at" in page
    assert page.count("do not go together") == 1
    assert f'value="{somebody.email}"' in page


def test_an_empty_form_links_each_complaint_to_its_field(client):
    page = _is_ours(client.post("/account/login/", {}))
    assert "2 things to look at" in page
    assert 'href="#id_login"' in page
    assert 'href="#id_password"' in page


def test_the_answer_to_a_reset_is_the_same_whether_or_not_the_address_is_known(client, somebody, mailoutbox):
    known = client.post("/account/password/reset/", {"email": somebody.email}, follow=True)
    unknown = client.post("/account/password/reset/", {"email": "nobody@else.example"}, follow=True)
    assert _is_ours(known) == _is_ours(unknown)
    assert len(mailoutbox) == 2
    assert "sign up" not in mailoutbox[1].body.lower()


def test_a_reset_link_leads_to_a_new_password(client, somebody, mailoutbox):
    client.post("/account/password/reset/", {"email": somebody.email})
    link = re.search(r"http://[^/]+(/\S+)", mailoutbox[0].body)[1]
    form = client.get(link, follow=True)
    _is_ours(form)
    new = "another long enough sentence"
    done = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True)
    _is_ours(done)
    somebody.refresh_from_db()
    assert somebody.check_password(new)
    _is_ours(client.get(link, follow=True))  # a second time it says so


def test_signing_in_with_an_app_asks_for_its_code(client, with_app):
    asked = client.post("/account/login/", {"login": with_app.email, "password": PASSWORD}, follow=True)
    assert "Enter your code" in _is_ours(asked)
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "thing to look at" in _is_ours(wrong)
    code = RecoveryCodes(Authenticator.objects.get(user=with_app, type="recovery_codes")).get_unused_codes()[
        0
    ]
    entered = client.post("/account/2fa/authenticate/", {"code": code})
    assert entered.status_code == 302
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    for address in ["2fa/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/"]:
        _is_ours(client.get(f"/account/{address}"))
    assert client.get("/account/2fa/recovery-codes/download/").status_code == 200


def test_what_protects_the_account_changes_only_after_asking_once_more(fresh):
    asked = fresh.get("/account/2fa/totp/activate/", follow=True)
    assert "Is it still you?" in _is_ours(asked)


def test_the_key_of_an_app_can_be_scanned_and_typed(sure):
    page = _is_ours(sure.get("/account/2fa/totp/activate/"))
    assert "data:image/svg+xml" in page
    assert 'class="iap-code"' in page


def test_after_too_many_requests_a_page_says_how_long_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    client.post("/account/password/reset/", {"email": "a@b.example"})
    page = _is_ours(client.post("/account/password/reset/", {"email": "a@b.example"}), 429)
    assert "five minutes" in page


def test_signing_out_takes_a_form_so_that_no_link_does_it(fresh):
    _is_ours(fresh.get("/account/logout/"))
    assert "_auth_user_id" in fresh.session
    fresh.post("/account/logout/")
    assert "_auth_user_id" not in fresh.session


def test_fields_are_named_once_and_in_sentence_case(fresh):
    page = _is_ours(fresh.get("/account/password/change/"))
    assert "Current password" in page
    assert "Current Password" not in page
    assert "placeholder=" not in page
