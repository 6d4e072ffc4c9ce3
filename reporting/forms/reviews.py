"""What people say in a review of their own provision."""

from collections.abc import Mapping
from typing import Any

from django import forms

from iap.schools.models import Stage
from iap.ui.typed import Day
from reporting.models import Judgement, Level
from reporting.tenets import Statement, Tenet

AREA = forms.Textarea(attrs={"rows": 3})


class JudgementForm(forms.ModelForm):
    """One statement: how far it holds, how that is known, what happens next."""

    level = forms.ChoiceField(
        label="How far does it hold?",
        choices=[("", "Not said yet"), *Level.choices],
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Judgement
        fields = ["level", "why", "next_step", "who", "due_on"]
        labels = {
            "why": "How we know",
            "next_step": "What we do next",
            "who": "Who sees to it",
            "due_on": "By when",
        }
        field_classes = {"due_on": Day}
        widgets = {"why": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"due_on": {"invalid": "Enter a day, such as 24/03/2027."}}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("next_step") and not data.get("who"):
            self.add_error("who", "Say who sees to it.")
        return data


class TenetForm:
    """The statements of one tenet, each with its form: `bound` where something was sent."""

    def __init__(self, tenet: Tenet, held: Mapping[str, Judgement], data: Any = None) -> None:
        self.rows: list[tuple[Statement, JudgementForm]] = [
            (each, JudgementForm(data, instance=held.get(each.key), prefix=each.key))
            for each in tenet.statements
        ]
        self.forms = [form for _, form in self.rows]

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms])

    def non_form_errors(self) -> list[str]:
        return []

    @property
    def said(self) -> dict[str, dict[str, Any]]:
        return {statement.key: form.cleaned_data for statement, form in self.rows}


class SummaryForm(forms.Form):
    stage = forms.ChoiceField(
        label="Our provision is",
        choices=Stage.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far the provision has come."},
    )
    summary = forms.CharField(
        label="In a few sentences",
        max_length=1000,
        required=False,
        widget=AREA,
        help_text="What is strong, what comes next. Governors may read it.",
    )
