"""The page of a year's weeks."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from iap.errors import Refused
from iap.schools import weeks as year_weeks
from iap.schools.access import only
from iap.schools.actions import calendar as actions
from iap.schools.forms.weeks import WeeksForm
from iap.schools.models import AcademicYear

from .settings import KEEPERS


@only(*KEEPERS)
def weeks(request: Any) -> HttpResponse:
    """All weeks of a school year with their labels; `?propose=A` fills in a starting point, not yet saved."""
    years = list(AcademicYear.objects.at([request.school]))
    year = _asked_for(years, request.GET.get("year", ""))
    if year is None:
        return render(request, "schools/weeks.html", {"years": years, "form": None})
    proposal = _proposal(request, year)
    form = WeeksForm(
        request.POST or None,
        school=request.school,
        weeks=year_weeks.of_year(request.school, year),
        proposal=proposal,
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.label_weeks(request.school, by=request.user, labels=form.labels())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Saved. {changed} week{'' if changed == 1 else 's'} changed.")
            return redirect(f"{request.path}?year={year.pk}")
    context = {
        "years": years,
        "year": year,
        "form": form,
        "proposal": proposal,
        "firsts": [label for label in request.school.weeks if label],
        "this_monday": year_weeks.monday_of(timezone.localdate()),
    }
    return render(request, "schools/weeks.html", context, status=422 if form.is_bound else 200)


def _asked_for(years: list[AcademicYear], wanted: str) -> AcademicYear | None:
    chosen = next((year for year in years if str(year.pk) == wanted), None)
    return chosen or year_weeks.year_on(years, timezone.localdate())


def _proposal(request: Any, year: AcademicYear) -> dict[dt.date, str] | None:
    if "propose" not in request.GET or request.method == "POST":
        return None
    return year_weeks.proposed(request.school, year, request.GET["propose"])
