"""Needs and strengths: what is noted of a pupil, and the school's own words for it."""

import datetime as dt
from typing import Any

from django import forms

from iap.ui.typed import Day, Words, long_words
from pupils.models import FoundAt, NeedArea, NeedWord

from .entries import FAMILY

OWN = [(area.value, area.label) for area in NeedArea if area != NeedArea.UNSORTED]


def day_field(label: str, help_text: str = "") -> Day:
    return Day(label=label, help_text=help_text, error_messages={"required": "Choose the day."})


def grouped(words: list[NeedWord], empty: str) -> list[Any]:
    """The words as the choices of a list, by area."""
    groups = [
        (label, [(str(word.uuid), word.words) for word in words if word.area == area]) for area, label in OWN
    ]
    return [("", empty), *((label, listed) for label, listed in groups if listed)]


class WordField(forms.ChoiceField):
    """One of the school's words, chosen from a list by area."""

    def __init__(self, words: list[NeedWord], *, empty: str, **options: Any) -> None:
        self.words = {str(word.uuid): word for word in words}
        super().__init__(choices=grouped(words, empty), **options)

    def clean(self, value: Any) -> NeedWord | None:
        return self.words.get(super().clean(value))


class NeedForm(forms.Form):
    """A word of the list, what it looks like for this pupil, or both."""

    detail = long_words(
        "What it looks like, what helps",
        f"Optional with words from the list. {FAMILY}",
        most=1000,
        required=False,
    )
    area = forms.ChoiceField(
        label="If it is not in the list",
        choices=[("", "It is in the list"), *OWN],
        required=False,
        help_text="Say what kind it is, and describe it above.",
    )
    found_at = forms.ChoiceField(label="Found", choices=FoundAt, initial=FoundAt.DAY)
    day = day_field("On")

    def __init__(self, *args: Any, words: list[NeedWord], today: dt.date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"day": today})
        super().__init__(*args, **kwargs)
        self.word_choices = grouped(words, "Choose from the list")
        self.fields["word"] = WordField(
            words, empty="Choose from the list", label="Need or strength", required=False
        )
        self.order_fields(["word", "detail", "area", "found_at", "day"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("word") and "word" not in self.errors:
            if not data.get("detail") and "detail" not in self.errors:
                self.add_error("word", "Choose words from the list, or describe it below.")
            elif not data.get("area"):
                self.add_error("area", "Say what kind it is, since it is not in the list.")
        return data


class EndNeedForm(forms.Form):
    day = day_field("Since")
    words = Words(label="What came of it", max_length=200, required=False)


class NewWordForm(forms.Form):
    """Words of the school's own."""

    area = forms.ChoiceField(
        label="Kind", choices=OWN, error_messages={"required": "Choose what kind it is."}
    )
    words = Words(max_length=80, error_messages={"required": "Write the words, such as “Sleep”."})
