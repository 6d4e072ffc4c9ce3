"""How many places a session has, and how many of them published steps will take."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from iap.schools.models import School
from pupils.models import Placement

from .models import IapSession, StepPlace


def places_of(school: School, sessions: Sequence[IapSession]) -> dict[int, int]:
    """A session's own number of places, or the provision's."""
    return {session.pk: session.places or school.provision.places for session in sessions}


def taken_from(
    school: School, sessions: Sequence[IapSession], day: dt.date, *, without: Placement | None = None
) -> dict[int, int]:
    """For each session the most pupils that steps place in it on any one day from `day` on: one query."""
    rows = StepPlace.objects.filter(school=school, session__in=sessions).standing_from(day)
    if without is not None:
        rows = rows.exclude(step__placement=without)
    spans: dict[int, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    for row in rows.select_related("step__placement"):
        assert row.session_id is not None
        spans[row.session_id].append((max(row.step.starts_on, day), _end(row.step)))
    return {session.pk: _most_at_once(spans[session.pk]) for session in sessions}


def _end(step: Any) -> dt.date | None:
    """The day on which a step no longer places the pupil: its own end, or the place's."""
    ends = [end for end in (step.ends_on, step.placement.ends_on) if end is not None]
    return min(ends, default=None)


def _most_at_once(spans: list[tuple[dt.date, dt.date | None]]) -> int:
    """The number of pupils can only grow on a day on which one of them begins."""
    return max(
        (sum(start <= day and (end is None or day < end) for start, end in spans) for day, _ in spans),
        default=0,
    )
