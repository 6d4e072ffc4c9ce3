"""A pupil's risk assessment, line by line."""

from collections.abc import Sequence
from typing import Any

from django import forms

from iap.ui.typed import Words
from pupils.actions.risks import HazardIn
from pupils.models import Hazard, Likelihood, RiskAssessment

from .sessions import date_field

SPARE = 2  # empty lines for new hazards
MOST = 20


class RiskForm(forms.Form):
    """What holds for the whole version."""

    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    changed = Words(
        label="What changed, and why",
        max_length=300,
        help_text="A few words. Earlier versions are kept.",
        error_messages={"required": "Say what changed and why, in a few words."},
    )
    review_on = date_field("Looked at again by", "Choose the day by which you look at it again.")


class HazardForm(forms.Form):
    """One line. Left empty, it is no line."""

    hazard = Words(label="What could cause harm", max_length=200, required=False)
    likelihood = forms.ChoiceField(
        label="How likely", choices=[("", "Choose"), *Likelihood.choices], required=False
    )
    controls = Words(
        label="What adults do", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    sessions = forms.MultipleChoiceField(
        label="Sessions it is about",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick none where it holds in all of them. Their adults see this line.",
    )
    who_knows = Words(
        label="Who else has been told",
        max_length=200,
        required=False,
        help_text="The site manager, a parent …",
    )

    def __init__(self, *args: Any, titles: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sessions: Any = self.fields["sessions"]
        kept = [title for title in (self.initial.get("sessions") or []) if title not in titles]
        sessions.choices = [(title, title) for title in [*titles, *kept]]
        if not sessions.choices:
            del self.fields["sessions"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needed = {
            "hazard": "Say what could cause harm.",
            "likelihood": "Choose how likely it is.",
            "controls": "Say what adults do about it.",
        }
        if any(data.get(name) for name in (*needed, "who_knows", "sessions")):
            for name, words in needed.items():
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return data


class BaseHazards(forms.BaseFormSet):
    def __init__(self, *args: Any, held: RiskAssessment | None, titles: Sequence[str], **kwargs: Any) -> None:
        lines = Hazard.objects.filter(school=held.school_id, assessment=held) if held else ()
        fields = ("hazard", "likelihood", "controls", "who_knows", "sessions")
        rows = [{name: getattr(line, name) for name in fields} for line in lines]
        super().__init__(*args, **{**kwargs, "initial": rows, "form_kwargs": {"titles": titles}})

    def lines(self) -> list[HazardIn]:
        """The lines that say something; one that was emptied is not in this version."""
        return [HazardIn(**row) for row in self.cleaned_data if row.get("hazard")]


HazardFormSet: Any = forms.formset_factory(HazardForm, formset=BaseHazards, extra=SPARE, max_num=MOST)
