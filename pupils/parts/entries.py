"""What staff logged: check-ins, notes, and what still wants a follow-up."""

import datetime as dt
from typing import Any

from iap.schools.models import Role
from pupils.access import WRITERS
from pupils.entry_filters import DAYS, KINDS, NOTES, Wanted
from pupils.models import Note
from pupils.record import record_of

SHOWN = 5


def acts(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    return {
        "may_write": _may_write(request) and record_of(request, pupil, day).has_place,
        "may_see_reads": Role.DSL in request.roles,
    }


def check_ins(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """The newest check-ins, of those the reader asked for."""
    wanted = Wanted.of(request.GET, day)
    found = wanted.check_ins(pupil).select_related("period", "by")
    return {
        "wanted": wanted,
        "days": request.GET.get("days", ""),
        "kinds": [("", "Any kind"), *(each for each in KINDS[1:] if each[0] != NOTES)],
        "spans": [("", "Any day"), *((str(number), words) for number, words in DAYS.items())],
        "check_ins": list(found[:SHOWN]),
        "total": found.count(),
    }


def notes(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """The newest notes; those to follow up stand in a part of their own too."""
    found = Wanted(kind=NOTES).notes(pupil).select_related("by")
    return {"notes": list(found[:SHOWN]), "total": found.count(), "may_write": _may_write(request)}


def follow_ups(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    waiting = Note.objects.filter(school=pupil.school_id, pupil=pupil, follow_up=True).standing()
    found = list(waiting.select_related("by").order_by("at", "pk")[:SHOWN])
    return {"notes": found, "may_write": _may_write(request)} if found else None


def _may_write(request: Any) -> bool:
    return bool(request.roles & set(WRITERS))
