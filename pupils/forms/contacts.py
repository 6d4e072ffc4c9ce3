"""A contact, what was agreed in it, what is planned, and who may be told."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone

from iap.schools.models import StaffMember
from iap.ui.typed import Words, long_words
from pupils.actions.contacts import Agreed
from pupils.models import Agency, Contact, How, Letter, Pupil, Tone


def day_field(label: str, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the day.", "invalid": "Choose a day, such as 3 March 2026."},
    )


class LogForm(forms.Form):
    """One contact with somebody at home or of an agency, and at most one thing agreed in it."""

    entry = forms.UUIDField(widget=forms.HiddenInput)
    whom = forms.ChoiceField(label="With whom", error_messages={"required": "Choose with whom."})
    day = day_field("Day")
    how = forms.ChoiceField(choices=How.choices, label="How")
    reached = forms.BooleanField(label="We spoke", required=False, initial=True)
    tone = forms.ChoiceField(
        choices=[("", "Choose, for a contact with home"), *Tone.choices],
        label="What it was about",
        required=False,
    )
    shared = forms.BooleanField(
        label="We told them something about the pupil",
        required=False,
        initial=True,
        help_text="To an agency only with consent on that day.",
    )
    said = long_words(
        "What was said",
        "Write it so that the pupil and the family could read it.",
        most=2000,
        rows=4,
        error_messages={"required": "Say in a few words what was said."},
    )
    what = Words(label="Agreed: what", max_length=200, required=False)
    owner = forms.ModelChoiceField(
        StaffMember.objects.none(),
        to_field_name="uuid",
        required=False,
        label="Who sees to it",
        empty_label="Somebody else",
    )
    owner_name = Words(label="Somebody else: name", max_length=120, required=False)
    due_on = day_field("By", required=False)

    def __init__(self, *args: Any, pupil: Pupil, agencies: list[Agency], **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {"entry": uuid.uuid4(), "day": timezone.localdate(), "reached": True, "shared": True}
        )
        super().__init__(*args, **kwargs)
        self.agencies = {f"agency:{each.uuid}": each for each in agencies}
        people = Contact.objects.filter(school=pupil.school_id, pupil=pupil).order_by("priority")
        home = [
            (f"home:{each.name}", f"{each.name}{f', {each.relationship}' if each.relationship else ''}")
            for each in people
        ]
        self.fields["whom"].choices = [  # type: ignore[attr-defined]
            *(home or [("home:Home", "Home")]),
            *(
                (key, f"{each}{f', {each.worker}' if each.worker else ''}")
                for key, each in self.agencies.items()
            ),
        ]
        staff = StaffMember.objects.filter(school=pupil.school_id, left_on=None)
        self.fields["owner"].queryset = staff  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("whom", "").startswith("home:") and not given.get("tone"):
            self.add_error("tone", "Choose what it was about.")
        if given.get("what"):
            if not given.get("due_on"):
                self.add_error("due_on", "Say by when.")
            if not given.get("owner") and not given.get("owner_name"):
                self.add_error("owner_name", "Choose a colleague, or name somebody else.")
        return given

    def given(self) -> dict[str, Any]:
        """What the action is told."""
        data = self.cleaned_data
        agency = self.agencies.get(data["whom"])
        agreed = (
            [Agreed(data["what"], data["due_on"], data["owner"], data["owner_name"])] if data["what"] else []
        )
        name = (agency.worker or agency.name) if agency else data["whom"].partition(":")[2]
        plain = ("entry", "day", "how", "reached", "tone", "shared", "said")
        return {**{key: data[key] for key in plain}, "with_name": name, "agency": agency, "agreed": agreed}


class PlanForm(forms.Form):
    with_name = Words(label="With whom", max_length=120, error_messages={"required": "Say with whom."})
    day = day_field("By")
    why = Words(label="What for", max_length=200, required=False)


class AgencyForm(forms.Form):
    name = Words(
        label="Agency", max_length=120, error_messages={"required": "Enter the agency, such as CAMHS."}
    )
    worker = Words(label="Who you speak to", max_length=120, required=False)
    phone = forms.CharField(label="Telephone", max_length=40, required=False)
    email = forms.EmailField(label="E-mail address", required=False)
    since = day_field("Involved since")


class ConsentForm(forms.Form):
    agency = forms.ChoiceField(label="To share with", error_messages={"required": "Choose the agency."})
    given_by = Words(
        label="Who gave consent", max_length=120, error_messages={"required": "Say who gave consent."}
    )
    starts_on = day_field("From")
    ends_on = day_field("Until (last day)", required=False)

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {str(each.uuid): each for each in agencies}
        self.fields["agency"].choices = [(key, str(each)) for key, each in self.agencies.items()]  # type: ignore[attr-defined]

    def clean_agency(self) -> Agency:
        return self.agencies[self.cleaned_data["agency"]]


class SentForm(forms.Form):
    """When and how a letter went out."""

    day = day_field("Sent on")
    how = Words(
        label="How",
        max_length=80,
        help_text="By post, by e-mail, or handed to somebody.",
        error_messages={"required": "Say how it was sent."},
    )

    @classmethod
    def of(cls, letter: Letter, data: Any = None) -> "SentForm":
        held = {"day": letter.sent_on or timezone.localdate(), "how": letter.sent_how}
        return cls(data, prefix=f"sent-{letter.uuid}", initial=held)
