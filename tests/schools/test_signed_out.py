"""A session that has ended takes nothing from anybody: not what they typed, nor the page they were on."""

import re

import pytest
from django.test import Client
from django.urls import reverse

SIGN_IN = reverse("account_login")


def test_a_page_leads_to_signing_in_and_back(client):
    assert client.get("/people/?role=lead").url == f"{SIGN_IN}?next=/people/%3Frole%3Dlead"


def test_a_part_of_a_page_is_never_a_page_to_sign_in(client):
    answer = client.get("/people/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (401, b"")


def test_words_that_were_sent_go_back_to_their_writer_with_a_way_to_sign_in(client):
    sent = {
        "csrfmiddlewaretoken": "A b",
        "pupil": "0b9f5d1e-6b0f-4a2e-8f43-2a4a6a1f6f7c",
        "outcome": "wait",
        "form-0-what_helps": "A seat <b> by\nthe door",
        "note": "",
    }
    answer = client.post("/people/add/", sent, headers={"Referer": "http://testserver/pupils/?of=us"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert re.findall("<dt.*?</dd>", page) == [
        '<dt class="small muted fw-normal">Outcome</dt><dd>wait</dd>',
        '<dt class="small muted fw-normal">What helps</dt><dd>A seat &lt;b&gt; by<br>the door</dd>',
    ]
    assert 'href="/pupils/?of=us"' in page


@pytest.mark.parametrize("words", ["Upset", "so sad", "Звонил", "a@b"])
def test_one_word_is_enough_to_be_kept(client, words):
    assert words in client.post("/people/add/", {"note": words}).content.decode()


def test_a_press_of_a_button_leads_back_to_its_page_and_says_it_was_not_saved(client):
    answer = client.post(
        "/people/add/", {"act": "here"}, headers={"Referer": "http://testserver/today/?of=us"}
    )
    assert answer.url == f"{SIGN_IN}?next=/today/%3Fof%3Dus"
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
