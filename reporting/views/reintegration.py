"""The reintegration report of a school."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from iap.schools.access import only
from reporting.access import READERS
from reporting.actions import packs as actions
from reporting.facts import Facts
from reporting.models import PackKind
from reporting.periods import Kind, Period
from reporting.reintegration.report import period_of, report
from reporting.survival import DRAWN_FROM


@only(*READERS)
@require_GET
def reintegration(request: Any) -> HttpResponse:
    """Of all places, or of those that began in one school year. Nobody's name is on it."""
    facts = Facts(request.school, timezone.localdate())
    period = _period_or_404(facts, request.GET.get("began", ""))
    chosen = period if period is not None and period.kind == Kind.YEAR else None
    years = facts.periods.past(Kind.YEAR)[:4]
    options = [
        ("All places", "?", chosen is None),
        *((year.name, f"?began={year.key}", year == chosen) for year in years),
    ]
    context = {
        "report": report(facts, period),
        "options": options,
        "drawn_from": DRAWN_FROM,
        "chosen": chosen,
        "period": period,
    }
    return render(request, "reporting/reintegration.html", context)


@only(*READERS)
@require_POST
def make_way_back(request: Any) -> HttpResponse:
    """The same as a pack, for those inside."""
    period = _period_or_404(Facts(request.school, timezone.localdate()), request.POST.get("began", ""))
    if period is None:
        messages.info(request, "No place has begun yet; there is nothing to tell.")
        return redirect("reporting:reintegration")
    pack = actions.ask(request.school, PackKind.WAY_BACK, period.name, by=request.user, period=period)
    return redirect("reporting:pack", pack.uuid)


def _period_or_404(facts: Facts, asked: str) -> Period | None:
    """What is asked for; nothing while no place has begun."""
    period = period_of(facts, asked)
    if asked and period is None:
        raise Http404("No such school year.")
    return period
