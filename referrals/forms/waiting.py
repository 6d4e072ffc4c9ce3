"""What is recorded while a pupil waits, and the offer of a place."""

from typing import Any

from django import forms

from iap.schools.models import ProvisionModel, School
from pupils.models import Pupil
from referrals.models import Fit, Referral, Rules
from referrals.states import ACCEPTED_ONES
from timetables.forms.sessions import adult_field, date_field

FAMILY_READS = "The family may read this. Write it so the pupil could too."


class InterimForm(forms.Form):
    what = forms.CharField(
        label="What they have meanwhile",
        max_length=200,
        help_text="A calm start with a known adult, a reduced set of rooms …",
        error_messages={"required": "Say what the pupil has while they wait."},
    )
    who = forms.CharField(
        label="Who gives it", max_length=120, error_messages={"required": "Say who gives it."}
    )
    review_on = date_field("Look at it again on", "Choose the day to look at it again.")


class ReviewForm(forms.Form):
    review = forms.CharField(
        label="How it goes", max_length=300, error_messages={"required": "Say in a few words how it goes."}
    )


class FitForm(forms.Form):
    fit = forms.ChoiceField(label="Fit with the groups there are", choices=Fit.choices)
    fit_note = forms.CharField(
        label="A note for yourself",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only the lead sees this note.",
    )


class OrderForm(forms.Form):
    points = forms.IntegerField(
        label="Number in place of the counted one",
        required=False,
        min_value=0,
        max_value=100,
        help_text="0 to 100. Leave empty to go back to the counted one.",
        error_messages={
            "min_value": "Enter a number from 0 to 100.",
            "max_value": "Enter a number from 0 to 100.",
            "invalid": "Enter a number from 0 to 100.",
        },
    )
    reason = forms.CharField(
        label="Why", max_length=300, required=False, help_text="Shown beside the number, with your name."
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("points") is not None and not data.get("reason"):
            self.add_error("reason", "Say why the order is changed.")
        return data


class TalkForm(forms.Form):
    talk = forms.CharField(
        label="What came of the talk",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say in a few words what came of the talk."},
    )
    still = forms.ChoiceField(
        label="Is the place a punishment?",
        choices=[("no", "No: the referral goes on"), ("yes", "Yes: the referral ends here")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what holds now."},
    )


class OfferForm(forms.Form):
    starts_on = date_field("First day", "Choose the first day.")
    expires_on = date_field(
        "To be answered by", "Choose by when the family answers.", "On or before the first day."
    )


class AcceptForm(forms.Form):
    """What a place needs to begin."""

    model = forms.ChoiceField(label="Kind of place", choices=ProvisionModel.choices)
    expected_weeks = forms.IntegerField(
        label="Expected length in school weeks",
        required=False,
        min_value=1,
        max_value=60,
        error_messages={"invalid": "Enter a number of weeks."},
    )
    first_review_on = date_field("First review", "Choose the first review.")
    words = forms.CharField(label="What the family said", max_length=300, required=False)

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key_adult"] = adult_field(
            school,
            "Key adult",
            error_messages={"required": "Choose the key adult.", "invalid_choice": "Choose the key adult."},
        )
        self.order_fields(["key_adult", "model", "expected_weeks", "first_review_on", "words"])


class WordsForm(forms.Form):
    words = forms.CharField(
        label="What the family said",
        max_length=300,
        error_messages={"required": "Say in a few words why it is not taken now."},
    )


class RulesForm(forms.ModelForm):
    class Meta:
        model = Rules
        fields = (
            "first_look_days",
            "information_days",
            "decision_days",
            "waiting_days",
            "offer_days",
            "sessions_a_week",
            "weight_exclusion",
            "weight_attendance",
            "weight_care",
            "weight_need",
            "weight_waiting",
            "weight_fit",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        weights = [value for name, value in data.items() if name.startswith("weight_")]
        if len(weights) == len(self.weights) and sum(weights) != 100:
            raise forms.ValidationError(
                f"The weights make {sum(weights)} together. Change them until they make 100."
            )
        return data

    @property
    def weights(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("weight_")]

    @property
    def targets(self) -> list[Any]:
        return [self[name] for name in self.fields if not name.startswith("weight_")]


class KeepApartForm(forms.Form):
    """Two of the pupils who are here or wait."""

    reason = forms.CharField(
        label="Why", max_length=300, error_messages={"required": "Say why in a few words."}
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = Referral.objects.at([school]).filter(state__in=ACCEPTED_ONES).values("pupil")
        here = (
            Pupil.objects.at([school]).filter(placements__ends_on=None, placements__isnull=False).values("pk")
        )
        both = Pupil.objects.at([school]).filter(pk__in=waiting.union(here)).in_register_order()
        for name, label in (("one", "One pupil"), ("other", "The other pupil")):
            self.fields[name] = forms.ModelChoiceField(
                both,
                label=label,
                to_field_name="uuid",
                empty_label="Choose a pupil",
                error_messages={
                    "required": "Choose a pupil.",
                    "invalid_choice": "Choose a pupil from the list.",
                },
            )
        self.order_fields(["one", "other", "reason"])
