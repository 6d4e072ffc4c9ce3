"""Who is away, and from when until when."""

import datetime as dt
from typing import Any

from django import forms

from iap.schools.models import School

from .sessions import adult_field, date_field

AT_MOST = dt.timedelta(days=13)


class AwayForm(forms.Form):
    first = date_field("First day away", "Choose the first day.")
    last = date_field("Last day away", "", "Leave empty for one day. At most two weeks at a time.")

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last"].required = False
        self.fields["adult"] = adult_field(
            school,
            "Who is away",
            error_messages={"required": "Choose who is away.", "invalid_choice": "Choose who is away."},
        )
        self.order_fields(["adult", "first", "last"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if isinstance(first, dt.date) and "last" in data:
            data["last"] = last = last or first
            if last < first:
                self.add_error("last", "The last day must not be before the first.")
            elif last - first > AT_MOST:
                self.add_error("last", "Note two weeks at most, then the weeks that follow.")
        return data
