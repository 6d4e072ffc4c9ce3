"""A code of a set: what it means, and on which days."""

import datetime as dt
from typing import Any

from django import forms

from iap.schools import code_uses, codes
from iap.schools.models import Code

from .calendar import date_field


class CodeDaysForm(forms.Form):
    """What a code is called, and its first and last day."""

    label = forms.CharField(
        label="What it means",
        max_length=120,
        error_messages={"required": "Say in a few words what the code means."},
    )
    valid_from = date_field("First day", "Enter the first day on which the code holds.")
    last_day = date_field("Last day", "")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].required = False
        self.fields["last_day"].help_text = "Leave it empty while the code holds."

    def clean(self) -> dict[str, Any]:
        """`valid_to`, the first day on which it no longer holds, from the last day as people say it."""
        given = self.cleaned_data
        last = given.pop("last_day", None)
        if last and given.get("valid_from") and last < given["valid_from"]:
            self.add_error("last_day", "Enter a last day that is not before the first day.")
        given["valid_to"] = last + dt.timedelta(days=1) if last else None
        return given

    @classmethod
    def of(cls, code: Code, data: Any = None) -> "CodeDaysForm":
        initial = {"label": code.label, "valid_from": code.valid_from, "last_day": code.last_day}
        return cls(data, initial=initial)


class NewCodeForm(CodeDaysForm):
    """A code that the school adds to a set."""

    code = forms.CharField(
        error_messages={"required": "Enter the code as your own system writes it."},
    )
    category = forms.ChoiceField(
        label="Counts as", error_messages={"required": "Choose what the code counts as."}
    )
    field_order = ["code", "label", "category", "valid_from", "last_day"]

    def __init__(self, *args: Any, code_set: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        longest = code_uses.longest(code_set)
        code: Any = self.fields["code"]
        code.max_length = longest
        code.widget.attrs["maxlength"] = longest
        code.help_text = f"Up to {longest} characters." if longest > 1 else "One character."
        choices = codes.categories(code_set)
        if choices:
            self.fields["category"].choices = [("", "Choose"), *choices.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["category"]
        self.longest = longest

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip().upper()
        if len(code) > self.longest or any(each.isspace() or not each.isprintable() for each in code):
            raise forms.ValidationError(f"Enter a code without blanks, of up to {self.longest} characters.")
        return code

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        given.setdefault("category", "")
        return given
