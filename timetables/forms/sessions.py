"""Sessions, who staffs them, and cover."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from iap.schools.models import Period, School, StaffMember
from iap.ui.moments import clock
from iap.ui.typed import Day, Words
from timetables.grids import name_of
from timetables.models import IapSession, SessionRole, SessionStaff, Strand

BOTH = "both"


def date_field(label: str, required: str, help_text: str = "") -> Day:
    return Day(
        label=label,
        help_text=help_text,
        error_messages={"required": required, "invalid": "Enter a date, such as 3/9/2026."},
    )


def take_as_seen(form: Any, version: str) -> None:
    """After a conflict the page comes back as typed; sent once more, it stands against what is there now."""
    form.data = form.data.copy()
    form.data["seen"] = version


class AdultField(forms.ModelChoiceField):
    """A member of staff who has not left, by family name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.family_name}, {obj.given_name}" + (" (qualified teacher)" if obj.qualified else "")


def adult_field(school: School, label: str, **options: Any) -> AdultField:
    here = StaffMember.objects.at([school]).filter(left_on=None).order_by("family_name", "given_name", "pk")
    return AdultField(here, label=label, to_field_name="uuid", empty_label="Choose a person", **options)


class SessionForm(forms.Form):
    """A session's name, strand, room and places."""

    title = Words(
        label="Name",
        max_length=80,
        help_text="Maths, Reading, Garden …",
        error_messages={"required": "Give the session a name."},
    )
    strand = forms.ChoiceField(
        choices=Strand.choices, error_messages={"required": "Choose the session’s strand."}
    )
    room = Words(max_length=40, required=False)
    places = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=30,
        error_messages={
            "min_value": "Enter between 1 and 30 places.",
            "max_value": "Enter between 1 and 30 places.",
            "invalid": "Enter a number between 1 and 30.",
        },
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "places"
        ].help_text = f"Leave empty for the usual {school.provision.places}. Guide: fewer than 10."


class NewSessionForm(SessionForm):
    """A session with its slot; in a two-week cycle in one week or in both."""

    week = forms.ChoiceField()
    period = forms.ModelChoiceField(
        Period.objects.none(), empty_label="Choose a time", error_messages={"required": "Choose the time."}
    )
    valid_from = date_field("First day", "Say from which day it runs.")
    field_order = ["title", "strand", "week", "period", "valid_from", "room", "places"]

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, school=school, **kwargs)
        period: Any = self.fields["period"]
        period.queryset = Period.objects.filter(school=school).in_order()
        period.label_from_instance = lambda p: f"{p.get_weekday_display()} {name_of(p)}, {clock(p.starts)}"
        week: Any = self.fields["week"]
        if school.cycle_weeks == 2:
            week.choices = [("A", "Week A"), ("B", "Week B"), (BOTH, "Both weeks")]
        else:
            del self.fields["week"]
        self.school = school

    def weeks(self) -> list[str]:
        week = self.cleaned_data.pop("week", "")
        return self.school.weeks if week == BOTH else [week]


class StaffForm(forms.Form):
    role = forms.ChoiceField(
        choices=SessionRole.choices, help_text="Guide: one qualified teacher and one support in each session."
    )
    valid_from = date_field("From", "Say from which day.")

    def __init__(self, *args: Any, session: IapSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adult"] = adult_field(
            session.school,
            "Adult",
            error_messages={"required": "Choose who joins.", "invalid_choice": "Choose who joins."},
        )
        self.order_fields(["adult", "role", "valid_from"])
        self.initial.setdefault("valid_from", max(timezone.localdate(), session.valid_from))
        if "teaches_then" in self.data:
            self.ask_whether_meant()

    def ask_whether_meant(self) -> None:
        """Offer the tick for somebody who has a lesson then; nobody else is asked."""
        self.fields["teaches_then"] = forms.BooleanField(
            label="They are here all the same, and somebody else takes that lesson", required=False
        )


class EndForm(forms.Form):
    ends_on = date_field("First day without it", "Say from which day it no longer runs.")


class CoverForm(forms.Form):
    day = date_field("Day", "Choose the day.")
    role = forms.ChoiceField(choices=SessionRole.choices, label="They come as")

    def __init__(self, *args: Any, session: IapSession, next_day: dt.date | None, **kwargs: Any) -> None:
        kwargs["auto_id"] = "cover_%s"  # beside the form of who joins
        super().__init__(*args, **kwargs)
        staff = (
            SessionStaff.objects.standing_from(timezone.localdate()).filter(session=session).values("adult")
        )
        away = adult_field(
            session.school, "Who is away", required=False, help_text="Leave empty if one more adult comes."
        )
        away.queryset = StaffMember.objects.at([session.school]).filter(pk__in=staff)
        away.empty_label = "Nobody"
        comes = adult_field(
            session.school, "Who comes", required=False, help_text="Leave empty if nobody covers."
        )
        comes.empty_label = "Nobody"
        self.fields |= {"adult": away, "covered_by": comes}
        self.order_fields(["day", "adult", "covered_by", "role"])
        self.initial.setdefault("day", next_day)
