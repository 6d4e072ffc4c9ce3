"""What people type or paste: the same words, without what a word processor hid in them; and days that can be.

Every field for words that people write uses `Words`; text that arrives without a form goes through `tidied`. Every
field for a day uses `Day`.
"""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

# What Windows-1252 has where Unicode has control characters, as text copied through an old program brings it.
_MISREAD = {
    "\x85": "…",
    "\x91": "'",
    "\x92": "'",
    "\x93": '"',
    "\x94": '"',
    "\x95": "•",
    "\x96": "–",
    "\x97": "—",
}
_QUOTES = {**dict.fromkeys("‘’‚‛′", "'"), **dict.fromkeys("“”„‟″", '"')}
_BLANKS = dict.fromkeys(
    "\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "
)
_BREAKS = dict.fromkeys("\r\x0b\x0c\u2028\u2029", "\n")
_UNSEEN = dict.fromkeys("\xad\u200b\u200c\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e")
_CONTROLS = dict.fromkeys(chr(code) for code in (*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0)))
_BULLETS = {"\uf0b7": "•", "\uf0a7": "•"}
_TABLE = str.maketrans({**_CONTROLS, **_MISREAD, **_QUOTES, **_BLANKS, **_BREAKS, **_UNSEEN, **_BULLETS})


def tidied(text: str) -> str:
    """The text with plain quotes and blanks, one kind of line break, and nothing that cannot be seen.

    Lines lose the blanks at their ends, and at most one empty line stands between two paragraphs. No letter,
    dash or sign that can be seen is lost; tidying twice changes nothing.
    """
    lines = text.replace("\r\n", "\n").translate(_TABLE).split("\n")
    tidy = "\n".join(re.sub(" {2,}", " ", line).strip(" ") for line in lines)
    return re.sub(r"\n{3,}", "\n\n", tidy).strip("\n ")


class Words(forms.CharField):
    """Words that somebody types or pastes, tidied before their length is looked at."""

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        return tidied(found) if isinstance(found, str) else found


class Day(forms.DateField):
    """A day that somebody types or chooses. A year far from ours is a slip, and would be beyond what can be counted."""

    default_error_messages = {"invalid": "Choose a day, such as 3 March 2026."}
    default_validators = [
        MinValueValidator(dt.date(1950, 1, 1), "Check the year."),
        MaxValueValidator(dt.date(2099, 12, 31), "Check the year."),
    ]

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)


def long_words(label: str, help_text: str = "", *, most: int, rows: int = 3, **options: Any) -> Words:
    """A field of several lines that holds `most` characters, and says so where it holds too many."""
    return Words(
        label=label,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": f"This holds {most:,} characters. Shorten it."}
        | options.pop("error_messages", {}),
        **options,
    )
