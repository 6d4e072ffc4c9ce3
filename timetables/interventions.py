"""Interventions of a pupil, each with what was given of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from iap.ui.moments import day as said
from pupils.models import Intervention, Score
from pupils.record import ADULT
from pupils.together import Ask

from .measures.dose import Dose, doses

OFTEN = ("programme__measure__tool", "deliverer", "need__word", "by")
SCORES = ("entry__field__tool", "entry__assessment", "exit__field__tool", "exit__assessment")
SHOWN = (
    "programme__name", *(f"deliverer__{name}" for name in ADULT),
    *(f"{end}__{name}" for end in ("entry", "exit") for name in (
        "value", "field_id", "field__name", "field__unit", "field__good", "field__tool_id",
        "field__tool__name",
    )),
)  # fmt: skip


@dataclass(frozen=True)
class Given:
    """One intervention and its dose."""

    intervention: Intervention
    dose: Dose

    @property
    def runs(self) -> bool:
        return self.intervention.ended_on is None

    @property
    def change(self) -> Decimal | None:
        """How far the score moved the good way from before to after; nothing without both."""
        entry, exit = self.intervention.entry, self.intervention.exit
        return exit.field.change(entry.value, exit.value) if entry and exit else None

    @property
    def change_words(self) -> str:
        entry, exit = self.intervention.entry, self.intervention.exit
        if entry is None:
            return ""
        if exit is None:
            return f"{_score(entry)} {entry.said} before"
        change = self.change or Decimal(0)
        way = "as before" if not change else "the hoped-for way" if change > 0 else "the other way"
        return f"{_score(exit)} from {entry.said} to {exit.said}: {way}"

    @property
    def cost(self) -> Decimal | None:
        each = self.intervention.cost
        return each * self.dose.given if each is not None else None


def _score(score: Score) -> str:
    """SDQ Total"""
    return f"{score.field.tool} {score.field}"


def given(school_id: int, rows: Iterable[Intervention]) -> list[Given]:
    """One query more than the rows cost."""
    listed = list(rows)
    of = doses(school_id, listed)
    return [Given(each, of[each.pk]) for each in listed]


def interventions_of(pupil: Any) -> list[Given]:
    """A pupil's interventions, those that run first, then the latest: two queries."""
    rows = Intervention.objects.filter(school=pupil.school_id, pupil=pupil).standing()
    found = given(pupil.school_id, rows.select_related(*OFTEN, *SCORES).newest_first())
    return sorted(found, key=lambda each: not each.runs)


def running_of(pupil: Any) -> Ask:
    """The rows of what runs, with what is shown of it, for `given`."""
    rows = Intervention.objects.filter(school=pupil.school_id, pupil=pupil, ended_on=None).standing()
    return Ask(rows.newest_first(), *SHOWN)


def scores_for(intervention: Intervention) -> list[Score]:
    """The pupil's scores that may stand for before and after, the newest first: those of the programme's measure
    where it names one."""
    rows = Score.objects.filter(
        school=intervention.school_id,
        assessment__pupil=intervention.pupil_id,
        assessment__in_error_at=None,
    ).select_related("field__tool", "assessment")
    measure = intervention.programme.measure_id
    rows = rows.filter(field=measure) if measure else rows.filter(field__position=0)
    return list(rows.order_by("-assessment__day", "-pk"))


def said_of(score: Score) -> str:
    """SDQ Total 18, teacher, 3 March"""
    who = score.assessment.get_informant_display().lower()
    return f"{score.field.tool} {score}, {who}, {said(score.assessment.day, weekday=False)}"


def last_before(scores: Iterable[Score], day: dt.date) -> Score | None:
    """The score that stands for "before": the last up to the first day."""
    return next((score for score in scores if score.assessment.day <= day), None)
