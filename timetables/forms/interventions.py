"""Programmes, and interventions of one pupil."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from iap.schools.models import School
from iap.ui.typed import Words, long_words
from pupils.forms.needs import day_field
from pupils.models import Ending, Need, Programme, Score, ScoreField, Strand
from timetables.interventions import said_of

from .sessions import adult_field

MANY = dict.fromkeys(("required", "invalid", "min_value", "max_value"), "Enter between 1 and 200 sessions.")
POUNDS = dict.fromkeys(
    ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"),
    "Enter pounds, such as 12.50, or leave it empty.",
)


def sessions_field(**options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label="Sessions planned", min_value=1, max_value=200, error_messages=MANY, **options
    )


def cost_field() -> forms.DecimalField:
    return forms.DecimalField(
        label="Cost of a session for one pupil, in pounds",
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=2,
        help_text="Leave empty where it is not known.",
        error_messages=POUNDS,
    )


class RowField(forms.ModelChoiceField):
    """One of some rows, by UUID or key, each in words."""

    def __init__(self, rows: Any, words: Any, **options: Any) -> None:
        self.words = words
        super().__init__(rows, required=False, **options)

    def label_from_instance(self, obj: Any) -> str:
        return str(self.words(obj))


class ProgrammeForm(forms.Form):
    """What the school offers, and how it is usually given."""

    name = Words(max_length=80, error_messages={"required": "Give the programme a name."})
    strand = forms.ChoiceField(
        choices=Strand,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose one of the five strands."),
    )
    about = long_words("What it is", "In a sentence, for colleagues.", most=300, rows=2, required=False)
    in_group = forms.BooleanField(label="Usually in a group", required=False)
    sessions = sessions_field(help_text="As it is usually given.")
    minutes = forms.IntegerField(
        label="Minutes of a session",
        required=False,
        min_value=5,
        max_value=400,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter minutes, such as 30, or leave it empty."
        ),
    )
    cost = cost_field()

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = ScoreField.objects.filter(school=school, tool__valid_to=None).select_related("tool")
        self.fields["measure"] = RowField(
            fields.order_by("tool__name", "position"),
            lambda each: f"{each.tool}: {each}",
            label="Looked at before and after",
            to_field_name="uuid",
            empty_label="Nothing in particular",
            help_text="A score that shows whether it helps.",
        )


class StartForm(forms.Form):
    """A pupil's way through a programme."""

    aim = Words(label="What we hope for", max_length=200, required=False)
    day = day_field("From")
    until = day_field("Planned until", "Optional.")
    planned = sessions_field()
    in_group = forms.BooleanField(label="In a group", required=False)
    delivered_by = Words(label="Or somebody from outside", max_length=120, required=False)
    cost = cost_field()

    def __init__(
        self, *args: Any, pupil: Any, programme: Programme, titles: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].required = False
        self.fields["deliverer"] = adult_field(pupil.school, "Who gives it", required=False)
        self.fields["title"] = forms.ChoiceField(
            label="Given in the sessions called",
            choices=[("", "In no session of the week"), *((each, each) for each in titles)],
            required=False,
            help_text="Who came is then in the day’s register already.",
        )
        needs = Need.objects.filter(school=pupil.school_id, pupil=pupil).open().exclude(area="strength")
        self.fields["need"] = RowField(
            needs.select_related("word"), str, label="Which need it answers", to_field_name="uuid",
            empty_label="None in particular",
        )  # fmt: skip
        self.order_fields(
            [
                "need",
                "aim",
                "day",
                "until",
                "planned",
                "in_group",
                "deliverer",
                "delivered_by",
                "title",
                "cost",
            ]
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("deliverer") and not data.get("delivered_by") and "deliverer" not in self.errors:
            self.add_error("deliverer", "Choose who gives it, or name somebody from outside.")
        return data


class ExtendForm(forms.Form):
    planned = sessions_field()
    until = day_field("Planned until", "Optional.")
    why = Words(
        label="Why it goes on",
        max_length=200,
        error_messages={"required": "Say why it goes on, in a few words."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].required = False


class EndForm(forms.Form):
    day = day_field("Last day")
    ending = forms.ChoiceField(
        label="How it ended",
        choices=Ending,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was completed or stops early."},
    )
    words = Words(
        label="What came of it", max_length=300, required=False, help_text="What stops early says why."
    )


class MeasureForm(forms.Form):
    """Which scores stand for before and after."""

    def __init__(self, *args: Any, scores: Sequence[Score], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Score.objects.filter(pk__in=[score.pk for score in scores])
        rows = rows.select_related("field__tool", "assessment").order_by("-assessment__day", "-pk")
        for name, label in (("entry", "Before"), ("exit", "After")):
            self.fields[name] = RowField(rows, said_of, label=label, empty_label="Not looked at yet")


def first_values(programme: Programme, day: dt.date) -> dict[str, Any]:
    """How a programme is usually given."""
    return {"day": day, "planned": programme.sessions, "in_group": programme.in_group, "cost": programme.cost}
