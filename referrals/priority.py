"""The priority of a referral: a banded score of named parts, each saying why. It sets an order; people decide.

Every part has a band from 0 to 3, worth so many thirds of its weight; only time waiting grows with each school day.
The same inputs give the same number, always. Weights are the school's (`Rules`) and make 100 together.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from iap.schools.calendar import Calendar
from iap.ui.words import plural
from pupils.attendance import Rate

from .evidence import BACK, Evidence, evidence_of
from .models import Effect, Fit, Referral, Risk, Rules

BANDS = 3
FIT_BANDS = {Fit.GOOD: 3, Fit.CAREFUL: 2, Fit.UNKNOWN: 1, Fit.APART: 0}


@dataclass(frozen=True)
class Inputs:
    """All that the number is made of."""

    suspensions: int = 0
    half_days_suspended: int = 0
    exclusion_risk: str = Risk.NONE
    attendance: Rate = field(default_factory=Rate)
    plan: bool = False
    sen_support: bool = False
    in_care: bool = False
    social_worker: bool = False
    effects: tuple[str, ...] = ()
    days: int = 0
    fit: str = Fit.UNKNOWN


@dataclass(frozen=True)
class Part:
    """What counts, how much of what it could, and why."""

    name: str
    points: int
    of: int
    why: str

    @property
    def share(self) -> float:
        return self.points / self.of if self.of else 0


@dataclass(frozen=True)
class Priority:
    """The parts and their sum, or what a leader has set in its place."""

    parts: tuple[Part, ...]
    override: int | None = None
    override_words: str = ""

    @property
    def counted(self) -> int:
        return sum(part.points for part in self.parts)

    @property
    def points(self) -> int:
        return self.counted if self.override is None else self.override

    @property
    def mostly(self) -> str:
        """The part that adds most, in small letters; nothing where none adds anything."""
        most = max(self.parts, key=lambda part: part.points)
        return most.name.lower() if most.points else ""

    def as_json(self) -> list[dict[str, Any]]:
        """As it is kept with a decision."""
        return [
            {"name": part.name, "points": part.points, "of": part.of, "why": part.why} for part in self.parts
        ]


def score(inputs: Inputs, rules: Rules) -> tuple[Part, ...]:
    """The parts of these inputs by these rules."""
    return (
        _banded("Risk of exclusion", rules.weight_exclusion, *_exclusion(inputs)),
        _banded("Attendance", rules.weight_attendance, *_attendance(inputs.attendance)),
        _banded("Care or EHCP", rules.weight_care, *_care(inputs)),
        _banded("Need and support tried", rules.weight_need, *_need(inputs.effects)),
        _waiting(inputs.days, rules),
        _banded("Fit with a group", rules.weight_fit, FIT_BANDS[Fit(inputs.fit)], f"{Fit(inputs.fit).label}"),
    )


def _banded(name: str, weight: int, band: int, why: str) -> Part:
    return Part(name, (2 * weight * band + BANDS) // (2 * BANDS), weight, why)


def _exclusion(inputs: Inputs) -> tuple[int, str]:
    risk, half_days = inputs.exclusion_risk or Risk.NONE, inputs.half_days_suspended
    if risk == Risk.HIGH or half_days >= 20:
        band = 3
    elif risk == Risk.RISING or inputs.suspensions >= 3 or half_days >= 10:
        band = 2
    else:
        band = 1 if inputs.suspensions else 0
    said = [
        plural(inputs.suspensions, "suspension") + " this year" if inputs.suspensions else "No suspension"
    ]
    if half_days:
        said.append(plural(half_days, "half-day"))
    if risk != Risk.NONE:
        said.append(Risk(risk).label.lower())
    return band, ", ".join(said)


def _attendance(rate: Rate) -> tuple[int, str]:
    """Severe absence is half or more missed; persistent a tenth or more."""
    if not rate.known:
        return 0, "No marks yet"
    band = (
        3
        if rate.severe_absence
        else 2
        if 10 * rate.missed >= 3 * rate.possible
        else int(rate.persistent_absence)
    )
    word = {
        3: "severe absence",
        2: "three in ten missed or more",
        1: "persistent absence",
        0: "below a tenth missed",
    }
    return band, f"{rate.percent}% over 12 weeks, {word[band]}"


def _care(inputs: Inputs) -> tuple[int, str]:
    counted = [
        (inputs.plan, 2, "EHC plan"),
        (inputs.in_care, 2, "in care"),
        (inputs.social_worker, 1, "social worker"),
        (inputs.sen_support and not inputs.plan, 1, "SEN support"),
    ]
    said = [words for holds, _, words in counted if holds]
    why = ", ".join(said) or "None known"
    return min(sum(worth for holds, worth, _ in counted if holds), BANDS), why[0].upper() + why[1:]


def _need(effects: Sequence[str]) -> tuple[int, str]:
    unmet = sum(effect != Effect.HELPED for effect in effects)
    if not effects:
        return 0, "Nothing tried is named"
    return min(
        unmet, BANDS
    ), f"{plural(len(effects), 'strategy', 'strategies')} tried, {unmet} without enough change"


def _waiting(days: int, rules: Rules) -> Part:
    """Grows with each school day up to the two targets together, and never shrinks."""
    full = rules.decision_days + rules.waiting_days
    points = rules.weight_waiting * min(days, full) // full
    return Part(
        "Time waiting", points, rules.weight_waiting, f"{plural(days, 'school day')} since it was sent"
    )


def inputs_of(referral: Any, evidence: Evidence, calendar: Calendar, day: dt.date) -> Inputs:
    pupil = referral.pupil
    return Inputs(
        suspensions=evidence.suspensions,
        half_days_suspended=evidence.half_days_suspended,
        exclusion_risk=referral.exclusion_risk or Risk.NONE,
        attendance=evidence.recent,
        plan=pupil.sen_stage == "E",
        sen_support=pupil.sen_stage == "K",
        in_care=pupil.in_care,
        social_worker=pupil.social_worker,
        effects=tuple(referral.effects),
        days=days_since(calendar, referral.submitted_at, day),
        fit=referral.fit,
    )


def days_since(calendar: Calendar, moment: dt.datetime | None, day: dt.date) -> int:
    """School days since something happened: day 0 is its own day."""
    return calendar.school_days_between(timezone.localdate(moment), day) if moment else 0


def priorities(
    referrals: Sequence[Referral],
    day: dt.date,
    *,
    rules: Rules,
    calendar: Calendar,
    evidence: Mapping[int, Evidence],
) -> dict[int, Priority]:
    """By referral's key, for referrals read `with_effects()`, their pupil and `override_by`. No query."""
    return {
        referral.pk: Priority(
            score(inputs_of(referral, evidence[referral.pupil_id], calendar, day), rules),
            referral.override,
            f"Set to {referral.override} by {referral.override_by}: {referral.override_reason}"
            if referral.override is not None
            else "",
        )
        for referral in referrals
    }


def priority_of(referral: Referral, day: dt.date) -> Priority:
    """One referral's, read afresh."""
    school = referral.school
    read = (
        Referral.objects.at([school])
        .with_effects()
        .select_related("pupil", "override_by")
        .get(pk=referral.pk)
    )
    calendar = Calendar.of(school, min(first_day([read], day), day - BACK), day)
    evidence = evidence_of(school, [read.pupil], day, calendar=calendar, brief=True)
    return priorities([read], day, rules=Rules.of(school), calendar=calendar, evidence=evidence)[read.pk]


def first_day(referrals: Iterable[Referral], day: dt.date) -> dt.date:
    """The first day that any clock of these needs."""
    return min((referral.submitted_at.date() for referral in referrals if referral.submitted_at), default=day)


def in_order(referrals: Iterable[Referral], priority: Mapping[int, Priority]) -> list[Referral]:
    """Highest first; where two are the same, the one sent first."""
    return sorted(referrals, key=lambda each: (-priority[each.pk].points, each.submitted_at, each.pk))
