"""A week planned by half-days."""

from typing import Any

from django import forms

from iap.schools.models import Weekday
from iap.ui.typed import Words
from timetables.half_days import (
    KEEP,
    MIXED,
    WORDS,
    HalfDay,
    HalfDaysRefused,
    With,
    half_name,
    lessons_by_half,
)
from timetables.models import Place

from .sessions import date_field
from .steps import Offer

PLANNED = set(With.values)


class HalfDaysForm(forms.Form):
    """For each half-day with lessons where the pupil is, from a day on, and why."""

    starts_on = date_field("From", "Choose the first day of this plan.")
    why = Words(
        label="What changed and why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what changed and why, in a few words."},
    )
    provider = Words(
        label="Off-site provider",
        max_length=120,
        required=False,
        help_text="Needed where a half-day is off site.",
    )
    together = forms.BooleanField(
        label="Together all the same, though you keep them apart; the reason stands above", required=False
    )
    seen = Words(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, offer: Offer, now: dict[HalfDay, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer, self.now = offer, now
        self.beside_apart = False  # was refused, and may be accepted
        self.halves = lessons_by_half(offer.periods)
        providers = [row.provider for row in offer.held.values() if row.provider]
        self.fields["provider"].initial = providers[0] if len(set(providers)) == 1 else ""
        for half in self.halves:
            name = half_name(half)
            self.fields[field_name(half)] = forms.ChoiceField(
                label=name,
                choices=self._choices(half),
                initial=self._initial(half),
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={
                    "required": f"{name}: choose where the pupil is.",
                    "invalid_choice": f"{name}: choose one of the places offered.",
                },
            )

    def days(self) -> list[tuple[str, list[tuple[str, Any]]]]:
        """For the page: each weekday with its half-days as bound fields."""
        found: dict[int, list[tuple[str, Any]]] = {}
        for half in self.halves:
            name = half_name(half).partition(" ")[2].capitalize()
            found.setdefault(half[0], []).append((name, self[field_name(half)]))
        return [(Weekday(day).label, fields) for day, fields in found.items()]

    def chosen(self) -> dict[HalfDay, str]:
        return {half: self.cleaned_data[field_name(half)] for half in self.halves}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        offsite = any(data.get(field_name(half)) == Place.OFFSITE for half in self.halves)
        if offsite and not str(data.get("provider", "")).strip():
            self.add_error("provider", "Name the off-site provider.")
        return data

    def refuse(self, refusal: HalfDaysRefused) -> None:
        """Put each sentence beside its half-day."""
        for half, sentence in refusal.halves.items():
            self.add_error(field_name(half), sentence)

    def mark_errors(self) -> None:
        for name in self.errors:
            if name in self.fields and isinstance(self.fields[name].widget, forms.Select):
                self.fields[name].widget.attrs |= {"class": "form-select is-invalid", "aria-invalid": "true"}

    def _choices(self, half: HalfDay) -> list[tuple[str, str]]:
        now = self.now.get(half, "")
        other = [(KEEP, _as_now(now))] if self._is_held(half) and now not in PLANNED else []
        return [("", "Choose where"), *other, *With.choices]

    def _initial(self, half: HalfDay) -> str:
        now = self.now.get(half, "")
        if now in PLANNED:
            return now
        return KEEP if self._is_held(half) else With.CLASS.value

    def _is_held(self, half: HalfDay) -> bool:
        return any(
            (week, p.pk) in self.offer.held for week in self.offer.school.weeks for p in self.halves[half]
        )


def field_name(half: HalfDay) -> str:
    return f"half-{half[0]}-{half[1]}"


def _as_now(now: str) -> str:
    return "Mixed, as it is now" if now == MIXED else f"As it is now: {WORDS[now].lower()}"
