"""How many pupils a session has: on a day, and at most from a day on."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from pupils.models import Pupil
from timetables.models import IapSession, StepPlace
from timetables.taken import first_of

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
        end = first_of(ends, leaves)
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
        end = first_of(ends, leaves)
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


@dataclass(frozen=True)
class Placed:
    """A pupil in a session from a day until another, the first without them."""

    pupil: Pupil
    starts: dt.date
    ends: dt.date | None


def pupils_placed(session: IapSession, day: dt.date) -> list[Placed]:
    """Who is placed in the session on `day` or later, by name; steps that follow each other are one stay."""
    rows = (
        StepPlace.objects.standing_from(day)
        .filter(Q(step__placement__ends_on=None) | Q(step__placement__ends_on__gt=day), session=session)
        .select_related("step__pupil", "step__placement")
        .order_by("step__pupil__family_name", "step__pupil", "step__starts_on", "pk")
    )
    found: list[Placed] = []
    for step in (row.step for row in rows):
        ends = first_of(step.ends_on, step.placement.ends_on)
        if found and (found[-1].pupil, found[-1].ends) == (step.pupil, step.starts_on):
            found[-1] = replace(found[-1], ends=ends)
        else:
            found.append(Placed(step.pupil, step.starts_on, ends))
    return found


def _holds(stay: Stay, day: dt.date) -> bool:
    start, end = stay
    return start <= day and (end is None or day < end)
