"""The overview of a school, and what lies behind each of its figures."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from iap.audit.models import log_read
from iap.schools.access import only
from iap.schools.models import Role
from iap.ui.charts import Multiples, multiples
from iap.ui.words import plural
from pupils.models import Pupil
from reporting import fairness
from reporting.access import READERS, period_or_404
from reporting.facts import Facts
from reporting.figures import cell, figure_of, measure
from reporting.overview import Board, kept_board
from reporting.periods import KINDS, Kind, Period, Periods

PER_PAGE = 25
# Where a figure stands, if not on the overview: the address, its words, and what it calls the period.
OVERVIEW = ("reporting:overview", "Overview", "period")
BACK = {
    "check-ins": ("reporting:check_ins", "Patterns in check-ins", "period"),
    "way-back": ("reporting:reintegration", "The way back", "began"),
}
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


@only(*READERS, Role.STAFF)
def figure(request: Any, key: str) -> HttpResponse:
    """One figure: what it is, how it is counted, and every row that makes it."""
    asked = measure(key)
    if asked is None or not request.roles & set(asked.readers):
        raise Http404("No such figure.")
    facts = Facts(request.school, timezone.localdate())
    period = period_or_404(request, facts.periods)
    if period is None:
        raise Http404("The school has no weeks yet.")
    found = figure_of(facts, period, asked)
    groups = [each for each in found.groups() if each.group and each.rows]
    if asked.about == "fairness":
        told = fairness.told(asked, facts, period)
        groups = [each for each in groups if each.group in told]
    wanted = request.GET.get("group", "")
    if wanted and wanted not in {each.group for each in groups}:
        raise Http404("No such group, or it would tell of few.")
    shown = found.of_group(wanted) if wanted else found
    page = Paginator(shown.listed, PER_PAGE).get_page(request.GET.get("page"))
    pupils = {}
    if request.roles & set(asked.named_to):
        keys = {row.pupil for row in page if row.pupil is not None}
        pupils = {pupil.pk: pupil for pupil in Pupil.objects.at([request.school]).filter(pk__in=keys)}
        log_read(request, "figure", pupils.values())
    listed = [([cell(value) for value in row.cells], pupils.get(row.pupil), row) for row in page]
    context = {
        "figure": shown,
        "period": period,
        "page": page,
        "rows": listed,
        "named": bool(pupils),
        "groups": groups,
        "back": BACK.get(asked.about, OVERVIEW),
    }
    return render(request, "reporting/figure.html", context)
