"""The columns of the list of pupils, each asked once for all of them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from iap.schools.calendar import Calendar
from iap.ui.moments import day as said
from pupils.attendance import last_weeks, rates
from pupils.models import Placement
from pupils.record import LOOK_BACK


def place(request: Any, pupils: Sequence[Any], day: dt.date) -> Mapping[int, str]:
    return {pupil: _in_words(each, day) for pupil, each in _places(request, pupils, day).items()}


def key_adult(request: Any, pupils: Sequence[Any], day: dt.date) -> Mapping[int, str]:
    found = _places(request, pupils, day).items()
    return {pupil: str(each.key_adult) for pupil, each in found if each.ends_on is None or each.ends_on > day}


def attendance(request: Any, pupils: Sequence[Any], day: dt.date) -> Mapping[int, str]:
    window = last_weeks(Calendar.of(request.school, day - LOOK_BACK, day).open_weeks(), day)
    if window is None:
        return {}
    return {pupil: f"{rate.percent}%" for pupil, (rate,) in rates(pupils, [window]).items() if rate.known}


def _in_words(place: Placement, day: dt.date) -> str:
    if place.starts_on > day:
        return f"From {said(place.starts_on, weekday=False)}"
    if place.ends_on is not None and place.ends_on <= day:
        return f"Until {said(place.ends_on, weekday=False)}: {place.get_destination_display()}"
    return f"Since {said(place.starts_on, weekday=False)}"


def _places(request: Any, pupils: Sequence[Any], day: dt.date) -> dict[int, Placement]:
    """Each pupil's place now, or the next, or the last: asked once for the columns of one list."""
    kept: dict[Any, dict[int, Placement]] = request.__dict__.setdefault("_places_listed", {})
    key = (day, tuple(pupil.pk for pupil in pupils))
    if key not in kept:
        rows = Placement.objects.filter(school=request.school, pupil__in=[pupil.pk for pupil in pupils])
        kept[key] = {}
        for row in rows.select_related("key_adult").order_by("-starts_on", "-pk"):
            known = kept[key].get(row.pupil_id)
            # The latest comes first; one that is open today is better, and a coming one nearer to today.
            if known is None or (known.starts_on > day and (row.ends_on is None or row.ends_on > day)):
                kept[key][row.pupil_id] = row
    return kept[key]
