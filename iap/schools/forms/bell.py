"""The periods of one weekday."""

from itertools import pairwise
from typing import Any

from django import forms

from iap.schools.models import PeriodKind

from .calendar import RowsFormSet


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": f"Enter when the period {label.lower()}, such as 09:00.",
            "invalid": "Enter a time, such as 09:00.",
        },
    )


class PeriodForm(forms.Form):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        max_length=20, error_messages={"required": "Enter the name as on the timetable, such as 1 or Break."}
    )
    starts = _time("Starts")
    ends = _time("Ends")
    kind = forms.ChoiceField(choices=PeriodKind.choices, initial=PeriodKind.LESSON)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("starts") and given.get("ends") and given["ends"] <= given["starts"]:
            self.add_error("ends", "Enter an end that is after the start.")
        return given


class PeriodsFormSetBase(RowsFormSet):
    def clean(self) -> None:
        standing = sorted(self._standing(), key=lambda form: form.cleaned_data["starts"])
        for earlier, later in pairwise(standing):
            before, after = earlier.cleaned_data, later.cleaned_data
            if after["starts"] < before["ends"]:
                later.add_error(
                    "starts", f"Enter {before['ends']:%H:%M} or later: {before['name']} lasts until then."
                )
        names: set[str] = set()
        for form in standing:
            name = form.cleaned_data["name"]
            if name in names:
                form.add_error("name", f"Another period of this day is called {name}. Choose another name.")
            names.add(name)


PeriodsFormSet: Any = forms.formset_factory(
    PeriodForm, formset=PeriodsFormSetBase, extra=3, can_delete=True, max_num=20
)
