from typing import Any

from django import forms

from .models import Nightly


class WondeForm(forms.ModelForm):
    class Meta:
        model = Nightly
        fields = ["wonde_id", "wonde_on"]
        help_texts = {"wonde_id": "Wonde shows it beside the school’s name, such as A1930499544."}

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("wonde_on") and not given.get("wonde_id") and "wonde_id" not in self.errors:
            self.add_error("wonde_id", "Enter the school’s identifier in Wonde first.")
        return given
