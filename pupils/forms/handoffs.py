"""After speaking to the safeguarding lead: to whom, when, and a reference. There is no field for words, on purpose."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone

from iap.schools.models import SafeguardingPerson, School
from iap.ui.typed import Day
from pupils.models import HandOffError
from pupils.models.handoffs import REFERENCE

from .entries import EntryForm


class HandOffForm(EntryForm):
    to = forms.ModelChoiceField(
        SafeguardingPerson.objects.none(),
        to_field_name="uuid",
        label="Whom did you speak to?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "Choose whom you spoke to.",
            "invalid_choice": "Choose whom you spoke to.",
        },
    )
    day = Day(label="Day", error_messages={"required": "Choose the day."})
    time = forms.TimeField(
        label="Time",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": "Enter the time, such as 10:15.",
            "invalid": "Enter a time, such as 10:15.",
        },
    )
    reference = forms.CharField(
        label="Reference in the safeguarding record",
        max_length=24,
        required=False,
        help_text="A number such as 2026-031, if you have one. Nothing about what it was.",
        validators=[
            RegexValidator(REFERENCE, "Enter the reference alone: letters and digits, without spaces.")
        ],
        error_messages={"max_length": "Enter the reference alone: up to 24 letters and digits."},
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = SafeguardingPerson.objects.at([school]).current()  # type: ignore[attr-defined]

    @classmethod
    def fresh(cls, school: School) -> "HandOffForm":
        now = timezone.localtime()
        return cls(school=school, initial={"entry": uuid.uuid4(), "day": now.date(), "time": now.time()})

    def given(self) -> dict[str, Any]:
        """What the action is told."""
        data = self.cleaned_data
        told_at = timezone.make_aware(dt.datetime.combine(data["day"], data["time"]))
        return {"entry": data["entry"], "to": data["to"], "told_at": told_at, "reference": data["reference"]}


class HandOffErrorForm(forms.Form):
    why = forms.ChoiceField(choices=HandOffError.choices)
