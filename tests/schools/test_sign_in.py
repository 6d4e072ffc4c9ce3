"""What we ask of signing in, whatever library does it."""

import pytest
from django.urls import reverse

from iap.schools.models import User
from tests.factories import PASSWORD, MembershipFactory, UserFactory

LOGIN = "/account/login/"
ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example",
    "javascript:alert(1)",
]


@pytest.fixture
def somebody(school):
    return MembershipFactory(school=school, role="lead").user


def _sign_in(client, email, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def _is_in(client):
    return "_auth_user_id" in client.session


def test_an_address_and_a_password_sign_in_and_lead_home(client, somebody):
    assert _sign_in(client, somebody.email).url == "/"
    assert _is_in(client)


def test_an_address_is_the_same_in_capitals(client, somebody):
    _sign_in(client, somebody.email.upper())
    assert _is_in(client)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, somebody):
    """Nobody learns here who has an account."""
    wrong = _sign_in(client, somebody.email, "something else").content.decode()
    unknown = _sign_in(client, "nobody@else.example", "something else").content.decode()
    assert "do not go together" in wrong

    def without_address(page, address):
        return page.replace(address, "").split("<main")[1]

    assert _unkeyed(without_address(wrong, somebody.email)) == _unkeyed(
        without_address(unknown, "nobody@else.example")
    )


def _unkeyed(page):
    """The page without its form's key, which differs each time."""
    import re

    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_somebody_without_a_password_yet_does_not_get_in(client):
    user = User.objects.create_user("new@school.example", name="New")
    for password in ["", "None", "!"]:
        _sign_in(client, user.email, password)
        assert not _is_in(client)


def test_a_closed_account_does_not_get_in(client, somebody):
    User.objects.filter(pk=somebody.pk).update(is_active=False)
    _sign_in(client, somebody.email)
    assert not _is_in(client)


def test_many_wrong_passwords_close_one_account_for_a_while_and_no_other(client, somebody):
    """A whole school shares one address on the internet, so the limit is by account."""
    for _ in range(8):
        _sign_in(client, somebody.email, "something else")
    answer = _sign_in(client, somebody.email)
    assert not _is_in(client)
    assert "Too many tries" in answer.content.decode()
    colleague = UserFactory()
    _sign_in(client, colleague.email)
    assert _is_in(client)


@pytest.mark.parametrize("address", ["/account/signup/", "/account/email/"])
def test_nobody_opens_an_account_for_themselves(client, address):
    before = User.objects.count()
    data = {"email": "me@else.example", "password1": PASSWORD, "password2": PASSWORD}
    assert client.get(address).status_code == 404
    assert client.post(address, data).status_code == 404
    assert User.objects.count() == before


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_never_leads_off_the_site(client, somebody, target):
    answer = client.post(
        f"{LOGIN}?next={target}", {"login": somebody.email, "password": PASSWORD, "next": target}
    )
    assert _is_in(client)
    assert answer.url == "/"


def test_signing_in_leads_back_to_the_page_asked_for(client, somebody):
    asked = client.get(reverse("schools:settings"))
    answer = client.post(asked.url, {"login": somebody.email, "password": PASSWORD, "next": "/settings/"})
    assert answer.url == "/settings/"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_out_never_leads_off_the_site(client, somebody, target):
    client.force_login(somebody)
    answer = client.post(f"/account/logout/?next={target}", {"next": target})
    assert not _is_in(client)
    assert answer.url == "/"


def test_signing_out_takes_a_post(client, somebody):
    client.force_login(somebody)
    client.get("/account/logout/")
    assert _is_in(client)


def test_signing_in_makes_a_new_session(client, somebody):
    """A session that somebody else started on the tablet does not become a signed-in one."""
    client.get(LOGIN)
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    _sign_in(client, somebody.email)
    assert client.session.session_key != before


def test_a_session_ends_with_the_school_day(settings):
    assert settings.SESSION_COOKIE_AGE <= 12 * 60 * 60


@pytest.mark.parametrize("password", ["short", "password1234", "person.person.person"])
def test_a_weak_password_is_refused_with_what_to_do(client, somebody, password):
    User.objects.filter(pk=somebody.pk).update(email="person.person.person@school.example")
    somebody.refresh_from_db()
    client.force_login(somebody)
    data = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer = client.post("/account/password/change/", data)
    assert answer.status_code == 200
    somebody.refresh_from_db()
    assert somebody.check_password(PASSWORD)
