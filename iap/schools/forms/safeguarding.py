"""Who is spoken to about a worry, how they are reached, and when hand-offs are chased."""

from typing import Any

from django import forms

from iap.ui.typed import Words

from .calendar import RowsFormSet


class PersonForm(forms.Form):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = Words(max_length=80, error_messages={"required": "Enter a name, such as Mr Siddiq."})
    phone = forms.CharField(label="Telephone", max_length=40, required=False)
    room = Words(label="Room", max_length=80, required=False)
    is_deputy = forms.BooleanField(label="A deputy", required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("name") and not (given.get("phone") or given.get("room")):
            self.add_error("phone", "Enter a telephone number, or a room.")
        return given


PeopleFormSet: Any = forms.formset_factory(
    PersonForm, formset=RowsFormSet, extra=2, can_delete=True, max_num=8
)


class ChaseForm(forms.Form):
    hand_offs_chased_at = forms.TimeField(
        label="Hand-offs nobody has confirmed are chased at",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="On the same day: whoever holds the role of safeguarding lead, deputies too, is told again.",
        error_messages={
            "required": "Enter a time, such as 14:30.",
            "invalid": "Enter a time, such as 14:30.",
        },
    )
