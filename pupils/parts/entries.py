"""What staff logged: check-ins, notes, and what still wants a follow-up."""

import datetime as dt
from typing import Any

from iap.schools.models import Role
from pupils.access import WRITERS
from pupils.entry_filters import DAYS, KINDS, NOTES, Wanted
from pupils.models import Note
from pupils.record import record_of
from pupils.together import Ask, counted, total_of

SHOWN = 5


def acts(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    return {
        "may_write": _may_write(request) and record_of(request, pupil, day).has_place,
        "may_see_reads": Role.DSL in request.roles,
    }


def ask_check_ins(request: Any, pupil: Any, day: dt.date) -> dict[str, Ask]:
    found = counted(Wanted.of(request.GET, day).check_ins(pupil))
    return {"check-ins": Ask(found[:SHOWN], "period__name", "period__kind")}


def check_ins(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """The newest check-ins, of those the reader asked for."""
    wanted, found = Wanted.of(request.GET, day), record_of(request, pupil, day).rows["check-ins"]
    return {
        "wanted": wanted,
        "days": request.GET.get("days", ""),
        "kinds": [("", "Any kind"), *(each for each in KINDS[1:] if each[0] != NOTES)],
        "spans": [("", "Any day"), *((str(number), words) for number, words in DAYS.items())],
        "check_ins": found,
        "total": total_of(found),
    }


def ask_notes(request: Any, pupil: Any, day: dt.date) -> dict[str, Ask]:
    found = counted(Wanted(kind=NOTES).notes(pupil))
    return {"notes": Ask(found[:SHOWN], "by__name")}


def notes(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """The newest notes; those to follow up stand in a part of their own too."""
    found = record_of(request, pupil, day).rows["notes"]
    return {"notes": found, "total": total_of(found), "may_write": _may_write(request)}


def ask_follow_ups(request: Any, pupil: Any, day: dt.date) -> dict[str, Ask]:
    waiting = Note.objects.filter(school=pupil.school_id, pupil=pupil, follow_up=True).standing()
    return {"follow-ups": Ask(waiting.order_by("at", "pk")[:SHOWN], "by__name")}


def follow_ups(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    found = record_of(request, pupil, day).rows["follow-ups"]
    return {"notes": found, "may_write": _may_write(request)} if found else None


def _may_write(request: Any) -> bool:
    return bool(request.roles & set(WRITERS))
