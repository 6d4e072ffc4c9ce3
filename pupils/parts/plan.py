"""The plan on a pupil's page: its targets, its review and who was heard; and what helps, as the passport says."""

import datetime as dt
from typing import Any

from pupils.access import PLANNERS
from pupils.record import record_of

HELPS_SHOWN = 5


def targets(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """The open plan's targets; without one the way to write it, while there is a place."""
    record = record_of(request, pupil, day)
    if record.plan is None and record.placement is None:
        return None
    return {"now": record.plan, "may_write": _may_write(request) and _has_room(record)}


def review(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """When the plan is reviewed, and which voices are in."""
    now = record_of(request, pupil, day).plan
    return {"now": now, "due": now.is_due(day), "may_write": _may_write(request)} if now else None


def helps(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """What helps, as the passport says it, or the place where there is none yet."""
    record = record_of(request, pupil, day)
    passport = record.passport
    if passport is None and record.placement is None:
        return None
    general = record.placement.helps if record.placement else ""
    lines = passport.lines[:HELPS_SHOWN] if passport else [general] if general else []
    avoid = passport.lines_of(passport.avoid)[:HELPS_SHOWN] if passport else []
    return {"passport": passport, "helps": lines, "avoid": avoid, "may_write": _may_write(request)}


def _has_room(record: Any) -> bool:
    """Whether a plan can be written: there is a place, now or to come."""
    return record.placement is not None and not record.has_ended(record.placement)


def _may_write(request: Any) -> bool:
    return bool(set(request.roles) & set(PLANNERS))
