"""How a place ended, whether it holds, and what the pupil says of it."""

from typing import Any

from django import forms

from iap.ui.typed import Day, Words, long_words
from pupils.models import Destination, Feels, FollowUpCheck, Holds, Placement

QUESTIONS = {
    Destination.FULL_RETURN: "Does the return hold?",
    Destination.CONTINUES: "Is the next year going as was hoped?",
}


def question_of(placement: Placement) -> str:
    """What is asked 2, 6 and 12 school weeks later, by where the pupil went."""
    return QUESTIONS.get(Destination(placement.destination), "Is it going well where they are now?")


def ending_fields() -> dict[str, Any]:
    """What is asked when a place ends, and again where its end is put right."""
    return {
        "ends_on": Day(
            label="First day without a place",
            error_messages={"required": "Choose the first day without a place."},
        ),
        "destination": forms.ChoiceField(
            choices=[("", "Choose one"), *Destination.choices],
            label="Where they go next",
            error_messages={"required": "Say where the pupil goes next."},
        ),
        "handed_to": Words(
            label="Handed over to",
            max_length=160,
            help_text="Who looks after the pupil from now on: a tutor, a head of year, a new school.",
            error_messages={"required": "Say who looks after the pupil from now on."},
        ),
        "handover": long_words("What they need to know", most=1000, required=False),
        "outcomes": long_words(
            "What has changed",
            "In plain words; the figures from beginning and end stand beside it.",
            most=1000,
            required=False,
        ),
    }


class EndForm(forms.Form):
    """End a place, or put right how it ended."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(ending_fields())

    @classmethod
    def of(cls, placement: Placement) -> "EndForm":
        held: Any = placement.exits.first()  # type: ignore[attr-defined]
        kept = {name: getattr(held, name, "") for name in ("handed_to", "handover", "outcomes")}
        initial = {"ends_on": placement.ends_on, "destination": placement.destination, **kept}
        return cls(prefix="end", initial=initial)


class HoldsForm(forms.Form):
    """Whether it holds, in one line of a person."""

    answer = forms.ChoiceField(
        choices=Holds.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer."},
    )
    line = Words(
        label="How do you know, in one line?",
        max_length=200,
        error_messages={
            "required": "Say in one line how you know.",
            "max_length": "One line is enough: up to 200 characters.",
        },
    )

    def __init__(self, data: Any = None, *, check: FollowUpCheck) -> None:
        held = {"answer": check.answer, "line": check.line}
        super().__init__(data, prefix=f"c{check.weeks}", initial=held)
        self.fields["answer"].label = question_of(check.placement)


class EvaluationForm(forms.Form):
    """What the pupil told somebody, in their own words."""

    feels = forms.ChoiceField(
        label="How school feels now",
        choices=[("", "Not asked"), *Feels.choices],
        required=False,
    )
    helped = long_words("What helped", most=500, rows=2, required=False)
    hard = long_words("What was hard", most=500, rows=2, required=False)
    proud = long_words("What I am proud of", most=500, rows=2, required=False)
    advice = long_words("What I would tell somebody who is new", most=500, rows=2, required=False)
