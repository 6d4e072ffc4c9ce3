"""The overview of a school."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from iap.audit.models import log_read
from iap.schools.access import only
from iap.ui.charts import Multiples, multiples
from iap.ui.words import plural
from pupils.models import Pupil
from reporting.access import READERS, period_or_404
from reporting.facts import Facts
from reporting.overview import Board, kept_board
from reporting.periods import KINDS, Kind, Period, Periods

OFFERED = {Kind.HALF_TERM: 6, Kind.TERM: 6, Kind.YEAR: 3}


@only(*READERS)
def overview(request: Any) -> HttpResponse:
    """What a leader asks of the provision, at a glance."""
    facts = Facts(request.school, timezone.localdate())
    asked = _own(request)
    period = None if asked == "wrong" else period_or_404(request, facts.periods)
    context: dict[str, Any] = {"period": period, "choices": _choices(facts.periods), "asked": request.GET}
    if period is not None:
        context.update(_drawn(request, kept_board(facts, period, request.roles)))
    return render(request, "reporting/overview.html", context, status=422 if asked == "wrong" else 200)


def _own(request: HttpRequest) -> str:
    """ "wrong" where own dates were chosen that are no days, or in the wrong order, or not begun."""
    if request.GET.get("period") != Kind.OWN:
        return ""
    try:
        first, last = (dt.date.fromisoformat(request.GET.get(name, "")) for name in ("from", "to"))
    except ValueError:
        return "wrong"
    return "" if first <= last and first <= timezone.localdate() else "wrong"


def _drawn(request: Any, found: Board) -> dict[str, Any]:
    """The board with the names of those whose way back it shows; that they were shown is kept."""
    keys = {way.pupil for way in found.ways.each}
    pupils = {pupil.pk: pupil for pupil in Pupil.objects.at([request.school]).filter(pk__in=keys)}
    log_read(request, "overview", pupils.values())
    ways = Multiples(
        title=f"The way back of {plural(len(pupils), 'pupil')}, in order of start",
        desc="The share of each pupil’s week in mainstream, and their steps forward, holds and steps back.",
        ways=tuple(
            multiples.Way(pupil.short_name, pupil.get_absolute_url(), way.note, way.points, way.marks)
            for way in found.ways.each
            if (pupil := pupils.get(way.pupil)) is not None
        ),
        first=found.ways.first,
        until=found.ways.until,
    )
    return {"board": found, "ways": ways}


def _choices(periods: Periods) -> list[tuple[str, list[Period]]]:
    return [(KINDS[kind], periods.past(kind)[:number]) for kind, number in OFFERED.items()]
