"""Training, qualifications, skills and supervision, as the lead enters them."""

import datetime as dt
from typing import Any

from django import forms

from iap.schools.models import StaffMember, TrainingTopic
from iap.ui.typed import Words

from .calendar import date_field


def _offer_staff(field: Any, school: Any) -> None:
    """Who has not left, by full name: two may share a family name."""
    here = StaffMember.objects.at([school]).filter(left_on=None)
    field.queryset = here.order_by("family_name", "given_name", "pk")
    field.label_from_instance = lambda each: f"{each.family_name}, {each.given_name}"


class TopicForm(forms.Form):
    """A topic of the school's own."""

    name = Words(label="Topic", max_length=80, error_messages={"required": "Name the topic."})
    refresh_months = forms.IntegerField(
        label="Refreshed after (months)",
        required=False,
        min_value=1,
        max_value=120,
        help_text="Empty where it is learnt once.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter between 1 and 120 months, or leave it empty."
        ),
    )
    for_teachers = forms.BooleanField(
        label="Also for teachers to whose lessons pupils return", required=False, initial=True
    )

    @classmethod
    def of(cls, topic: TrainingTopic, data: Any = None) -> "TopicForm":
        held = {name: getattr(topic, name) for name in cls.base_fields}
        return cls(data, prefix=f"topic-{topic.uuid}", initial=held)


class TrainingForm(forms.Form):
    """One training for as many as took part."""

    topic = forms.ModelChoiceField(
        TrainingTopic.objects.none(), to_field_name="uuid", empty_label="Choose the topic",
        error_messages={"required": "Choose the topic."},
    )  # fmt: skip
    done_on = date_field("Done on", "Enter the day.")
    given_by = Words(label="Given by", max_length=120, required=False)
    staff = forms.ModelMultipleChoiceField(
        StaffMember.objects.none(), to_field_name="uuid", label="Who took part",
        error_messages={"required": "Choose at least one person."}, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, school: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = TrainingTopic.objects.at([school])  # type: ignore[attr-defined]
        _offer_staff(self.fields["staff"], school)

    def clean_done_on(self) -> dt.date:
        from django.utils import timezone

        day: dt.date = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Enter a day that has come.")
        return day


class PersonalForm(forms.Form):
    """A qualification, a skill or a day of supervision of one person."""

    staff = forms.ModelChoiceField(
        StaffMember.objects.none(),
        to_field_name="uuid",
        empty_label="Choose who",
        label="Who",
        error_messages={"required": "Choose who."},
    )
    kind = forms.ChoiceField(
        choices=[
            ("qualification", "Qualification"),
            ("skill", "Skill"),
            ("supervision", "Supervision"),
        ],
        label="What",
    )
    name = Words(
        label="Its name, or with whom",
        max_length=80,
        help_text="A minibus licence, Makaton; for supervision, who gives it.",
        error_messages={"required": "Enter its name, or who gives supervision."},
    )
    day = date_field("Holds until, or planned for", "")

    def __init__(self, *args: Any, school: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_staff(self.fields["staff"], school)
        self.fields["day"].required = False
        self.fields["day"].help_text = "Leave it empty for a skill, or for what does not run out."

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("kind") == "supervision" and not self.cleaned_data.get("day"):
            self.add_error("day", "Enter the day for which it is planned.")
        return self.cleaned_data
