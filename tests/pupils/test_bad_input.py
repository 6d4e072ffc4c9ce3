"""Bad input where people plan with a pupil: a clear answer, nothing typed is lost, and the original stays."""

import datetime as dt
import importlib
import pkgutil
import uuid
from types import ModuleType
from typing import Any

import pytest
from django import forms
from django.urls import reverse

import iap.schools.forms.learning
import pupils.forms
import referrals.forms
import reporting.forms
import timetables.forms
from iap.ui.typed import Day
from pupils.actions.plans import note_evidence
from pupils.actions.programmes import keep_programme
from pupils.models import Intervention, Note, Plan, PupilSaid, RiskAssessment, Target
from tests.factories import MembershipFactory

from .plans import plan_for

DAY = dt.timedelta(days=1)
PASTED = "Kai\u2019s \x93good\x94 day\xa0\u2013 co\xadoperates\u200b\x0bTwice"
TIDY = 'Kai\'s "good" day – cooperates\nTwice'
LONG = 80  # a field that holds as much is for words


def form_classes(*packages: ModuleType) -> list[type[forms.Form]]:
    """Every form of the pages about a pupil, and of what staff have learnt; or of these packages."""
    modules = [] if packages else [iap.schools.forms.learning]
    for package in packages or (pupils.forms, timetables.forms):
        for each in pkgutil.iter_modules(package.__path__):
            modules.append(importlib.import_module(f"{package.__name__}.{each.name}"))
    found = {
        thing
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, forms.BaseForm) and hasattr(thing, "base_fields")
    }
    return sorted(found, key=lambda form: form.__qualname__)


def test_every_field_for_a_day_asks_about_a_year_that_cannot_be() -> None:
    everywhere = (iap.schools.forms, pupils.forms, timetables.forms, referrals.forms, reporting.forms)
    plain = {
        f"{form.__qualname__}.{name}"
        for form in form_classes(*everywhere)
        for name, field in form.base_fields.items()
        if isinstance(field, forms.DateField) and not isinstance(field, Day)
    }
    assert plain == set()


def test_a_place_does_not_end_in_a_year_that_cannot_be(client: Any, lead: Any, place: Any) -> None:
    client.force_login(lead)
    sent = {"end-ends_on": "9999-12-31", "end-destination": "full-return", "end-handed_to": "Mr Lund"}
    answer = client.post(reverse("timetables:end_placement", args=[place.pupil.uuid]), sent)
    assert answer.status_code == 422
    assert "Check the year." in answer.content.decode()
    assert 'value="Mr Lund"' in answer.content.decode()


def test_every_field_for_words_takes_what_word_pastes() -> None:
    spared = {"CorrectionForm.now"}  # its words are asked for by a field made for the part that is put right
    plain = {
        f"{form.__qualname__}.{name}"
        for form in form_classes()
        for name, field in form.base_fields.items()
        if type(field) is forms.CharField
        and not isinstance(field.widget, forms.HiddenInput)
        and (field.max_length is None or field.max_length >= LONG)
    }
    assert plain - spared == set()


def test_word_text_is_kept_as_it_reads(
    client: Any, iap_staff: Any, pupil: Any, today: dt.date, place: Any, lead: Any
) -> None:
    client.force_login(iap_staff)
    note = {"entry": uuid.uuid4(), "day": today, "text": PASTED}
    assert client.post(reverse("pupils:note", args=[pupil.uuid]), note).status_code == 302
    assert Note.objects.get().text == TIDY
    client.force_login(lead)
    line = {"hazard": "Noise", "likelihood": "possible", "controls": PASTED, "who_knows": ""}
    counts = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0}
    sent = {"seen": 0, "changed": "First", "review_on": today + 30 * DAY}
    sent |= {f"lines-{key}": value for key, value in counts.items()}
    sent |= {f"lines-0-{key}": value for key, value in line.items()}
    assert client.post(reverse("timetables:write_risks", args=[pupil.uuid]), sent).status_code == 302
    assert RiskAssessment.objects.get().hazards.get().controls == TIDY
    client.post(reverse("timetables:hand_over", args=[pupil.uuid]))
    client.post(reverse("timetables:voice"), {"entry": uuid.uuid4(), "words": PASTED})
    assert PupilSaid.objects.get().words == TIDY


