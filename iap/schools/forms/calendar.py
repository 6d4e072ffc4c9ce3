"""School years, terms and closures: rows of dates that are kept together."""

import datetime as dt
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from iap.ui.typed import Day


def date_field(label: str, required: str) -> Day:
    return Day(
        label=label,
        error_messages={"required": required, "invalid": "Enter a date, such as 3/9/2026."},
    )


class SpanForm(forms.Form):
    """A name and its first and last day."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(max_length=20, error_messages={"required": "Enter a name, such as Autumn 1."})
    starts_on = date_field("First day", "Enter the first day.")
    ends_on = date_field("Last day", "Enter the last day.")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("starts_on") and given.get("ends_on") and given["ends_on"] <= given["starts_on"]:
            self.add_error("ends_on", "Enter a last day that is after the first day.")
        return given


class TermForm(SpanForm):
    name = forms.CharField(max_length=40, error_messages={"required": "Enter a name, such as Autumn 1."})


class YearForm(SpanForm):
    name = forms.CharField(max_length=20, error_messages={"required": "Enter a name, such as 2026/27."})


class ClosureForm(forms.Form):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    day = date_field("Day", "Enter the day on which the school is closed.")
    reason = forms.CharField(max_length=80, required=False, help_text="Such as Training day")

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if day.weekday() > 4:
            raise ValidationError("Choose a weekday: the school is closed at weekends anyway.")
        return day


class RowsFormSet(forms.BaseFormSet):
    """Rows that are saved together; a ticked “Remove” takes one out, an empty one is left alone."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Remove"

    def rows(self) -> list[dict[str, Any]]:
        """What is to stand, as it was typed and checked."""
        kept = (form.cleaned_data for form in self._standing())
        return [{name: value for name, value in row.items() if name != "DELETE"} for row in kept]

    def _standing(self) -> list[Any]:
        """The forms that are filled in, right by themselves, and not removed."""
        return [
            form
            for form in self.forms
            if form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]


class SpansFormSet(RowsFormSet):
    def clean(self) -> None:
        forms_ = sorted(self._standing(), key=lambda form: form.cleaned_data["starts_on"])
        for earlier, later in pairwise(forms_):
            if later.cleaned_data["starts_on"] <= earlier.cleaned_data["ends_on"]:
                name = earlier.cleaned_data["name"]
                later.add_error("starts_on", f"Enter a day after {name} has ended: the two may not overlap.")


class ClosuresFormSet(RowsFormSet):
    def clean(self) -> None:
        seen: set[dt.date] = set()
        for form in self._standing():
            day = form.cleaned_data["day"]
            if day in seen:
                form.add_error("day", "This day is in the list twice. Remove one of the two.")
            seen.add(day)


def _set(form: type[forms.Form], formset: type[RowsFormSet], extra: int) -> Any:
    return forms.formset_factory(form, formset=formset, extra=extra, can_delete=True, max_num=200)


YearsFormSet = _set(YearForm, SpansFormSet, 1)
TermsFormSet = _set(TermForm, SpansFormSet, 2)
ClosureFormSet = _set(ClosureForm, ClosuresFormSet, 3)
