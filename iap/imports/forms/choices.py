"""What a person says before files are brought in: that they are the right ones, what is gone, and if all or nothing."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from iap.imports.kinds import Gone, kind_named
from iap.imports.listing import lines_of
from iap.imports.report import GONE, Report

MOST_TICKED = 300  # rows that can be ticked one by one


class ChoicesForm(forms.Form):
    """For each kind that is in doubt, that it is right; for each from which rows are gone, what became of them."""

    strict = forms.BooleanField(
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        label="All or nothing",
        help_text="Bring in no row at all if any is left out.",
        required=False,
    )

    def __init__(self, report: Report, folder: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.gone: dict[str, Gone] = {}
        self.doubts = report.doubts
        for name in self.doubts:
            self.fields[f"sure-{name}"] = forms.BooleanField(
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
                label=f"{kind_named(name)}: they are this school’s, and of now",
                error_messages={"required": "Say so if it is right. If it is not, put these files away."},
            )
        for name, counts in report:
            kind = kind_named(name)
            if kind and kind.gone and counts.gone:
                self._ask(name, kind.gone, counts, folder)

    def _ask(self, name: str, gone: Gone, counts: Any, folder: Any) -> None:
        self.gone[name] = gone
        options = [(Gone.STAY, gone.stay), (Gone.END, gone.end)]
        if gone.each and counts.gone <= MOST_TICKED:
            options.append((Gone.SOME, "Some of them: those that are ticked below"))
            rows = [(line["key"], line["name"]) for line in lines_of(folder, name, GONE)]
            ticks = forms.MultipleChoiceField(
                choices=rows,
                required=False,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
                label="Which of them",
            )
            self.fields[f"picked-{name}"] = ticks
        doubtful = counts.warnings or counts.left_out
        usual = gone.usual or (Gone.STAY if doubtful else Gone.END)
        self.fields[f"gone-{name}"] = forms.ChoiceField(
            choices=options,
            initial=usual,
            widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            label="What became of them?",
            required=False,
        )

    def doubted(self) -> list[forms.BoundField]:
        """Where it is said of each kind in doubt that it is right."""
        return [self[f"sure-{name}"] for name in self.doubts]

    def questions(self) -> Iterable[tuple[str, forms.BoundField, forms.BoundField | None]]:
        for name in self.gone:
            picked = self[f"picked-{name}"] if f"picked-{name}" in self.fields else None
            yield name, self[f"gone-{name}"], picked

    def choices(self) -> Mapping[str, Any]:
        """What was said, as a job keeps it."""
        data = self.cleaned_data
        return {
            "strict": data["strict"],
            "sure": list(self.doubts),
            "gone": {name: data[f"gone-{name}"] or self.fields[f"gone-{name}"].initial for name in self.gone},
            "picked": {name: data.get(f"picked-{name}", []) for name in self.gone},
        }
