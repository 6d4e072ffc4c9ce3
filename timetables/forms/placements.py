"""A pupil's place: giving it, changing it, ending it, and agreed reduced hours."""

import datetime as dt
from typing import Any

from django import forms

from iap.schools.models import ProvisionModel, School
from iap.ui.typed import Words
from pupils.models import Placement, ReducedHoursReason

from .sessions import adult_field, date_field


class PlacementForm(forms.Form):
    """What may be changed while the place is open."""

    model = forms.ChoiceField(choices=ProvisionModel.choices, label="Kind of place")
    expected_weeks = forms.IntegerField(
        label="Expected length in school weeks",
        required=False,
        min_value=1,
        max_value=60,
        error_messages={
            "min_value": "Enter at least 1 week.",
            "max_value": "Enter at most 60 weeks.",
            "invalid": "Enter a number of weeks.",
        },
    )
    first_review_on = date_field("First review", "Choose the first review.")
    helps = Words(
        label="What helps, in a few words",
        max_length=60,
        required=False,
        help_text="Shown on Today, where the pupil may read it, such as “Warn before changes”.",
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_review_on"].required = False
        self.fields["key_adult"] = adult_field(
            school,
            "Key adult",
            error_messages={"required": "Choose the key adult.", "invalid_choice": "Choose the key adult."},
        )
        self.order_fields(["starts_on", "key_adult", "model", "expected_weeks", "first_review_on", "helps"])


class OpenForm(PlacementForm):
    starts_on = date_field("First day", "Choose the first day.")


class ReducedHoursForm(forms.Form):
    """A parent's or carer's agreement. Behaviour is never the reason."""

    agreed_by = Words(
        label="Parent or carer who agreed", max_length=120, error_messages={"required": "Say who agreed."}
    )
    agreed_on = date_field("Agreed on", "Say when they agreed.")
    reason = forms.ChoiceField(
        choices=ReducedHoursReason.choices, help_text="Reduced hours never answer behaviour."
    )
    explanation = Words(
        max_length=300, required=False, label="In a few words", widget=forms.Textarea(attrs={"rows": 2})
    )
    starts_on = date_field("First day", "Choose the first day.")
    ends_on = date_field("Last day", "Reduced hours always have an end. Choose the last day.")
    review_on = date_field("Review", "Choose a review before they end.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends, review = (data.get(name) for name in ("starts_on", "ends_on", "review_on"))
        if isinstance(starts, dt.date) and isinstance(ends, dt.date):
            if ends <= starts:
                self.add_error("ends_on", "The last day must be after the first.")
            elif isinstance(review, dt.date) and not starts <= review <= ends:
                self.add_error("review_on", "Choose a review on or between the first and the last day.")
        return data


def values_of(placement: Placement) -> dict[str, Any]:
    fields = ("model", "expected_weeks", "first_review_on", "helps")
    return {**{name: getattr(placement, name) for name in fields}, "key_adult": placement.key_adult.uuid}
