"""A plan and a passport on paper, and the plan as data."""

import io
import json
from pathlib import Path

import jsonschema
import pytest
from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader

from iap.audit.models import Event
from pupils.actions.passports import save_passport
from pupils.actions.plans import end_target, note_evidence
from pupils.actions.reviews import begin_next_cycle, correct_review, targets_of
from pupils.models import Passport, Target
from tests.factories import MembershipFactory

from .plans import held, plan_for, target

SCHEMA = json.loads(Path(settings.BASE_DIR, "docs", "plan-1.schema.json").read_text())
LONG = "Ms Adeyemi goes through the card with Kai each morning, before any change of room. "


def paper(client, name, *parts):
    answer = client.get(reverse(name, args=parts))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    return PdfReader(io.BytesIO(answer.content))


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def data_of(client, plan):
    answer = client.get(reverse("pupils:plan_json", args=[plan.pupil.uuid, plan.uuid]))
    assert answer.status_code == 200
    data = json.loads(answer.content)
    jsonschema.validate(data, SCHEMA, format_checker=jsonschema.FormatChecker())
    return data


def test_the_familys_plan_has_two_pages_in_plain_words(client, place, lead):
    plan = plan_for(place, lead, target(), target("I walk in by myself"))
    client.force_login(lead)
    pdf = paper(client, "pupils:plan_paper", place.pupil.uuid, plan.uuid)
    words = text_of(pdf)
    assert len(pdf.pages) == 2
    assert "“I walk in by myself”" in words
    assert "Hoped for: Most of the time" in words
    assert "Nothing was reviewed before." in words
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert place.pupil.upn not in words
    assert place.pupil.family_name not in words


def test_the_second_page_says_what_the_last_review_said_as_it_was_put_right(client, place, lead):
    review = held(plan_for(place, lead), lead)
    correct_review(review, by=lead, field="family_says", now="She sleeps again.", why="About her sister")
    follows = begin_next_cycle(review, by=lead)
    client.force_login(lead)
    words = text_of(paper(client, "pupils:plan_paper", place.pupil.uuid, follows.uuid))
    assert "I can do science if I know what is coming." in words
    assert "She sleeps again." in words
    assert "He sleeps again." not in words
    assert "Two more lessons after half-term." in words


def test_however_much_is_written_there_are_two_pages_and_they_say_what_is_left_out(client, place, lead):
    targets = [target(f"Number {n}", provision=(LONG * 9)[:600], success=(LONG * 4)[:300]) for n in range(6)]
    plan = plan_for(place, lead, *targets, barriers=(LONG * 20)[:1500], strengths=(LONG * 20)[:1500])
    client.force_login(lead)
    pdf = paper(client, "pupils:plan_paper", place.pupil.uuid, plan.uuid)
    assert len(pdf.pages) == 2
    assert "the whole of it is kept at school" in text_of(pdf)
    assert all(f"Number {n}" in text_of(pdf) for n in range(6))


@pytest.mark.parametrize("words", ["#set page(width: 1cm)", "*bold* _x_ $y$", "Zoë 🙂 עברית", "\\ ” “"])
def test_what_somebody_wrote_is_only_ever_shown(client, place, lead, words):
    plan = plan_for(place, lead, target(words), barriers=words)
    client.force_login(lead)
    assert len(paper(client, "pupils:plan_paper", place.pupil.uuid, plan.uuid).pages) == 2


@pytest.mark.parametrize("edition", ["family", "staff"])
def test_a_passport_is_one_page_for_families_and_for_staff(client, place, lead, edition):
    says = dict.fromkeys(("strengths", "avoid", "early_signs", "script"), (LONG * 7)[:500])
    save_passport(place.pupil, by=lead, own_words=(LONG * 9)[:700], helps="Warn me\nTwo short parts", **says)
    client.force_login(lead)
    pdf = paper(client, "pupils:passport_paper", place.pupil.uuid, edition)
    words = text_of(pdf)
    assert len(pdf.pages) == 1
    assert "Two short parts" in words
    assert str(place.key_adult) in words
    assert (place.pupil.family_name in words) == (edition == "staff")


@pytest.mark.parametrize("edition", ["family", "staff"])
def test_on_paper_the_pupils_own_words_stand_before_all_that_adults_say(client, place, lead, edition):
    says = {name: f"Line of {name}" for name in Passport.PARTS}
    save_passport(place.pupil, by=lead, **says)
    client.force_login(lead)
    words = text_of(paper(client, "pupils:passport_paper", place.pupil.uuid, edition))
    others = [*(says[name] for name in Passport.PARTS if name != "own_words"), str(place.key_adult)]
    own = words.find(says["own_words"])
    assert own > 0
    assert [each for each in others if words.find(each) < own] == []


def test_an_edition_that_does_not_exist_is_not_found(client, place, lead):
    save_passport(place.pupil, by=lead, own_words="Art", helps="Warn me")
    client.force_login(lead)
    address = reverse("pupils:passport_paper", args=[place.pupil.uuid, "press"])
    assert client.get(address).status_code == 404


def test_the_data_of_a_plan_keep_to_their_schema(client, place, lead, today):
    plan = plan_for(place, lead, target("One"), target("Two"))
    one, two = targets_of(plan)
    note_evidence(one, by=lead, day=today, reached=3, text="Used the card twice")
    end_target(two, by=lead, why="It is easy now")
    client.force_login(lead)
    data = data_of(client, plan)
    assert data["review"] is None
    assert data["targets"][0]["evidence"] == [
        {"on": today.isoformat(), "step": 3, "words": "Used the card twice", "by": str(lead)}
    ]
    assert data["targets"][1]["ended"] == {"on": today.isoformat(), "why": "It is easy now"}
    assert Event.objects.get(verb="plan.exported").by == lead


def test_the_data_of_a_held_review_say_what_holds_now_and_keep_what_it_said(client, place, lead):
    plan = plan_for(place, lead)
    review = held(plan, lead)
    uuid = Target.objects.get().uuid
    correct_review(review, by=lead, field=f"{uuid}:reached", now="Most of the time", why="Counted again")
    correct_review(review, by=lead, field="pupil_says", now="Science, if I know.", why="A word was missing")
    client.force_login(lead)
    data = data_of(client, plan)
    assert data["targets"][0]["outcome"]["step"] == 4
    assert data["review"]["voices"]["pupil"]["words"] == "Science, if I know."
    assert {(each["part"], each["was"]) for each in data["review"]["corrections"]} == {
        (f"{uuid}:reached", "Getting there"),
        ("pupil_says", "I can do science if I know what is coming."),
    }
    assert data["review"]["meeting"]["invited"][0]["as"] == "Mum"
    follows = begin_next_cycle(review, by=lead)
    assert data_of(client, follows)["targets"][0]["carried_from"] == str(uuid)


def test_staff_do_not_take_a_plan_out(client, place, lead, iap_staff, school):
    plan = plan_for(place, lead)
    for user in (iap_staff, MembershipFactory(school=school, role="dsl").user):
        client.force_login(user)
        address = reverse("pupils:plan_json", args=[place.pupil.uuid, plan.uuid])
        assert client.get(address).status_code == 403
        assert address not in client.get(reverse("pupils:plan", args=[place.pupil.uuid])).content.decode()
