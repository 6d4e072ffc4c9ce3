"""The sections of a referral. Each may be left half-filled and saved; what must be there is asked at the end."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from iap.schools.models import Role, User
from referrals.models import Agrees, Effect, Going, Hardest, Reason, Referral, Risk
from timetables.forms.sessions import date_field

FAMILY_READS = "The family may read this."
ROWS = 5  # things tried that a page has room for


def long_text(label: str, help_text: str, most: int = 2000, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": f"Keep it under {most:,} characters."},
    )


class HappeningForm(forms.Form):
    """What you see, and what goes well."""

    referrer_post = forms.CharField(
        label="Your role with the pupil",
        max_length=80,
        required=False,
        help_text="Tutor, head of year, teacher …",
    )
    happening = long_text(
        "What is happening?", f"Describe what you see and when. Two or three sentences. {FAMILY_READS}"
    )
    hardest = forms.MultipleChoiceField(
        label="When is it hardest?",
        choices=Hardest.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    goes_well = long_text(
        "What goes well, and who do they trust?", "Lessons, people, places and interests we can build on."
    )
    interests = forms.CharField(label="Strengths and interests", max_length=300, required=False)
    classes = forms.MultipleChoiceField(
        label="Lessons in which they succeed now",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The first hybrid week starts from these.",
    )

    def __init__(self, *args: Any, classes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["classes"]
        field.choices = classes
        if not classes:
            del self.fields["classes"]


class WorriesForm(forms.Form):
    """Why a place is asked for."""

    reasons = forms.MultipleChoiceField(
        label="What are you most worried about?",
        choices=Reason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    exclusion_risk = forms.ChoiceField(
        label="How near is exclusion?", choices=Risk.choices, required=False, widget=forms.RadioSelect
    )
    needs = long_text("What needs do you see?", "In plain words; no diagnosis is asked of you.", 1000)
    risks = long_text("What should we plan for?", "What might be unsafe, and what helps then.", 1000, 2)
    agencies = forms.CharField(label="Agencies you know of", max_length=300, required=False)
    is_punishment = forms.TypedChoiceField(
        label="Is this place itself a punishment?",
        choices=[("no", "No"), ("yes", "Yes")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text="The base is never one. A Yes may be sent; the lead then talks with you first.",
    )


class StrategyForm(forms.Form):
    """One thing that was tried. A row without a name of it is left out."""

    what = forms.CharField(label="What was tried", max_length=200, required=False)
    weeks = forms.IntegerField(
        label="Weeks",
        required=False,
        min_value=0,
        max_value=200,
        error_messages={
            "invalid": "Enter a number of weeks, such as 6.",
            "max_value": "Enter at most 200 weeks.",
        },
    )
    led_by = forms.CharField(label="Who led it", max_length=80, required=False)
    effect = forms.ChoiceField(
        label="What came of it", choices=[("", "Choose"), *Effect.choices], required=False
    )
    effect_words = forms.CharField(label="In a few words", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("what") and not data.get("effect"):
            self.add_error("effect", "Say what came of it.")
        if not data.get("what") and any(
            data.get(name) for name in ("weeks", "led_by", "effect", "effect_words")
        ):
            self.add_error("what", "Say what was tried.")
        return data


TriedForms = forms.formset_factory(StrategyForm, extra=0, min_num=ROWS, max_num=12, absolute_max=12)


class ViewsForm(forms.Form):
    """The pupil's words, and the family's."""

    pupil_words = long_text("The pupil’s own words", "As they said it, and dated by you if it matters.", 1000)
    family_informed_on = date_field("Parent or carer told on", "")
    family_agrees = forms.ChoiceField(
        label="Does the parent or carer agree?",
        choices=Agrees.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    family_views = long_text("What the parent or carer says", "Their view, in their words.", 1000)
    outcomes = long_text("What do we hope for?", "What would be different in a term?", 1000)
    supported_by = forms.ModelChoiceField(
        User.objects.none(),
        label="Senior leader who supports this",
        required=False,
        empty_label="Choose a leader",
        to_field_name="uuid",
    )

    def __init__(self, *args: Any, school: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["family_informed_on"].required = False
        leaders = User.objects.filter(
            memberships__school=school, memberships__role=Role.LEADER, is_active=True
        )
        field: Any = self.fields["supported_by"]
        field.queryset = leaders.distinct().order_by("name")

    def clean_family_informed_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["family_informed_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Choose today or an earlier day.")
        return day


class AnswerForm(forms.Form):
    """A minute of a teacher's time."""

    going = forms.TypedChoiceField(
        label="How is it going in my lesson?",
        choices=Going.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is going."},
    )
    works = forms.CharField(
        label="What works", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    back_first = forms.BooleanField(label="I would have them back first in my lesson", required=False)


def as_yes_or_no(answer: bool | None) -> str:
    return "" if answer is None else "yes" if answer else "no"


def initial_of(referral: Referral, names: list[str]) -> dict[str, Any]:
    found = {name: getattr(referral, name) for name in names if hasattr(referral, name)}
    if "is_punishment" in found:
        found["is_punishment"] = as_yes_or_no(referral.is_punishment)
    if "supported_by" in found:
        found["supported_by"] = referral.supported_by.uuid if referral.supported_by else None
    return found
