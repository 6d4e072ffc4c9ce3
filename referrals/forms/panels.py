"""Planning a meeting of the panel, and what it decides."""

from typing import Any

from django import forms
from django.utils import timezone

from iap.schools.models import ProvisionModel
from referrals.actions.panels import already_decided
from referrals.models import Meeting, Outcome, Referral
from referrals.states import NEXT, State
from timetables.forms.sessions import adult_field, date_field

HINTS = {
    Outcome.ACCEPT: "A place can be offered at once",
    Outcome.WAIT: "Joins the waiting list in order of priority",
    Outcome.MORE: "Goes back to the referrer; the clock keeps running",
    Outcome.DECLINE: "Say what would help instead, and who gives it",
    Outcome.DEFER: "Comes back by itself on its date",
}
NOT_BEFORE_A_PANEL = "Put this referral on the agenda of a panel first. Nothing was changed."
# What each outcome asks for beside the reasons.
ASKS = {
    Outcome.ACCEPT: ("model", "starts_on", "key_adult", "first_review_on", "conditions"),
    Outcome.WAIT: ("model", "starts_on", "key_adult", "first_review_on", "conditions"),
    Outcome.MORE: ("asked_of", "asked_by_day"),
    Outcome.DECLINE: ("advice", "support_by"),
    Outcome.DEFER: ("deferred_to",),
}
NEEDS = {
    Outcome.MORE: {"asked_of": "Say who finds out.", "asked_by_day": "Say by when."},
    Outcome.DECLINE: {
        "advice": "Say what would help instead.",
        "support_by": "Say who gives the other support.",
    },
    Outcome.DEFER: {"deferred_to": "Choose the date to which it is deferred."},
}


class ProseField(forms.CharField):
    """A long text, counted as its box counts it: an end of a line is one letter."""

    def __init__(self, **options: Any) -> None:
        rows = options.pop("rows", 3)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class MeetingForm(forms.Form):
    day = date_field("Day", "Choose the day.")
    starts = forms.TimeField(
        label="Begins at",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Say when it begins.", "invalid": "Enter a time, such as 15:30."},
    )
    room = forms.CharField(max_length=40, required=False)
    members = forms.CharField(
        label="Who sits",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One person on each line: Ms R. Adeyemi, SENCO",
        error_messages={"required": "Name at least one person who sits."},
    )

    def clean_members(self) -> list[tuple[str, str]]:
        lines = (line.strip() for line in self.cleaned_data["members"].splitlines())
        found = [
            (name.strip(), post.strip()) for name, _, post in (line.partition(",") for line in lines if line)
        ]
        for name, post in found:
            if not name:
                raise forms.ValidationError(f"Write the name first, then a comma: Ms R. Adeyemi, {post}")
            if len(name) > 120:
                raise forms.ValidationError(f"Shorten the name “{name[:30]}…” to 120 letters.")
            if len(post) > 80:
                raise forms.ValidationError(f"Shorten the post of {name} to 80 letters.")
        if len({name for name, _ in found}) < len(found):
            raise forms.ValidationError("One person stands there twice.")
        return found

    @classmethod
    def of(cls, meeting: Meeting) -> "MeetingForm":
        members = "\n".join(str(member) for member in meeting.members.all())
        return cls(
            initial={
                "day": meeting.day,
                "starts": meeting.starts,
                "room": meeting.room,
                "members": members,
            }
        )


class MinutesForm(forms.Form):
    minutes = ProseField(
        label="What was said beyond the decisions",
        max_length=5000,
        rows=5,
        required=False,
        error_messages={"max_length": "Shorten the minutes to 5,000 letters; all you wrote is still here."},
    )


