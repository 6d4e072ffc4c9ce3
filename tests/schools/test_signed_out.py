"""A session that has ended takes nothing from anybody: not what they typed, nor the page they were on."""

import pytest
from django.test import Client
from django.urls import reverse

SIGN_IN = reverse("account_login")


def test_a_page_leads_to_signing_in_and_back(client):
    assert client.get("/people/?role=lead").url == f"{SIGN_IN}?next=/people/%3Frole%3Dlead"


def test_a_part_of_a_page_is_never_a_page_to_sign_in(client):
    answer = client.get("/people/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (401, b"")


def test_what_was_sent_leads_back_to_the_page_it_was_typed_on_and_says_it_was_not_saved(client):
    came_from = "http://testserver/people/add/?of=us"
    answer = client.post("/people/add/", {"name": "Jo Reed"}, headers={"Referer": came_from})
    assert answer.url == f"{SIGN_IN}?next=/people/add/%3Fof%3Dus"
    assert "was not saved" in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    "came_from", ["https://elsewhere.example/people/", "//elsewhere.example/", "nonsense", ""]
)
def test_it_never_leads_off_the_site(client, came_from):
    answer = client.post("/people/add/", headers={"Referer": came_from})
    assert answer.url in {f"{SIGN_IN}?next=/", SIGN_IN}


def test_who_is_still_here_is_told_to_the_person_alone(client, lead):
    address = reverse("schools:still_here")
    assert (client.get(address).status_code, client.get(address).content) == (401, b"")
    client.force_login(lead)
    assert client.get(address).json()["user"] == str(lead.uuid)


def test_the_token_given_lets_a_form_through_that_was_opened_before(lead):
    client = Client(enforce_csrf_checks=True)
    client.force_login(lead)
    old = {"csrfmiddlewaretoken": "o" * 64}
    assert client.post(reverse("account_logout"), old).status_code == 403
    fresh = {"csrfmiddlewaretoken": client.get(reverse("schools:still_here")).json()["token"]}
    assert client.post(reverse("account_logout"), fresh).status_code == 302
