"""What the provision costs, as a leader enters it."""

from typing import Any

from django import forms

from iap.ui.typed import Day
from reporting.models import Costs

POUNDS = dict.fromkeys(("invalid", "min_value", "max_value"), "Enter whole pounds, such as 84000.")


class CostsForm(forms.ModelForm):
    class Meta:
        model = Costs
        fields = ["starts_on", "ends_on", "staff", "other", "external_week", "source"]
        field_classes = dict.fromkeys(("starts_on", "ends_on"), Day)
        error_messages = {
            "starts_on": {"required": "Enter the first day.", "invalid": "Enter a date, such as 1/9/2026."},
            "ends_on": {"required": "Enter the last day.", "invalid": "Enter a date, such as 31/8/2027."},
            "staff": {"required": "Enter what the staff cost, such as 84000, or 0.", **POUNDS},
            "other": {"required": "Enter what everything else costs, such as 6000, or 0.", **POUNDS},
            "external_week": POUNDS,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", "Enter a last day after the first.")
        if data.get("staff") == 0 and data.get("other") == 0:
            self.add_error("staff", "Enter what the staff cost, or everything else.")
        return data
