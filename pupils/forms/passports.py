"""Writing a passport with the pupil."""

from typing import Any

from iap.ui.typed import long_words
from pupils.labels import field_of, label
from pupils.models import Passport

from .seen import SeenForm


def _part(name: str, help_text: str = "", **options: Any) -> Any:
    field = field_of(Passport, name)
    most = field.max_length or 500
    return long_words(
        label(Passport, name), help_text, most=most, rows=3, required=not field.blank, **options
    )


class PassportForm(SeenForm):
    """The parts of a passport, the pupil's own words first."""

    own_words = _part(
        "own_words",
        "Write it as the pupil says it: what they would like adults to know.",
        error_messages={"required": "Write the pupil’s own words."},
    )
    strengths = _part("strengths", "What they are good at, and what they like.")
    helps = _part(
        "helps",
        "A line each. The first three show to teachers on My lessons.",
        error_messages={"required": "Write at least one thing that helps."},
    )
    avoid = _part("avoid", "A line each.")
    early_signs = _part("early_signs", "What adults can see before it gets too much.")
    script = _part("script", "The words that were agreed, as they are said.")
    exit_card = _part("exit_card", "How the pupil shows it, where they go, and who comes.")

    def opened_at(self) -> tuple[int, dict[str, str]]:
        """The version that stood when this was opened, 0 for none, and what is written."""
        parts = dict(self.cleaned_data)
        seen = parts.pop("seen")
        return int(seen) if seen.isdecimal() and len(seen) < 9 else 0, parts
