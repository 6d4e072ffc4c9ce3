"""What staff write about a pupil, and put right later."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from iap.ui.typed import Day, Words
from pupils.models import CheckIn, Note

FAMILY = "Write it so that the pupil and their family could read it."


class EntryForm(forms.Form):
    """What is kept under a UUID that is made with the form, so that sending it twice keeps it once."""

    entry = forms.UUIDField(widget=forms.HiddenInput)

    def begin_anew(self, words: str) -> None:
        """Something else is kept under this UUID: what was typed stays, and sent once more is kept beside it."""
        self.add_error(None, words)
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("entry")] = str(uuid.uuid4())
        self.data = data


class NoteForm(EntryForm):
    """A note of a day."""

    day = Day(label="Day", error_messages={"required": "Choose the day."})
    text = Words(
        label="Note",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=FAMILY,
        error_messages={
            "required": "Write a few words, or go back.",
            "max_length": "A note holds 2,000 characters. Shorten it, or write two.",
        },
    )
    follow_up = forms.BooleanField(
        label="Needs a follow-up",
        required=False,
        help_text="It then stays at the top of the page until somebody has seen to it.",
    )

    @classmethod
    def fresh(cls, day: dt.date) -> "NoteForm":
        return cls(initial={"entry": uuid.uuid4(), "day": day})


class WordingForm(forms.Form):
    """The words of a note, or those with a check-in, which may also be left out."""

    text = Words(label="Words", widget=forms.Textarea(attrs={"rows": 5}), help_text=FAMILY)

    def __init__(self, *args: Any, entry: Note | CheckIn, **kwargs: Any) -> None:
        is_note = isinstance(entry, Note)
        kwargs.setdefault("initial", {"text": entry.text if isinstance(entry, Note) else entry.note})
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        field.required = is_note
        field.error_messages["required"] = "Write a few words, or undo the note."


class InErrorForm(forms.Form):
    """Why a record is marked as entered in error: in words, or by a choice where words would tell too much."""

    why = Words(
        label="Why was it entered in error?",
        max_length=200,
        help_text="Such as: about another pupil. The record stays, struck through, with these words.",
        error_messages={
            "required": "Say in a few words why it was entered in error.",
            "max_length": "This holds 200 characters. Shorten it.",
        },
    )

    def __init__(self, *args: Any, reasons: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if reasons:
            self.fields["why"] = forms.ChoiceField(
                label="Why was it entered in error?",
                choices=reasons,
                widget=forms.RadioSelect,
                error_messages={"required": "Choose why it was entered in error."},
            )
