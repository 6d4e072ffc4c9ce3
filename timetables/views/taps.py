"""One tap on a pupil's tile: stored, and the tile as it stands then."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import only
from iap.ui import words
from iap.ui.fragments import wants_fragment
from iap.ui.typed import tidied
from pupils.access import pupil_or_404
from pupils.actions import entries
from pupils.models import CheckInKind, MovementBreak, Pupil
from timetables.actions.marks import log_mark
from timetables.board.build import Tile
from timetables.board.state import NAMES, State, states
from timetables.models import IapSession
from timetables.taps import UNREADABLE, entry_of, moment_of, uuid_of

from .today import INITIALS, TAPPERS, board_page

FIRST_CHECK_IN_BEFORE = dt.time(9, 30)


class Tap:
    """What was posted about one pupil in one occurrence of a session."""

    def __init__(self, request: Any, day: dt.date, session: IapSession, pupil: Pupil) -> None:
        self.request, self.day, self.session, self.pupil = request, day, session, pupil

    @property
    def common(self) -> dict[str, Any]:
        return {"by": self.request.user, "entry": self.entry, "day": self.day, "at": self.at}

    @property
    def entry(self) -> UUID:
        return entry_of(self.request.POST)

    @property
    def at(self) -> dt.datetime:
        return moment_of(self.request.POST, self.day, self.session.period.starts)


def _check_in(tap: Tap) -> None:
    face = tap.request.POST.get("readiness", "")
    first = tap.session.period.starts < FIRST_CHECK_IN_BEFORE
    entries.log_check_in(
        tap.pupil,
        **tap.common,
        readiness=int(face) if face in {"1", "2", "3", "4", "5"} else 0,
        kind=CheckInKind.ARRIVAL if first else CheckInKind.BEFORE,
        period=tap.session.period,
    )


def _mark(tap: Tap) -> None:
    log_mark(tap.pupil, **tap.common, session=tap.session, here=tap.request.POST.get("here") == "yes")


def _note(tap: Tap) -> None:
    text, follow_up = tidied(tap.request.POST.get("text", "")), "follow_up" in tap.request.POST
    entries.log_note(tap.pupil, **tap.common, text=text, follow_up=follow_up)


def _break(tap: Tap) -> None:
    entries.start_break(tap.pupil, **tap.common)


def _end_break(tap: Tap) -> None:
    """Ends the break that the tile showed, or else the one that ran when it was tapped.

    Where a colleague has ended it already, nothing is left to do.
    """
    at = tap.at
    breaks = MovementBreak.objects.filter(school=tap.pupil.school_id, pupil=tap.pupil, day=tap.day).standing()
    try:
        shown = UUID(tap.request.POST["running"])
    except (KeyError, ValueError):
        shown = None
    wanted = breaks.filter(entry=shown) if shown else breaks.filter(at__lte=at + entries.FAST_CLOCK)
    running = wanted.filter(ended_by=None).newest_first().first()
    if running is not None:
        entries.end_break(running, by=tap.request.user, at=at)


def _undo(tap: Tap) -> None:
    what, _, entry_id = tap.request.POST["undo"].partition(":")
    if what not in NAMES:
        raise Refused(UNREADABLE)
    mine = NAMES[what].objects.filter(school=tap.pupil.school_id, pupil=tap.pupil)
    entry = mine.filter(entry=uuid_of(entry_id)).first()
    if entry is None:
        raise Refused("There is nothing to undo: this was not kept.")
    entries.undo(entry, by=tap.request.user)


ACTS: dict[str, Callable[[Tap], None]] = {
    "check-in": _check_in,
    "mark": _mark,
    "note": _note,
    "break": _break,
    "end-break": _end_break,
    "undo": _undo,
}


NAMED = {
    "readiness": "check-in",
    "here": "mark",
    "undo": "undo",
}  # buttons that say by their name what they do


def _act_of(posted: Any) -> str:
    named = (act for name, act in NAMED.items() if name in posted)
    return next(named, posted.get("act", ""))


@only(*TAPPERS)
@require_POST
def tap(request: Any, day: dt.date, session: UUID, uuid: UUID) -> HttpResponse:
    """Store one tap. A script gets the pupil's tile back, a plain form the board."""
    act = _act_of(request.POST)
    pupil = pupil_or_404(request, uuid)
    held = IapSession.objects.at(request.schools).filter(school=pupil.school_id)
    one = Tap(request, day, get_object_or_404(held.select_related("period"), uuid=session), pupil)
    try:
        if act not in ACTS:
            raise Refused(UNREADABLE)
        ACTS[act](one)
    except Refused as refusal:
        return _refused(one, refusal)
    if wants_fragment(request):
        return _live(one)
    if act != "note" and request.POST.get("text", "").strip():  # a note was begun, and another button pressed
        return _board(one, typed=_typed(one, ""))
    return redirect(f"{_board_address(one)}#p-{pupil.pk}")


def _refused(one: Tap, refusal: Refused) -> HttpResponse:
    """The reason where it was tapped, with what was typed."""
    status = 409 if isinstance(refusal, Conflict) else 422
    typed = _typed(one, str(refusal))
    if wants_fragment(one.request):
        return _live(one, status=status, typed=typed)
    return _board(one, status=status, typed=typed)


def _typed(one: Tap, problem: str) -> dict[str, Any]:
    """What stood in the tile's form, to stand there again."""
    text = one.request.POST.get("text", "")
    follow_up = "follow_up" in one.request.POST
    return {
        "pupil": one.pupil.pk,
        "problem": problem,
        "text": text,
        "follow_up": follow_up,
        "note": bool(text) or one.request.POST.get("act") == "note",
    }


def _board(one: Tap, *, status: int = 200, typed: dict[str, Any] | None = None) -> HttpResponse:
    return board_page(one.request, one.day, slugify(one.session.period.name), status=status, typed=typed)


def _live(one: Tap, *, status: int = 200, typed: dict[str, Any] | None = None) -> HttpResponse:
    """The part of the tile that changes: how the pupil is, and what can be done."""
    request, now = one.request, timezone.now()
    state = states(one.pupil.school_id, [one.pupil.pk], one.day).get(one.pupil.pk) or State()
    log_read(request, "today", [one.pupil])
    context = {
        "tile": Tile(one.pupil, None, one.session, state),
        "day": one.day,
        "may_tap": True,
        "initials": request.session.get(INITIALS, False),
        "undo": state.undoable(request.user, now),
        "typed": typed,
        "faces": words.READINESS.items(),
        "moved": not one.session.is_valid_on(one.day),
        "csrf_token": "",
        "fresh": {},
    }
    return render(request, "timetables/_live.html", context, status=status)


def _board_address(one: Tap) -> str:
    return reverse("timetables:today_at", args=[one.day, slugify(one.session.period.name)])
