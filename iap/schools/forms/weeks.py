"""The labels of a year's weeks."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django import forms

from iap.schools.actions.calendar import CLOSED
from iap.schools.models import School
from iap.schools.weeks import Week


def choices_of(school: School) -> list[tuple[str, str]]:
    words = {"": "Open", "A": "Week A", "B": "Week B"}
    return [*((label, words[label]) for label in school.weeks), (CLOSED, "Closed")]


class WeeksForm(forms.Form):
    """One choice for each week of a year."""

    def __init__(
        self,
        data: Mapping[str, str] | None,
        *,
        school: School,
        weeks: Sequence[Week],
        proposal: Mapping[dt.date, str] | None = None,
    ) -> None:
        super().__init__(data)
        self.weeks = weeks
        for week in weeks:
            day = f"{week.monday.day} {week.monday:%B}"
            self.fields[_name(week.monday)] = forms.ChoiceField(
                choices=choices_of(school),
                required=False,
                initial=(proposal or {}).get(week.monday, week.label),
                label=f"Week of {day}",
                error_messages={"invalid_choice": f"Choose one of the labels for the week of {day}."},
            )

    def rows(self) -> list[tuple[Week, forms.BoundField]]:
        return [(week, self[_name(week.monday)]) for week in self.weeks]

    def labels(self) -> dict[dt.date, str]:
        return {week.monday: self.cleaned_data[_name(week.monday)] for week in self.weeks}


def _name(monday: dt.date) -> str:
    return f"week-{monday.isoformat()}"
