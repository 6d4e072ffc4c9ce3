"""The five areas of a readiness scale, each with one of four steps."""

from collections.abc import Mapping
from typing import Any

from django import forms

from iap.ui.typed import long_words
from pupils.models.readiness import STATEMENTS, Step

from .needs import day_field


class ScaleForm(forms.Form):
    """Areas with their statements, and the steps to choose from."""

    STATEMENTS: Mapping[str, tuple[str, str]] = STATEMENTS
    STEPS: Any = Step

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (area, statement) in self.STATEMENTS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=area,
                help_text=statement,
                choices=self.STEPS.choices,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": f"{area}: choose one of the four."},
            )

    @property
    def areas(self) -> list[Any]:
        return [self[name] for name in self.STATEMENTS]

    @property
    def steps(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in self.STATEMENTS}


class ReadinessForm(ScaleForm):
    """The pupil's readiness, looked at with the pupil."""

    day = day_field("Looked at on")
    pupil_words = long_words("In the pupil’s own words", "Optional.", most=300, rows=2, required=False)
