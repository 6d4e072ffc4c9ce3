"""The pupil's place: since when, with whom, what helps, what comes next."""

import datetime as dt
from typing import Any

from pupils.models import Placement
from pupils.record import Record, record_of


def since(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """When the place began, or begins, or was; and which school week of it this is."""
    record = record_of(request, pupil, day)
    if record.placement is None:
        return None
    return {"placement": record.placement, "label": _since(record), "week": record.school_week}


def _since(record: Record) -> str:
    if record.has_place:
        return "With us since"
    return "Joins us on" if _open(record) else "Was with us until"


def key_adult(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    place = _open(record_of(request, pupil, day))
    return {"adult": place.key_adult} if place else None


def next_review(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """The review of the plan that is worked to, or the first that was set with the place."""
    record = record_of(request, pupil, day)
    place = _open(record)
    review = record.plan.plan.review_on if record.plan else place.first_review_on if place else None
    return {"review": review, "first": record.plan is None} if review and review >= day else None


def place(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """The place in a few rows, and the ones before it."""
    record = record_of(request, pupil, day)
    if record.placement is None:
        return {"placement": None, "earlier": []}
    others = [each for each in record.placements if each.pk != record.placement.pk]
    return {"placement": record.placement, "earlier": others, "ended": record.has_ended(record.placement)}


def _open(record: Record) -> Placement | None:
    """The place of today or to come; nothing once it has ended."""
    place = record.placement
    return None if place is None or record.has_ended(place) else place
