"""Asking for names, and deciding on it."""

from typing import Any

from django import forms

from reporting.actions.trust import LONGEST

DAYS = dict.fromkeys(
    ("required", "invalid", "min_value", "max_value"), f"Enter a number of days from 1 to {LONGEST}."
)


class AskForm(forms.Form):
    reason = forms.CharField(
        label="What you need the names for",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The school’s leader reads this, and it is kept.",
        error_messages={"required": "Say what you need the names for."},
    )


class DecideForm(forms.Form):
    granted = forms.ChoiceField(
        label="May they see names?",
        choices=[("yes", "Yes, for a time"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    days = forms.IntegerField(
        label="For how many days",
        min_value=1,
        max_value=LONGEST,
        initial=7,
        required=False,
        error_messages=DAYS,
    )
    answer = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="They read it, and it is kept.",
        error_messages={"required": "Say why."},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("granted") == "yes" and not data.get("days") and "days" not in self.errors:
            self.add_error("days", DAYS["required"])
        return data
