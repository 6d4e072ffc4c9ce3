"""The checks of an off-site provider."""

import datetime as dt
from typing import Any

from django import forms

from iap.ui.typed import Words

from .sessions import date_field


class ChecksForm(forms.Form):
    name = forms.ChoiceField(
        label="Provider",
        error_messages={"required": "Choose the provider.", "invalid_choice": "Choose the provider."},
    )
    contact = Words(
        label="Contact", max_length=200, required=False, help_text="Whom to ring, and the number."
    )
    checks = Words(
        label="Checks made",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Safeguarding, registration, health and safety, what is taught, visits.",
        error_messages={"required": "Say which checks were made."},
    )
    checked_by = Words(
        label="Who checked", max_length=120, error_messages={"required": "Say who made the checks."}
    )
    checked_on = date_field("Checked on", "Say on which day.")
    review_on = date_field("Look at them again on", "Choose a day within a year.")

    def __init__(self, *args: Any, providers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name: Any = self.fields["name"]
        name.choices = [(each, each) for each in providers]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        made, review = data.get("checked_on"), data.get("review_on")
        if isinstance(made, dt.date) and isinstance(review, dt.date) and review <= made:
            self.add_error("review_on", "The next review must be after the checks.")
        return data
