"""What a pupil says of the day."""

from typing import Any

from django import forms

from iap.ui.typed import Words
from pupils.forms.entries import EntryForm
from pupils.models import DayMood, Feels, Helped


class DayForm(EntryForm):
    """A face, pictures of what helped, and words: any of them, none is needed beside another."""

    mood = forms.TypedChoiceField(
        label="How was today?",
        choices=[("", "Rather not say"), *DayMood.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    helped = forms.MultipleChoiceField(
        label="What helped?",
        choices=Helped.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = Words(
        label="Anything you want to say",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        help_text="Adults who help you read this.",
        error_messages={"max_length": "Your words are longer than fits here. Make them a little shorter."},
    )

    def said(self) -> dict[str, Any]:
        """What was said, for the action."""
        return self.cleaned_data


def _words(label: str) -> Words:
    return Words(
        label=label,
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Your words are longer than fits here. Make them a little shorter."},
    )


class TimeHereForm(forms.Form):
    """At the end of a place: what it was like. Any answer will do."""

    feels = forms.ChoiceField(
        label="How does school feel now?", choices=Feels.choices, widget=forms.RadioSelect, required=False
    )
    helped = _words("What helped?")
    hard = _words("What was hard?")
    proud = _words("What are you proud of?")
    advice = _words("What would you tell somebody who is new here?")
