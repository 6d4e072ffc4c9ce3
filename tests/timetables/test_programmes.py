"""What the school offers, on its pages: in five strands, as it is usually given, and for each pupil as planned."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from iap.errors import Refused
from pupils.actions.interventions import start_intervention
from pupils.actions.programmes import keep_programme
from pupils.models import Intervention, Programme, Strand

from .week import TODAY, placement_at

SENT = {
    "name": "Reading\xa0together",
    "strand": "intervention",
    "about": "Ten minutes each way.",
    "in_group": "on",
    "sessions": "12",
    "minutes": "20",
    "cost": "12.50",
    "measure": "",
}


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(client, name, *parts):
    return client.get(reverse(f"timetables:{name}", args=parts)).content.decode()


def test_programmes_stand_beneath_their_strand_in_the_order_of_the_five(client, iap_staff, lead, school):
    for strand in reversed(Strand):
        keep_programme(school, by=lead, name=f"Way of {strand.value}", strand=strand, sessions=6)
    client.force_login(iap_staff)
    cards = re.findall(r"<section.*?</section>", page(client, "programmes"), re.S)
    assert [words(card).partition(" 6 sessions")[0] for card in cards] == [
        f"{strand.label} Way of {strand.value}" for strand in Strand
    ]
    assert len(Strand) == 5


def test_a_strand_that_is_none_of_the_five_is_refused_in_words(client, lead, school):
    with pytest.raises(Refused, match=r"Choose one of the five strands\."):
        keep_programme(school, by=lead, name="Detention", strand="sanction", sessions=1)
    client.force_login(lead)
    for strand in ("sanction", ""):
        answer = client.post(reverse("timetables:new_programme"), SENT | {"strand": strand})
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert "Choose one of the five strands." in shown
        assert "Ten minutes each way." in shown, "nothing typed is lost"
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"name": " "}, "Give the programme a name."),
        ({"sessions": "0"}, "Enter between 1 and 200 sessions."),
        ({"minutes": "long"}, "Enter minutes, such as 30, or leave it empty."),
        ({"cost": "a lot"}, "Enter pounds, such as 12.50, or leave it empty."),
    ],
)
def test_what_a_programme_cannot_be_is_said_beside_the_field(client, senco, typed, answer):
    client.force_login(senco)
    shown = client.post(reverse("timetables:new_programme"), SENT | typed)
    assert shown.status_code == 422
    assert answer in shown.content.decode()
    assert not Programme.objects.exists()


def test_a_programme_is_added_and_changed_and_shows_how_it_is_usually_given(client, lead, school):
    client.force_login(lead)
    assert client.post(reverse("timetables:new_programme"), SENT).status_code == 302
    kept = Programme.objects.get()
    usually = "12 sessions of 20 minutes, in a group · £12.50 a session for one pupil"
    assert usually in words(page(client, "programmes"))
    assert usually in words(page(client, "programme", kept.uuid))
    twice = client.post(reverse("timetables:new_programme"), SENT | {"name": "reading TOGETHER"})
    assert "Another programme is called “reading TOGETHER”." in twice.content.decode()
    opened = page(client, "edit_programme", kept.uuid)
    for typed in ('value="Reading together"', 'value="12"', 'value="20"', 'value="12.50"', "checked"):
        assert typed in opened
    changed = SENT | {"in_group": "", "sessions": "8", "minutes": "", "cost": "0"}
    assert client.post(reverse("timetables:edit_programme", args=[kept.uuid]), changed).status_code == 302
    assert Programme.objects.get() == kept
    assert "8 sessions, one to one · £0.00 a session for one pupil" in words(page(client, "programmes"))
    client.post(reverse("timetables:end_programme", args=[kept.uuid]))
    shown = words(page(client, "programmes"))
    assert shown.index("No longer offered") < shown.index("Reading together")


@pytest.mark.parametrize(("in_group", "said"), [("on", "in a group"), ("", "one to one")])
def test_a_pupil_begins_it_as_it_is_usually_given_and_may_have_it_otherwise(
    client, iap_staff, lead, school, in_group, said
):
    pupil = placement_at(school).pupil
    usual = keep_programme(
        school,
        by=lead,
        name="Talking",
        strand="intervention",
        sessions=12,
        in_group=True,
        cost=Decimal("7.50"),
    )
    client.force_login(iap_staff)
    form = client.get(reverse("timetables:start_intervention", args=[pupil.uuid, usual.uuid])).context["form"]
    begins = {name: form.initial[name] for name in ("planned", "in_group", "cost")}
    assert begins == {"planned": 12, "in_group": True, "cost": Decimal("7.50")}
    sent = form.initial | {"in_group": in_group, "delivered_by": "A charity"}
    answer = client.post(reverse("timetables:start_intervention", args=[pupil.uuid, usual.uuid]), sent)
    assert answer.status_code == 302
    held = Intervention.objects.get()
    shown = words(page(client, "interventions", pupil.uuid))
    assert f"A charity · {said} · since" in shown
    assert "Nothing else is offered at present." in shown
    assert f"Given {said.capitalize()}" in words(page(client, "intervention", pupil.uuid, held.uuid))


def test_a_programme_that_changes_leaves_what_was_planned_for_a_pupil(client, lead, school):
    usual = keep_programme(school, by=lead, name="Talking", strand="intervention", sessions=12, in_group=True)
    held = start_intervention(
        placement_at(school).pupil, by=lead, programme=usual, day=TODAY, planned=12, in_group=True,
        delivered_by="A charity",
    )  # fmt: skip
    client.force_login(lead)
    client.post(reverse("timetables:edit_programme", args=[usual.uuid]), SENT | {"in_group": "", "cost": "3"})
    held.refresh_from_db()
    assert (held.planned, held.in_group, held.cost) == (12, True, None)
