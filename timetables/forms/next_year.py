"""The plan for next year."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from iap.ui.typed import Words
from timetables.actions.next_year import FIELDS
from timetables.models import NextYearPlan, Outlook
from timetables.next_year import version_of

from .sessions import date_field


def prose(label: str, help_text: str = "") -> Words:
    return Words(
        label=label,
        help_text=help_text,
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NextYearForm(forms.Form):
    """Written so that the pupil and the family could read it."""

    outlook = forms.ChoiceField(
        label="How next year looks",
        choices=Outlook.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how next year looks."},
    )
    receiving = Words(
        label="Class or teacher who would receive the pupil",
        max_length=120,
        required=False,
        help_text="As far as it is known: Year 4, Mr Ortiz.",
    )
    needed = prose("What would need to be in place", "In the classroom, in the provision and for travel.")
    pupil_view = prose("The pupil’s view", "In their own words where you can.")
    family_view = prose("The parent’s or carer’s view")
    decided_on = date_field("Decided on", "", "Leave empty while it is not decided.")
    review_on = date_field("Looked at again on", "")
    seen = Words(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, plan: NextYearPlan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written = {name: getattr(plan, name) for name in FIELDS} if plan else {}
        self.initial = {**written, "seen": version_of(plan)}
        for name in ("decided_on", "review_on"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        outlook, decided, review = (data.get(name) for name in ("outlook", "decided_on", "review_on"))
        if outlook and "decided_on" not in self.errors:
            self._check_decision(outlook, decided)
        if isinstance(decided, dt.date) and isinstance(review, dt.date) and review <= decided:
            self.add_error("review_on", "Choose a day after the decision to look at it again.")
        return data

    def _check_decision(self, outlook: str, decided: dt.date | None) -> None:
        if outlook == Outlook.UNDECIDED and decided:
            self.add_error(
                "decided_on", "Leave this empty while it is not decided, or choose what was decided."
            )
        elif outlook != Outlook.UNDECIDED and decided is None:
            self.add_error("decided_on", "Say when it was decided.")
        elif decided is not None and decided > timezone.localdate():
            self.add_error("decided_on", "Choose today or an earlier day.")