def before_the_place(kind: str, pupil: Any, place: Any, lead: Any) -> tuple[str, dict[str, Any], Any]:
    """An address, what is sent with a day before the place began, and the model of which nothing may be kept."""
    day = place.starts_on - 2 * DAY
    if kind == "plan":
        row = {
            "words": "I walk in",
            "success": "Four of five",
            "provision": "A greeting",
            "starts_at": 2,
            "aims_at": 4,
        }
        sent = {"day": day, "review_on": day + 40 * DAY, "barriers": "Noise and more"}
        sent |= {"targets-TOTAL_FORMS": 1, "targets-INITIAL_FORMS": 0}
        sent |= {f"targets-0-{name}": value for name, value in row.items()}
        return reverse("pupils:plan_new", args=[pupil.uuid]), sent, Plan
    of = keep_programme(pupil.school, by=lead, name="Reading", strand="intervention", sessions=12)
    sent = {"day": day, "planned": 12, "delivered_by": "Noise and more"}
    return reverse("timetables:start_intervention", args=[pupil.uuid, of.uuid]), sent, Intervention


@pytest.mark.parametrize("kind", ["plan", "intervention"])
def test_a_day_before_the_place_is_told_when_it_began_and_what_was_typed_stays(
    client: Any, lead: Any, pupil: Any, place: Any, kind: str
) -> None:
    client.force_login(lead)
    address, sent, model = before_the_place(kind, pupil, place, lead)
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{place.starts_on.day} {place.starts_on:%B}" in page, "when it began"
    assert "Noise and more" in page, "what was typed"
    assert not model.objects.exists()


def test_a_target_with_evidence_is_not_removed_and_what_was_typed_stays(
    client: Any, lead: Any, place: Any, today: dt.date
) -> None:
    plan = plan_for(place, lead)
    note_evidence(Target.objects.get(), by=lead, day=today, reached=3, text="Walked in by himself")
    client.force_login(lead)
    address = reverse("pupils:plan_change", args=[place.pupil.uuid, plan.uuid])
    opened = client.get(address).context
    sent = {
        field.html_name: field.value() or "" for form in (opened["form"], *opened["rows"]) for field in form
    }
    sent |= {"targets-TOTAL_FORMS": len(opened["rows"]), "targets-INITIAL_FORMS": 1}
    sent |= {"targets-0-remove": "on", "strengths": "Typed meanwhile", "with_pupil": "", "with_family": ""}
    sent |= {
        "targets-1-words": "I go to art", "targets-1-success": "Twice a week", "targets-1-provision": "A walk there",
        "targets-1-starts_at": "1", "targets-1-aims_at": "3",
    }  # fmt: skip
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "End it instead" in page
    assert "Typed meanwhile" in page and "I go to art" in page
    target = Target.objects.get()
    assert target.evidence.get().text == "Walked in by himself"  # type: ignore[attr-defined]
    assert Plan.objects.get().strengths == plan.strengths


def test_the_history_keeps_the_original_of_what_is_put_right(
    client: Any, lead: Any, pupil: Any, today: dt.date
) -> None:
    client.force_login(lead)
    sent = {"entry": uuid.uuid4(), "day": today, "text": "He walked out."}
    client.post(reverse("pupils:note", args=[pupil.uuid]), sent)
    address = reverse("pupils:words", args=[pupil.uuid, sent["entry"]])
    client.post(address, {"text": "He asked for a break, and went."})
    page = client.get(address).content.decode()
    assert "He asked for a break, and went." in page
    assert "He walked out." in page, "the earlier words stand beside"


def test_somebody_else_does_not_put_right_what_they_did_not_write(
    client: Any, lead: Any, school: Any, pupil: Any, today: dt.date
) -> None:
    client.force_login(lead)
    sent = {"entry": uuid.uuid4(), "day": today, "text": "He walked out."}
    client.post(reverse("pupils:note", args=[pupil.uuid]), sent)
    client.force_login(MembershipFactory(school=school, role="staff").user)
    address = reverse("pupils:words", args=[pupil.uuid, sent["entry"]])
    client.post(address, {"text": "Something else"})
    assert Note.objects.get().text == "He walked out."
