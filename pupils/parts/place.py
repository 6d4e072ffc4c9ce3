"""The pupil's place: since when, with whom, what helps, what comes next."""

import datetime as dt
from typing import Any

from pupils.record import record_of


def since(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """When the place began, or begins, or was; and which school week of it this is."""
    record = record_of(request, pupil, day)
    if record.placement is None:
        return None
    return {"placement": record.placement, "label": _since(record), "week": record.school_week}


def _since(record: Any) -> str:
    if record.has_place:
        return "With us since"
    return "Was with us until" if record.has_ended(record.placement) else "Joins us on"


def key_adult(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    record = record_of(request, pupil, day)
    return {"adult": record.placement.key_adult} if _is_open(record) else None


def next_review(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    record = record_of(request, pupil, day)
    review = record.placement.first_review_on if _is_open(record) else None
    return {"review": review} if review and review >= day else None


def helps(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """What helps, as the place says it; shown without words too, since somebody should write them."""
    record = record_of(request, pupil, day)
    return {"helps": record.placement.helps} if record.placement else None


def place(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """The place in a few rows, and the ones before it."""
    record = record_of(request, pupil, day)
    if record.placement is None:
        return {"placement": None, "earlier": []}
    others = [each for each in record.placements if each.pk != record.placement.pk]
    return {"placement": record.placement, "earlier": others, "ended": record.has_ended(record.placement)}


def _is_open(record: Any) -> bool:
    return record.placement is not None and not record.has_ended(record.placement)
