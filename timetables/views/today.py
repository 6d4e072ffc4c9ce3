"""Today: the board, as a page and as the part that a tablet asks for again."""

import datetime as dt
import hashlib
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.text import slugify

from iap.audit.models import log_read
from iap.schools.access import only
from iap.schools.models import Period, Role
from iap.ui import words
from iap.ui.fragments import wants_fragment
from pupils.access import READERS
from timetables.board.build import build, heading
from timetables.board.moment import Moment, moment

TAPPERS = (Role.STAFF, Role.LEAD)
INITIALS = "initials"  # the session's key: names are shown as initials


@only(*READERS)
def today(request: Any) -> HttpResponse:
    """The period that the bell is in; `?day=` leads to another day."""
    if "show" in request.GET:
        request.session[INITIALS] = request.GET["show"] == INITIALS
        return redirect(request.path)
    if asked := request.GET.get("day"):
        try:
            return redirect("timetables:today_on", dt.date.fromisoformat(asked))
        except ValueError:
            pass
    return board_page(request)


@only(*READERS)
def today_at(request: Any, day: dt.date, period: str = "") -> HttpResponse:
    """One period of one day."""
    if "show" in request.GET:
        request.session[INITIALS] = request.GET["show"] == INITIALS
        return redirect(request.path)
    return board_page(request, day, period)


def board_page(
    request: Any, day: dt.date | None = None, period: str = "", *, status: int = 200, typed: Any = None
) -> HttpResponse:
    """The page, or for a script only its board, with nothing in it that differs between two askings.

    `typed` is what a refused form of one pupil's tile held.
    """
    found = moment(request.school, timezone.now(), day, period)
    if found is None:
        if day is not None and Period.objects.filter(school=request.school).exists():
            raise Http404("The school’s calendar does not reach that day.")
        return render(request, "timetables/today_empty.html")
    board = build(request.school, found)
    if typed is None and request.GET.get("note", "").isdigit():
        typed = {"pupil": int(request.GET["note"]), "note": True}
    context = {
        "board": board,
        "moment": found,
        "heading": heading(found),
        "steps": _steps(found),
        "may_tap": bool(request.roles & set(TAPPERS)),
        "initials": request.session.get(INITIALS, False),
        "undoable": _undoable(board, request.user, found.now),
        "typed": typed,
        "faces": words.READINESS.items(),
        "fresh": lambda: {"entry": uuid4()},
    }
    if not wants_fragment(request):
        log_read(request, "today", board.pupils)
        response = render(request, "timetables/today.html", context, status=status)
    else:
        response = _fragment(request, context)
    patch_vary_headers(response, ["HX-Request"])
    response["Cache-Control"] = "private, no-store"
    return response


def _fragment(request: Any, context: dict[str, Any]) -> HttpResponse:
    """The board without tokens, so that the same board has the same tag; unchanged, it costs a 304."""
    steady = {**context, "csrf_token": "", "fresh": {}}
    html = render_to_string("timetables/today.html#board", steady, request)
    tag = f'"{hashlib.sha256(html.encode()).hexdigest()[:32]}"'
    response = HttpResponse(html, headers={"ETag": tag})
    unchanged = get_conditional_response(request, etag=tag, response=response)
    if unchanged is not response:
        return unchanged  # type: ignore[return-value]
    log_read(request, "today", context["board"].pupils)
    return response


def _steps(found: Moment) -> list[tuple[Any, str, bool, bool]]:
    """The periods of the day: each with its slug, whether it is shown, and whether it is over."""
    time = timezone.localtime(found.now).time()
    return [
        (p, slugify(p.name), p.pk == found.period.pk, found.is_today and p.ends <= time)
        for p in found.periods
    ]


def _undoable(board: Any, user: Any, now: dt.datetime) -> dict[int, Any]:
    tiles = [tile for group in board.groups for tile in group.tiles]
    return {tile.pupil.pk: tile.state.undoable(user, now) for tile in tiles}
