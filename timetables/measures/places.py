"""How many pupils a session has: on a day, and at most from a day on."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from timetables.models import IapSession, StepPlace

Stay = tuple[dt.date, dt.date | None]


def stays(
    school: Any, session_ids: Iterable[int], day: dt.date, *, without: Any = None
) -> dict[int, list[Stay]]:
    """From when until when pupils are placed in each session, on `day` or later. One query.

    `without` leaves out a placement, to ask what its place would add.
    """
    rows = StepPlace.objects.standing_from(day).filter(school=school, session__in=list(session_ids))
    if without is not None:
        rows = rows.exclude(step__placement=without)
    found: dict[int, list[Stay]] = defaultdict(list)
    for session, starts, ends, leaves in rows.values_list(
        "session", "step__starts_on", "step__ends_on", "step__placement__ends_on"
    ):
        end = min((each for each in (ends, leaves) if each is not None), default=None)
        if end is None or end > max(starts, day):
            found[session].append((max(starts, day), end))
    return found


def sessions_with_stays(
    sessions: Any, school: Any, day: dt.date, *, without: Any = None
) -> list[tuple[IapSession, list[Stay]]]:
    """The sessions of a queryset, each with its stays on `day` or later, as in `stays`. One query."""
    rows = StepPlace.objects.standing_from(day).filter(school=school, session=OuterRef("pk"))
    if without is not None:
        rows = rows.exclude(step__placement=without)
    spans = JSONObject(starts="step__starts_on", ends="step__ends_on", leaves="step__placement__ends_on")
    listed = sessions.annotate(spans=ArraySubquery(rows.values(json=spans)))
    return [(session, list(_stays(session.spans, day))) for session in listed]


def _stays(spans: Iterable[dict[str, str | None]], day: dt.date) -> Iterable[Stay]:
    for span in spans:
        starts, ends, leaves = (
            dt.date.fromisoformat(value) if (value := span[name]) else None
            for name in ("starts", "ends", "leaves")
        )
        first = max(starts or day, day)
        end = min((each for each in (ends, leaves) if each is not None), default=None)
        if end is None or end > first:
            yield first, end


def most_at_once(placed: Iterable[Stay]) -> int:
    """The most of these stays on any one day."""
    listed = list(placed)
    return max((sum(_holds(other, start) for other in listed) for start, _ in listed), default=0)


def most_taken(
    school: Any, session_ids: Iterable[int], day: dt.date, *, without: Any = None
) -> dict[int, int]:
    """The most pupils at once in each session on `day` or any later day, by published steps."""
    return {
        session: most_at_once(placed)
        for session, placed in stays(school, session_ids, day, without=without).items()
    }


def taken_on(school: Any, session_ids: Iterable[int], day: dt.date) -> dict[int, int]:
    """Pupils whose step in force on `day` places them in each session."""
    placed = stays(school, session_ids, day)
    return {session: sum(_holds(stay, day) for stay in of) for session, of in placed.items()}


def pupils_placed(session: Any, day: dt.date) -> list[Any]:
    """Places of pupils in the session on `day` or later, with their pupil, soonest first."""
    rows = (
        StepPlace.objects.standing_from(day)
        .filter(Q(step__placement__ends_on=None) | Q(step__placement__ends_on__gt=day), session=session)
        .select_related("step__pupil")
    )
    return list(rows.order_by("step__pupil__family_name", "step__starts_on", "pk"))


def _holds(stay: Stay, day: dt.date) -> bool:
    start, end = stay
    return start <= day and (end is None or day < end)
