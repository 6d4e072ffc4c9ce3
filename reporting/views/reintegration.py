"""The reintegration report of a school."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from iap.schools.access import only
from reporting.access import READERS
from reporting.facts import Facts
from reporting.periods import Kind
from reporting.reintegration.report import report
from reporting.survival import DRAWN_FROM


@only(*READERS)
@require_GET
def reintegration(request: Any) -> HttpResponse:
    """Of all places, or of those that began in one school year. Nobody's name is on it."""
    facts = Facts(request.school, timezone.localdate())
    asked = request.GET.get("began", "")
    years = facts.periods.past(Kind.YEAR)
    chosen = next((year for year in years if year.key == asked), None)
    if asked and chosen is None:
        raise Http404("No such school year.")
    span = next((year for year in facts.periods.years if chosen and year.first == chosen.first), None)
    options = [
        ("All places", "?", not asked),
        *((year.name, f"?began={year.key}", year == chosen) for year in years[:4]),
    ]
    context = {"report": report(facts, span), "options": options, "drawn_from": DRAWN_FROM, "chosen": chosen}
    return render(request, "reporting/reintegration.html", context)
