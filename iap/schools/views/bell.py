"""The periods of the week."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from iap.errors import Refused
from iap.schools.access import only
from iap.schools.actions import bell as actions
from iap.schools.forms.bell import PeriodsFormSet
from iap.schools.models import Period, Weekday

from .settings import KEEPERS


@only(*KEEPERS)
def bell(request: Any) -> HttpResponse:
    """The five days, each with its periods."""
    periods = list(Period.objects.at([request.school]).in_order())
    days = [(day, [period for period in periods if period.weekday == day]) for day in Weekday]
    return render(request, "schools/bell.html", {"days": days, "any": bool(periods)})


@only(*KEEPERS)
def day(request: Any, weekday: int) -> HttpResponse:
    """The periods of one weekday."""
    if weekday not in Weekday:
        raise Http404("School days are 1, Monday, to 5, Friday.")
    standing = Period.objects.at([request.school]).filter(weekday=weekday).in_order()
    forms = PeriodsFormSet(
        request.POST or None, initial=list(standing.values("id", *actions.FIELDS)), prefix="row"
    )
    refused = ""
    if request.method == "POST" and forms.is_valid():
        try:
            actions.keep_periods(request.school, by=request.user, weekday=weekday, rows=forms.rows())
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"{Weekday(weekday).label} is saved.")
            return redirect("schools:bell")
    context = {
        "forms": forms,
        "title": f"Periods on {Weekday(weekday).label}",
        "says": "As the bell has them, registration, breaks and lunch included.",
        "row": "Period",
        "refused": refused,
        "back": "schools:bell",
        "back_words": "Periods of the day",
    }
    return render(request, "schools/rows.html", context, status=422 if forms.is_bound else 200)


@only(*KEEPERS)
@require_POST
def copy(request: Any) -> HttpResponse:
    """Give every other day Monday's periods."""
    try:
        actions.copy_monday(request.school, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Every day now has the periods of Monday.")
    return redirect("schools:bell")
