"""What lies behind a figure: what it is, how it is counted, and every row that makes it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import log_read
from iap.schools.access import only
from iap.schools.models import Role
from pupils.access import READERS as PUPIL_READERS
from pupils.access import pupil_or_404
from pupils.models import Pupil
from reporting import fairness, lists
from reporting.access import READERS, period_or_404
from reporting.facts import Facts
from reporting.figures import Figure, Measure, figure_of, measure
from reporting.periods import Period

PER_PAGE = 25
# Where a figure stands, if not on the overview: the address, its words, and what it calls the period.
OVERVIEW = ("reporting:overview", "Overview", "period")
BACK = {
    "check-ins": ("reporting:check_ins", "Patterns in check-ins", "period"),
    "way-back": ("reporting:reintegration", "The way back", "began"),
}


@only(*READERS, Role.STAFF)
def figure(request: Any, key: str) -> HttpResponse:
    """One figure of the school, with names where the reader may see them."""
    asked = measure(key)
    if asked is None or not request.roles & set(asked.readers):
        raise Http404("No such figure.")
    facts = Facts(request.school, timezone.localdate())
    period = _period(request, facts)
    found = figure_of(facts, period, asked)
    told = fairness.told(asked, facts, period) if asked.about == "fairness" else None
    shown, groups = _of_group(request, found, told)
    page = Paginator(lists.rows(shown, told), PER_PAGE).get_page(request.GET.get("page"))
    pupils = _named(request, asked, page)
    name, words, asks = BACK.get(asked.about, OVERVIEW)
    back = (f"{reverse(name)}?{urlencode({asks: period.key})}", words)
    whole = found.n if asked.split and shown.group else None
    return _page(request, shown, groups, page, {"pupils": pupils, "back": back, "whole": whole})


@only(*PUPIL_READERS)
def of_pupil(request: Any, uuid: UUID, key: str) -> HttpResponse:
    """One pattern in a pupil's check-ins, and each check-in that makes it."""
    pupil = pupil_or_404(request, uuid)
    asked = measure(key)
    if asked is None or asked.about != "check-ins":
        raise Http404("No such pattern.")
    log_read(request, "check-in-patterns", [pupil])
    facts = Facts(request.school, timezone.localdate(), pupil=pupil)
    period = _period(request, facts)
    shown, groups = _of_group(request, figure_of(facts, period, asked))
    page = Paginator(lists.rows(shown), PER_PAGE).get_page(request.GET.get("page"))
    url = f"{reverse('reporting:pupil_check_ins', args=[pupil.uuid])}?{urlencode({'period': period.key})}"
    back = (url, f"Patterns in {pupil.known_as}’s check-ins")
    return _page(request, shown, groups, page, {"pupils": {}, "back": back, "pupil": pupil})


def _period(request: Any, facts: Facts) -> Period:
    period = period_or_404(request, facts.periods)
    if period is None:
        raise Http404("The school has no weeks yet.")
    return period


def _of_group(request: Any, found: Figure, told: set[str] | None = None) -> tuple[Figure, list[Figure]]:
    """The figure, or the group of it that is asked for, and the groups that may be asked for."""
    groups = [each for each in found.groups() if each.group and each.rows]
    groups = [each for each in groups if told is None or each.group in told]
    wanted = request.GET.get("group", "")
    if wanted and wanted not in {each.group for each in groups}:
        raise Http404("No such group, or it would tell of few.")
    return found.of_group(wanted) if wanted else found, groups


def _named(request: Any, asked: Measure, page: Any) -> dict[int | None, Pupil]:
    """The pupils of these rows, where the reader may see their names; that they were shown is kept."""
    if not request.roles & set(asked.named_to):
        return {}
    keys = {row.pupil for row, _ in page if row.pupil is not None}
    pupils = {pupil.pk: pupil for pupil in Pupil.objects.at([request.school]).filter(pk__in=keys)}
    log_read(request, "figure", pupils.values())
    return pupils


def _page(
    request: Any, shown: Figure, groups: list[Figure], page: Any, context: dict[str, Any]
) -> HttpResponse:
    context |= {
        "figure": shown,
        "period": shown.period,
        "groups": groups,
        "page": page,
        "columns": lists.columns(shown),
        "lines": [
            (lists.cells(shown, row, number), context["pupils"].get(row.pupil)) for row, number in page
        ],
    }
    return render(request, "reporting/figure.html", context)
