"""Writing a plan and its targets, and what shows how a target is going."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from iap.ui.typed import Day, Words, long_words
from pupils.actions.plans import MOST, TargetIn
from pupils.models import Plan, Reached, Target

from .seen import SeenForm

FAMILY = "Write it so that the pupil and their family could read it."
SPARE = 3  # empty rows for targets, of as many as a plan holds
TARGET = ("words", "success", "provision", "starts_at", "aims_at")


def date_field(label: str, asks: str, **options: Any) -> Day:
    return Day(label=label, error_messages={"required": asks}, **options)


def step_field(label: str, **options: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Choose a step"), *Reached.choices],
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Choose one of the five steps."},
        **options,
    )


class PlanForm(SeenForm):
    """The days of a plan, what goes well, and what gets in the way."""

    day = date_field("From", "Choose the first day of the plan.")
    review_on = date_field("Review on", "Choose the day of the review.")
    strengths = long_words(
        "What goes well", "Strengths and interests to build on.", most=1500, required=False
    )
    barriers = long_words(
        "What gets in the way",
        f"Needs and barriers, in words the family knows. {FAMILY}",
        most=1500,
        error_messages={"required": "Say what gets in the way, in a few words."},
    )
    with_pupil = forms.BooleanField(label="Agreed with the pupil", required=False)
    with_family = forms.BooleanField(label="Agreed with a parent or carer", required=False)


class TargetForm(forms.Form):
    """One target. A row with nothing in it is left out."""

    target = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = Words(
        label="Target, in the pupil’s words",
        max_length=200,
        required=False,
        error_messages={"max_length": "A target holds 200 characters. Shorten it."},
    )
    provision = long_words(
        "What adults do", "Who does what with the pupil, and how often.", most=600, rows=2, required=False
    )
    success = Words(
        label="Success looks like",
        max_length=300,
        required=False,
        error_messages={"max_length": "This holds 300 characters. Shorten it."},
    )
    starts_at = step_field("Where it stands now", required=False)
    aims_at = step_field("Hoped for by the review", required=False)
    remove = forms.BooleanField(label="Remove this target", required=False)

    MUST = {
        "words": "Write the target in the pupil’s own words.",
        "provision": "Say what adults do, who and how often.",
        "success": "Say what success looks like.",
        "starts_at": "Choose where it stands now.",
        "aims_at": "Choose what you hope for by the review.",
    }

    @property
    def is_spare(self) -> bool:
        """Whether nothing is, or was, written in this row."""
        return not any(self[name].value() for name in ("target", *TARGET))

    @property
    def is_empty(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in ("target", *TARGET))

    @property
    def is_kept(self) -> bool:
        return not self.is_empty and not self.cleaned_data.get("remove")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.is_empty or data.get("remove"):
            return data
        for name, says in self.MUST.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, says)
        if (data.get("starts_at") or 0) > (data.get("aims_at") or 5):
            self.add_error("aims_at", "Hope for the same step or a further one.")
        return data


TargetForms = forms.formset_factory(TargetForm, extra=0, max_num=2 * MOST, absolute_max=4 * MOST)


def target_forms(data: Any, targets: Iterable[Target], *, spare: int = SPARE) -> Any:
    """A row for each of these targets, and some to write new ones in."""
    held = [{"target": each.uuid, **{name: getattr(each, name) for name in TARGET}} for each in targets]
    room = max(MOST - len(held), 0)
    return TargetForms(data, prefix="targets", initial=[*held, *({} for _ in range(min(spare, room)))])


def written_in(rows: Any, targets: Iterable[Target]) -> list[TargetIn]:
    """What the rows say, each with the target it stands for."""
    known = {each.uuid: each for each in targets}
    return [
        TargetIn(
            **{name: row.cleaned_data[name] for name in TARGET}, target=known.get(row.cleaned_data["target"])
        )
        for row in rows
        if row.is_kept
    ]


def initial_of(plan: Plan, seen: str) -> dict[str, Any]:
    names = ("day", "review_on", "strengths", "barriers", "with_pupil", "with_family")
    return {name: getattr(plan, name) for name in names} | {"seen": seen}


class EvidenceForm(forms.Form):
    """What shows how a target is going, in one tap or one line."""

    day = date_field("Day", "Choose the day.")
    reached = step_field("Step", required=False)
    text = Words(
        label="What you saw",
        max_length=500,
        required=False,
        help_text=FAMILY,
        error_messages={"max_length": "This holds 500 characters. Shorten it."},
    )

    @classmethod
    def fresh(cls, day: dt.date) -> "EvidenceForm":
        return cls(initial={"day": day})


class EndTargetForm(forms.Form):
    why = Words(
        label="Why it ends",
        max_length=200,
        error_messages={
            "required": "Say in a few words why it ends.",
            "max_length": "This holds 200 characters. Shorten it.",
        },
    )
