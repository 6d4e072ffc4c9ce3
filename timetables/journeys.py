"""A pupil's way so far: their place, its steps, and the share of the week in mainstream."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from iap.schools.models import Period, School
from pupils.models import Placement

from .measures.share import IN_MAINSTREAM, Share, share_of, step_on
from .models import HybridStep, IapSession, StepPlace

SlotKey = tuple[str, int]  # week, period


@dataclass(frozen=True)
class Placed:
    """Where a step puts the pupil in one slot, by keys."""

    pk: int
    week: str
    period: int
    place: str
    session: int | None
    provider: str
    minutes: int  # of the lesson, 0 where it is none


@dataclass(frozen=True)
class Journey:
    """The steps of one place in order, with the places and the share of each.

    `version` names the last step published, to notice another one since.
    """

    placement: Placement
    steps: list[HybridStep] = field(default_factory=list)
    shares: dict[int, Share] = field(default_factory=dict)
    places: dict[int, list[Placed]] = field(default_factory=dict)
    version: str = ""

    def sessions(self) -> set[int]:
        """The sessions that any of the steps names."""
        return {each.session for of in self.places.values() for each in of if each.session}

    def held(
        self, step: HybridStep, periods: Mapping[int, Period], sessions: Mapping[int, IapSession]
    ) -> dict[SlotKey, StepPlace]:
        """The places of a step in each week of the cycle; those of every week in each."""
        school = self.placement.school
        found = {}
        for each in self.places.get(step.pk, ()):
            if each.period in periods:
                row = StepPlace(
                    pk=each.pk, school_id=school.pk, step=step, week=each.week, period=periods[each.period],
                    place=each.place, session=sessions.get(each.session or 0), provider=each.provider,
                )  # fmt: skip
                for week in [each.week] if each.week else school.weeks:
                    found[week, each.period] = row
        return found

    def in_mainstream(self, step: HybridStep) -> set[SlotKey]:
        weeks = self.placement.school.weeks
        return {
            (week, each.period)
            for each in self.places.get(step.pk, ())
            if each.place in IN_MAINSTREAM
            for week in ([each.week] if each.week else weeks)
        }

    def now(self, day: dt.date) -> HybridStep | None:
        return step_on(self.steps, day)

    def coming(self, day: dt.date) -> HybridStep | None:
        return next((step for step in self.steps if step.starts_on > day), None)

    def percent(self, step: HybridStep | None) -> int | None:
        return self.shares[step.pk].percent if step is not None else None


def placement_of(school: School, pupil: Any, day: dt.date, *, ended: bool = False) -> Placement | None:
    """The pupil's open place or the next to begin; with `ended`, otherwise the last that was."""
    rows = list(
        Placement.objects.filter(school=school, pupil=pupil)
        .select_related("key_adult", "pupil", "school")
        .by_start()
    )
    standing = [row for row in rows if row.ends_on is None or row.ends_on > day]
    if standing:
        return standing[0]
    return rows[-1] if rows and ended else None


def journey_of(placement: Placement) -> Journey:
    """The way of one place: one query."""
    return journeys_of(placement.school, [placement])[placement.pk]


def journeys_of(school: School, placements: Iterable[Placement]) -> dict[int, Journey]:
    """The ways of some places by their key: one query."""
    asked = {each.pk: each for each in placements}
    rows = StepPlace.objects.filter(school=school, step=OuterRef("pk")).order_by("pk")
    slot = JSONObject(
        pk="pk", week="week", period="period", place="place", session="session", provider="provider",
        kind="period__kind", starts="period__starts", ends="period__ends",
    )  # fmt: skip
    steps = HybridStep.objects.filter(school=school, placement__in=asked)
    listed: dict[int, list[HybridStep]] = {pk: [] for pk in asked}
    for step in steps.annotate(rows=ArraySubquery(rows.values(json=slot))).by_date():
        listed[step.placement_id].append(step)
    return {pk: _journey(asked[pk], of, len(school.weeks)) for pk, of in listed.items()}


def _journey(placement: Placement, listed: list[Any], weeks: int) -> Journey:
    way = Journey(placement, version=listed[-1].version if listed else "")
    for step in listed:
        step.placement = placement
        step.ends_on = min((end for end in (step.ends_on, placement.ends_on) if end), default=None)
        if step.ends_on is None or step.starts_on < step.ends_on:
            way.steps.append(step)
            way.places[step.pk] = [_placed(row) for row in step.rows]
            way.shares[step.pk] = _share(way.places[step.pk], weeks)
    return way


def _placed(row: Mapping[str, Any]) -> Placed:
    starts, ends = (dt.time.fromisoformat(row[name]) for name in ("starts", "ends"))
    minutes = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute if row["kind"] == "lesson" else 0
    named = {name: row[name] for name in ("pk", "week", "period", "place", "session", "provider")}
    return Placed(**named, minutes=minutes)


def _share(places: Iterable[Placed], weeks: int) -> Share:
    return share_of((each.place, each.minutes * (1 if each.week else weeks)) for each in places)
