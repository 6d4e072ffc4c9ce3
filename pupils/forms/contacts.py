"""A contact, what was agreed in it, what is planned, and who may be told."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone

from iap.schools.models import StaffMember
from iap.ui.typed import Day, Words, long_words
from pupils.actions.contacts import Agreed
from pupils.models import Agency, Contact, How, Letter, Pupil, Tone

from .entries import EntryForm


def day_field(label: str, required: bool = True) -> Day:
    return Day(label=label, required=required, error_messages={"required": "Choose the day."})


SOMEBODY = "somebody"  # at home, whom the school's system does not name


class Form(forms.Form):
    def given(self) -> dict[str, Any]:
        """What the action is told."""
        return self.cleaned_data


class WithWhomForm(Form):
    """With whom a contact was, or is to be: somebody at home, or of an agency that is involved."""

    whom = forms.ChoiceField(label="With whom", error_messages={"required": "Choose with whom."})
    name = Words(label="Somebody else at home: name", max_length=120, required=False)

    def __init__(self, *args: Any, pupil: Pupil, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.agencies = {f"agency:{each.uuid}": each for each in agencies if not each.has_left(today)}
        people = Contact.objects.filter(school=pupil.school_id, pupil=pupil).order_by("priority")
        self.fields["whom"].choices = [  # type: ignore[attr-defined]
            *((f"home:{each.name}", _as(each.name, each.relationship)) for each in people),
            (SOMEBODY, "Somebody else at home"),
            *((key, _as(each.name, each.worker)) for key, each in self.agencies.items()),
        ]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("whom") == SOMEBODY and not given.get("name"):
            self.add_error("name", "Enter the name.")
        return given

    def who(self) -> dict[str, Any]:
        """The name, and the agency where it is one."""
        whom = self.cleaned_data["whom"]
        if (agency := self.agencies.get(whom)) is not None:
            return {"with_name": agency.worker or agency.name, "agency": agency}
        name = self.cleaned_data["name"] if whom == SOMEBODY else whom.partition(":")[2]
        return {"with_name": name, "agency": None}


def _as(name: str, part: str) -> str:
    return f"{name}, {part}" if part else name


class LogForm(EntryForm, WithWhomForm):
    """One contact, and at most one thing agreed in it."""

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

    field_order = ("whom", "name")

    def __init__(self, *args: Any, pupil: Pupil, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {"entry": uuid.uuid4(), "day": timezone.localdate(), "reached": True, "shared": True}
        )
        super().__init__(*args, pupil=pupil, **kwargs)
        staff = StaffMember.objects.filter(school=pupil.school_id, left_on=None)
        self.fields["owner"].queryset = staff  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("whom") and given["whom"] not in self.agencies and not given.get("tone"):
            self.add_error("tone", "Choose what it was about.")
        if given.get("what"):
            if not given.get("due_on"):
                self.add_error("due_on", "Say by when.")
            if not given.get("owner") and not given.get("owner_name"):
                self.add_error("owner_name", "Choose a colleague, or name somebody else.")
        return given

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        agreed = (
            [Agreed(data["what"], data["due_on"], data["owner"], data["owner_name"])] if data["what"] else []
        )
        plain = ("entry", "day", "how", "reached", "tone", "shared", "said")
        return {**{key: data[key] for key in plain}, **self.who(), "agreed": agreed}


class PlanForm(WithWhomForm):
    """A contact that is to be made."""

    day = day_field("By")
    why = Words(label="What for", max_length=200, required=False)

    def given(self) -> dict[str, Any]:
        return {**self.who(), "day": self.cleaned_data["day"], "why": self.cleaned_data["why"]}


class AgencyForm(Form):
    name = Words(
        label="Agency", max_length=120, error_messages={"required": "Enter the agency, such as CAMHS."}
    )
    worker = Words(label="Who you speak to", max_length=120, required=False)
    phone = forms.CharField(label="Telephone", max_length=40, required=False)
    email = forms.EmailField(label="E-mail address", required=False)
    since = day_field("Involved since")


class ConsentForm(Form):
    agency = forms.ChoiceField(label="To share with", error_messages={"required": "Choose the agency."})
    given_by = Words(
        label="Who gave consent", max_length=120, error_messages={"required": "Say who gave consent."}
    )
    starts_on = day_field("From")
    ends_on = day_field("Until (last day)", required=False)

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.agencies = {str(each.uuid): each for each in agencies if not each.has_left(today)}
        self.fields["agency"].choices = [(key, str(each)) for key, each in self.agencies.items()]  # type: ignore[attr-defined]

    def clean_agency(self) -> Agency:
        return self.agencies[self.cleaned_data["agency"]]


class LastDayForm(Form):
    """The last day on which consent held, or on which an agency was involved."""

    day = day_field("Last day")

    @classmethod
    def of(cls, agency: Agency, data: Any = None) -> "LastDayForm":
        return cls(data, prefix=f"last-{agency.uuid}", initial={"day": timezone.localdate()})


class SentForm(Form):
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