class DecisionForm(forms.Form):
    """One decision: the outcome, its reasons, and what that outcome asks for."""

    outcome = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": "Choose what the panel decides."}
    )
    rationale = ProseField(
        label="Reasons",
        max_length=2000,
        help_text="The family and the referrer will read this. Write it so the pupil could too.",
        error_messages={"required": "Say why the panel decides so."},
    )
    model = forms.ChoiceField(
        label="Kind of place", choices=[("", "As usual here"), *ProvisionModel.choices], required=False
    )
    starts_on = date_field("Hoped-for start", "")
    first_review_on = date_field("First review", "")
    conditions = ProseField(max_length=1000, required=False, rows=2)
    asked_of = forms.CharField(label="Who finds out", max_length=120, required=False)
    asked_by_day = date_field("By when", "")
    advice = ProseField(label="What would help instead", max_length=2000, required=False)
    support_by = forms.CharField(label="Who gives the other support", max_length=120, required=False)
    deferred_to = date_field("Deferred to", "")
    tells_family = forms.CharField(label="Who tells the family", max_length=120, required=False)
    tells_family_by = date_field("By when they are told", "")

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        kwargs["auto_id"] = "decide_%s"
        super().__init__(*args, **kwargs)
        offered = NEXT[State(referral.state)]
        outcome: Any = self.fields["outcome"]
        outcome.choices = [(each.value, each.label) for each in Outcome if State(each.value) in offered]
        outcome.error_messages["invalid_choice"] = already_decided(referral) or NOT_BEFORE_A_PANEL
        if len(outcome.choices) == 1:
            outcome.initial = outcome.choices[0][0]
        for name in ("starts_on", "first_review_on", "asked_by_day", "deferred_to", "tells_family_by"):
            self.fields[name].required = False
        self.fields["key_adult"] = adult_field(
            referral.school,
            "Key adult",
            required=False,
            error_messages={"invalid_choice": "Choose a person from the list."},
        )

    def options(self) -> list[tuple[Any, str]]:
        """Each outcome as a radio with a hint of what it leads to."""
        return [(radio, HINTS[Outcome(radio.data["value"])]) for radio in self["outcome"].subwidgets]

    def asked(self) -> list[tuple[str, list[Any]]]:
        """The fields that an outcome asks for, under its words."""
        headings = [
            ("If accepted", ASKS[Outcome.WAIT]),
            ("If more information is needed", ASKS[Outcome.MORE]),
            ("If declined", ASKS[Outcome.DECLINE]),
            ("If deferred", ASKS[Outcome.DEFER]),
        ]
        values = {value for value, _ in self.fields["outcome"].choices}  # type: ignore[attr-defined]
        shown = {
            "If accepted": {"accepted", "waiting"},
            "If more information is needed": {"more-information"},
            "If declined": {"declined"},
            "If deferred": {"deferred"},
        }
        return [(words, [self[name] for name in names]) for words, names in headings if shown[words] & values]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("outcome"):
            return data
        outcome = Outcome(data["outcome"])
        for name, words in NEEDS.get(outcome, {}).items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, words)
        self._refuse_days_that_cannot_be_meant(outcome, data)
        return data

    def _refuse_days_that_cannot_be_meant(self, outcome: Outcome, data: dict[str, Any]) -> None:
        today, asked = timezone.localdate(), ASKS[outcome]
        deferred, by_day = data.get("deferred_to"), data.get("asked_by_day")
        starts, review = data.get("starts_on"), data.get("first_review_on")
        if "deferred_to" in asked and deferred and deferred <= today:
            self.add_error("deferred_to", "Choose a day after today.")
        if "asked_by_day" in asked and by_day and by_day < today:
            self.add_error("asked_by_day", "Choose today or a later day.")
        if "first_review_on" in asked and starts and review and review <= starts:
            self.add_error("first_review_on", "Choose a day after the start.")

    def details(self) -> dict[str, Any]:
        """What is kept with this outcome; what was typed for another is left out."""
        outcome = Outcome(self.cleaned_data["outcome"])
        names = (*ASKS[outcome], "tells_family", "tells_family_by")
        return {name: self.cleaned_data[name] for name in names}
