"""A review as it is written: one form, each of whose sections is kept by itself."""

from collections.abc import Sequence
from typing import Any

from django import forms

from iap.ui.typed import Words, long_words
from pupils.models import FamilysWay, HowItGoes, PupilsWay, Then
from pupils.plan_now import TargetNow
from pupils.review.sections import INVITED, MEETING, OUTCOME, SECTIONS, TARGETS, Content

from .plans import FAMILY, date_field, step_field
from .seen import SeenForm

SPARE = 2  # empty rows for people to invite
MOST_INVITED = 20
UNKNOWN, CAME, AWAY = "", "yes", "no"
CAME_CHOICES = [(UNKNOWN, "Not known"), (CAME, "Came"), (AWAY, "Could not come")]


class ReviewForm(forms.Form):
    """What the review itself says."""

    went_well = long_words(
        "What went well", "What was logged stands on this page too. Say what it means.", most=3000
    )
    was_hard = long_words("What was hard, and what we learnt", most=3000)
    pupil_says = long_words(
        "In the pupil’s own words",
        "Ask: What goes well? What is hard? What would help? Who should know? Write it as they say it.",
        most=2000,
    )
    pupil_how = forms.ChoiceField(
        label="How they were heard", choices=[("", "Choose how"), *PupilsWay.choices]
    )
    family_says = long_words(
        "In the parent’s or carer’s words",
        "Ask: What do you see at home? What has changed? What worries you? What would you like us to do?",
        most=2000,
    )
    family_how = forms.ChoiceField(
        label="How they were heard", choices=[("", "Choose how"), *FamilysWay.choices]
    )
    day = date_field("Day of the review", "Choose the day of the review.")
    place = Words(
        label="Time and room",
        max_length=120,
        error_messages={"max_length": "This holds 120 characters. Shorten it."},
    )
    agreed = long_words("What we agree", f"Who does what, and by when. {FAMILY}", most=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, each in self.fields.items():
            each.required = name == "day"  # what is half written is kept as it is


class OutcomeForm(forms.Form):
    """How far one target came, and what follows."""

    reached = step_field("Step reached", required=False)
    words = Words(
        label="What shows it",
        max_length=500,
        required=False,
        error_messages={"max_length": "This holds 500 characters. Shorten it."},
    )
    then = forms.ChoiceField(
        label="What follows", choices=[("", "Choose what follows"), *Then.choices], required=False
    )
    new_words = Words(
        label="The changed target, in the pupil’s words",
        max_length=200,
        required=False,
        error_messages={"max_length": "A target holds 200 characters. Shorten it."},
    )


class InvitationForm(forms.Form):
    """Somebody who is asked to come. A row without a name is left out, unless something else is written in it."""

    name = Words(
        label="Who",
        max_length=120,
        required=False,
        error_messages={"max_length": "A name holds 120 characters."},
    )
    part = Words(
        label="As", max_length=60, required=False, error_messages={"max_length": "This holds 60 characters."}
    )
    invited_on = date_field("Invited on", "", required=False)
    came = forms.ChoiceField(label="Came", choices=CAME_CHOICES, required=False)
    views = Words(
        label="Their view",
        max_length=500,
        required=False,
        error_messages={"max_length": "This holds 500 characters. Shorten it."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            wrong = self.is_bound and self.has_error(name)
            look = "form-select" if name == "came" else "form-control"
            field.widget.attrs |= {"class": f"{look} is-invalid" if wrong else look}

    @property
    def is_kept(self) -> bool:
        return bool(self.cleaned_data.get("name"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            not data.get("name")
            and "name" not in self.errors
            and any(data.get(n) for n in ("invited_on", "came", "views"))
        ):
            self.add_error("name", "Name who this is about.")
        return data


InvitationForms = forms.formset_factory(
    InvitationForm, extra=0, max_num=MOST_INVITED, absolute_max=2 * MOST_INVITED
)


class Written:
    """The whole page as it was sent, or as it is kept: the review, its targets, and who is invited."""

    def __init__(
        self,
        data: Any,
        kept: dict[str, Content],
        targets: Sequence[TargetNow],
        invite: Sequence[dict[str, Any]] = (),
    ) -> None:
        self.data = data
        initial = {name: kept[section.slug][name] for section in SECTIONS for name in section.fields}
        self.form = ReviewForm(data, initial=initial)
        self.outcomes = [(now, self._outcome(data, now, kept[TARGETS])) for now in targets]
        rows = list(kept[MEETING]["invitations"]) or list(invite)
        rows = [{**row, "came": _came_word(row.get("came"))} for row in rows]
        self.invitations = InvitationForms(
            data, prefix="invited", initial=[*rows, *({} for _ in range(SPARE))]
        )

    def _outcome(self, data: Any, now: TargetNow, kept: Content) -> OutcomeForm:
        said = dict(kept[str(now.target.uuid)])
        if said["reached"] is None and not any(said.values()):
            said["reached"] = now.reached  # what was noted last, to start from
        return OutcomeForm(data, prefix=f"t-{now.target.uuid}", initial=said)

    @property
    def forms(self) -> list[Any]:
        return [self.form, *(form for _, form in self.outcomes), self.invitations]

    def is_valid(self) -> bool:
        return all([each.is_valid() for each in self.forms])

    def contents(self) -> dict[str, Content]:
        """What each section says, as `review.sections` keeps it."""
        said = self.form.cleaned_data
        found: dict[str, Content] = {
            section.slug: {name: said[name] for name in section.fields} for section in SECTIONS
        }
        found[TARGETS] = {
            str(now.target.uuid): {name: form.cleaned_data[name] for name in OUTCOME}
            for now, form in self.outcomes
        }
        rows = [
            {name: row.cleaned_data[name] for name in INVITED} | {"came": _came(row.cleaned_data["came"])}
            for row in self.invitations
            if row.is_kept
        ]
        found[MEETING] = {**found[MEETING], "invitations": rows}
        return found


def _came(word: str) -> bool | None:
    return {CAME: True, AWAY: False}.get(word)


def _came_word(came: bool | None) -> str:
    return UNKNOWN if came is None else CAME if came else AWAY


class AnswerForm(forms.Form):
    """A teacher's minute: how it is going, and one line."""

    how = forms.ChoiceField(
        label="How is it going in my lesson?",
        choices=HowItGoes.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is going.", "invalid_choice": "Choose how it is going."},
    )
    line = Words(
        label="One line",
        max_length=300,
        required=False,
        help_text=FAMILY,
        error_messages={"max_length": "One line holds 300 characters. Shorten it."},
    )


class CorrectionForm(SeenForm):
    """What a part of a held review should have said, and why."""

    now = forms.CharField(required=False)
    why = Words(
        label="Why it is put right",
        max_length=200,
        error_messages={
            "required": "Say in a few words why it is put right.",
            "max_length": "This holds 200 characters. Shorten it.",
        },
    )

    def __init__(self, *args: Any, label: str, steps: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if steps:
            self.fields["now"] = forms.ChoiceField(label=label, choices=[(each, each) for each in steps])
        else:
            self.fields["now"] = long_words(label, most=3000, rows=5, required=False)
        self.order_fields(["now", "why", "seen"])
