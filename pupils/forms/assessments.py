"""Scores of a pupil, and the school's tools. Scores and bands alone are kept, never an instrument's items."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from iap.ui.typed import Words
from pupils.actions.assessments import FieldIn
from pupils.models import Good, Informant, ScoreField, Tool, Unit

from .needs import day_field

AGE = re.compile(r"^(\d{1,2})\s*(?:y|yrs?|years?)?\s*[:.,;/ ]?\s*(\d{1,2})?\s*(?:m|months?)?$", re.IGNORECASE)
SPARE = 2
TOO_MUCH = 10**5  # five places before the point are kept


class ScoreBox(forms.CharField):
    """One score as it is read off: a number, or an age such as 9:06."""

    def __init__(self, of: ScoreField, **options: Any) -> None:
        self.of = of
        ends = f"{of.said(of.low)} to {of.said(of.high)}"
        age = of.unit == Unit.AGE
        super().__init__(
            label=of.name,
            required=False,
            max_length=20,
            help_text=f"{ends}, such as 9:06" if age else ends,
            widget=forms.TextInput(attrs={"inputmode": "text" if age else "decimal", "autocomplete": "off"}),
            **options,
        )

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value).strip()
        if not text:
            return None
        number = read_score(self.of, text)
        if number is None:
            such = "9:06" if self.of.unit == Unit.AGE else f"{self.of.high / 2:.0f}"
            raise forms.ValidationError(
                f"{self.of.name}: enter a score from {self.of.said(self.of.low)} to {self.of.said(self.of.high)}, "
                f"such as {such}."
            )
        return number


def read_score(of: ScoreField, text: str) -> Decimal | None:
    """The score that a text says, if it lies within the range."""
    number = _months(text.strip()) if of.unit == Unit.AGE else _number(text.strip())
    return number if number is not None and of.low <= number <= of.high else None


def _number(text: str) -> Decimal | None:
    """A number that can be kept: with at most one decimal, its point or its comma."""
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    can_be = number.is_finite() and abs(number) < TOO_MUCH and number == round(number, 1)
    return number if can_be else None


def _months(text: str) -> Decimal | None:
    """9:06, 9y 6m or 9 years as months. A point stands between years and months, never for a part of a year."""
    found = AGE.match(text)
    if found is None or int(found[2] or 0) > 11:
        return None
    return Decimal(int(found[1]) * 12 + int(found[2] or 0))


class ScoresForm(forms.Form):
    """The scores of one tool by one informant on one day."""

    informant = forms.ChoiceField(
        label="Whose view it is",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whose view it is."},
    )
    day = day_field("Done on", "The day of the assessment, not of typing it in.")
    note = Words(
        max_length=300,
        required=False,
        help_text="Optional. Scores only: no question or answer of a published instrument.",
    )

    def __init__(self, *args: Any, tool: Tool, today: dt.date, informant: str = "", **kwargs: Any) -> None:
        chosen = informant if informant in tool.informants else ""
        if len(tool.informants) == 1:
            chosen = tool.informants[0]
        kwargs.setdefault("initial", {"day": today, "informant": chosen})
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["informant"]
        asked.choices = [(each, Informant(each).label) for each in tool.informants]
        self.of = {f"score-{each.pk}": each for each in tool.fields.all()}  # type: ignore[attr-defined]
        for name, each in self.of.items():
            self.fields[name] = ScoreBox(each)
        self.order_fields(["informant", "day", *self.of, "note"])

    @property
    def boxes(self) -> list[Any]:
        return [self[name] for name in self.of]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and all(data.get(name) is None for name in self.of):
            self.add_error(next(iter(self.of)), "Enter at least one score.")
        return data

    @property
    def given(self) -> dict[str, Any]:
        """What `keep_scores` takes."""
        data = self.cleaned_data
        return {
            "informant": data["informant"],
            "day": data["day"],
            "note": data["note"],
            "scores": {each: data.get(name) for name, each in self.of.items()},
        }


class ToolForm(forms.Form):
    """A tool: what it is called, who is asked, and when again."""

    name = Words(max_length=60, error_messages={"required": "Give the assessment a name."})
    about = Words(label="What it is for", max_length=200, required=False)
    informants = forms.MultipleChoiceField(
        label="Who is asked",
        choices=Informant,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who is asked."},
    )
    at_start = forms.BooleanField(
        label="For every pupil who joins",
        required=False,
        help_text="First scores are then asked for within three weeks of the first day.",
    )
    repeat_weeks = forms.IntegerField(
        label="Again after how many school weeks",
        required=False,
        min_value=1,
        max_value=52,
        help_text="Leave empty where it is not repeated.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter between 1 and 52 school weeks, or leave it empty."
        ),
    )


class FieldForm(forms.Form):
    """One score of a tool. Left without a name, it is none."""

    kept = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = Words(label="Score", max_length=40, required=False)
    unit = forms.ChoiceField(choices=Unit)
    low = forms.CharField(label="Lowest", max_length=8, required=False)
    high = forms.CharField(label="Highest", max_length=8, required=False)
    good = forms.ChoiceField(label="Which way is good", choices=Good)
    bands = Words(
        label="Bands",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One a line: from which score, and what it is called, such as “15 A little raised”. Where bands "
        "differ, put who it is about first: “teacher 12 A little raised”.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("name"):
            return data
        for name in ("low", "high"):
            text = str(data.get(name, "")).strip()
            number = _months(text) if data.get("unit") == Unit.AGE else _number(text)
            if number is None:
                self.add_error(
                    name, "Enter a number, such as 40." if name == "high" else "Enter a number, such as 0."
                )
            data[name] = number
        try:
            data["read"] = bands_in(data.get("bands", ""))
        except ValueError as wrong:
            self.add_error("bands", str(wrong))
        return data


WHO = {str(label).split()[0].lower(): value for value, label in Informant.choices} | dict.fromkeys(
    ("parent", "carer", "family"), Informant.FAMILY.value
)
BAND = re.compile(r"^(?:(?P<who>[a-z]+)\s+)?(?P<least>\d{1,5}(?:\.\d)?)\s+(?P<words>.+)$", re.IGNORECASE)


def bands_in(text: str) -> list[tuple[str, Decimal, str]]:
    """Bands as they are typed, one a line. Raises ValueError with the line that cannot be read."""
    found = []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        read = BAND.match(line)
        who = (read["who"] or "").lower() if read else ""
        if read is None or (who and who not in WHO):
            raise ValueError(f"“{line}”: write it as “15 A little raised” or “teacher 12 A little raised”.")
        found.append((WHO.get(who, ""), Decimal(read["least"]), read["words"].strip()[:40]))
    keys = [each[:2] for each in found]
    if len(set(keys)) < len(keys):
        raise ValueError("Two bands begin at the same score.")
    return found


def bands_out(field: ScoreField) -> str:
    """The bands of a score as they are typed."""
    names = {value: word for word, value in WHO.items() if word != "carer"} | {"family": "parent"}
    return "\n".join(
        f"{names[band.informant] + ' ' if band.informant else ''}{band.least.normalize():f} {band.words}"
        for band in field.bands.all()  # type: ignore[attr-defined]
    )


class BaseFields(forms.BaseFormSet):
    """The scores of a tool: those it has, and a few empty rows."""

    def __init__(self, *args: Any, tool: Tool | None, **kwargs: Any) -> None:
        self.held = {each.uuid: each for each in tool.fields.all()} if tool else {}  # type: ignore[attr-defined]
        rows = [
            {
                "kept": each.uuid,
                "name": each.name,
                "unit": each.unit,
                "low": _typed(each, each.low),
                "high": _typed(each, each.high),
                "good": each.good,
                "bands": bands_out(each),
            }
            for each in self.held.values()
        ]
        super().__init__(*args, **{**kwargs, "initial": rows})

    def fields_in(self) -> list[FieldIn]:
        return [
            FieldIn(
                name=row["name"],
                low=row["low"],
                high=row["high"],
                good=row["good"],
                unit=row["unit"],
                bands=row["read"],
                kept=self.held.get(row["kept"]) if row.get("kept") else None,
            )
            for row in self.cleaned_data
            if row.get("name")
        ]


def _typed(field: ScoreField, value: Decimal) -> str:
    if field.unit == Unit.AGE:
        years, months = divmod(int(value), 12)
        return f"{years}:{months:02}"
    return f"{value.normalize():f}"


FieldsFormSet: Any = forms.formset_factory(FieldForm, formset=BaseFields, extra=SPARE, max_num=20)
