"""What the school's own system says of a pupil, to be put right."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from iap.schools.forms.correcting import CorrectingForm
from iap.schools.models import Code, CodeSet
from iap.ui.typed import Day, Words
from pupils.actions.correcting import CORRECTABLE
from pupils.models import Pupil

CODED = {
    "year_group": (CodeSet.YEAR_GROUP, ""),
    "sen_stage": (CodeSet.SEN_STAGE, "Not said"),
    "sen_type": (CodeSet.SEN_TYPE, "None"),
}


class CorrectForm(CorrectingForm):
    class Meta:
        model = Pupil
        fields = CORRECTABLE
        labels = {
            "given_name": "First name",
            "preferred_name": "Known as",
            "sen_type": "Main need",
        }
        help_texts = {"preferred_name": "The first name that everybody uses, if it is another."}
        field_classes = {
            "born_on": Day,
            **dict.fromkeys(("given_name", "family_name", "preferred_name"), Words),
        }
        error_messages = {
            "given_name": {"required": "Enter the first name."},
            "family_name": {"required": "Enter the family name."},
            "born_on": {"invalid": "Enter a date, such as 3/9/2012."},
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, (code_set, nothing) in CODED.items():
            held = getattr(self.instance, name)
            codes = Code.objects.filter(school=self.instance.school_id, set=code_set)
            now = dict(codes.valid_on(timezone.localdate()).values_list("code", "label"))
            options = [(code, _words(name, code, label)) for code, label in now.items()]
            if held not in now and held:
                options.append((held, held))
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label,
                choices=[("", nothing), *options] if nothing else options,
                required=not nothing,
            )
        self.compare_with_what_was_seen()

    def clean_born_on(self) -> dt.date | None:
        day = self.cleaned_data["born_on"]
        if day and not dt.date(1990, 1, 1) <= day <= timezone.localdate():
            raise ValidationError("Enter the day on which the pupil was born.")
        return day


def _words(name: str, code: str, label: str) -> str:
    return label if name == "year_group" else f"{label} ({code})"
