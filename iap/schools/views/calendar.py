"""School years, terms and closures."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from iap.errors import Refused
from iap.schools.access import only
from iap.schools.actions import calendar as actions
from iap.schools.forms.calendar import ClosureFormSet, TermsFormSet, YearsFormSet
from iap.schools.models import AcademicYear, Closure, Term

from .settings import KEEPERS


@only(*KEEPERS)
def years(request: Any) -> HttpResponse:
    """The school years, first day to last day."""
    words = ("School years", "The first and last day of each year, holidays included.", "Year")
    return _rows(request, AcademicYear, YearsFormSet, actions.keep_years, words)


@only(*KEEPERS)
def terms(request: Any) -> HttpResponse:
    """The terms, or half terms."""
    words = ("Terms", "Terms or half terms, each with its first and last day. Leave holidays out.", "Term")
    return _rows(request, Term, TermsFormSet, actions.keep_terms, words)


@only(*KEEPERS)
def closures(request: Any) -> HttpResponse:
    """Single days on which the school is closed to pupils."""
    words = (
        "Closures",
        "Training days, bank holidays and other single days. Close whole weeks under “Weeks”.",
        "Day",
    )
    return _rows(request, Closure, ClosureFormSet, actions.keep_closures, words)


def _rows(request: Any, model: Any, formset: Any, keep: Any, words: tuple[str, str, str]) -> HttpResponse:
    """A page of rows that are saved together. A refused page comes back with all that was typed."""
    standing = [row for row in model.objects.at([request.school]).values() if row.pop("school_id")]
    forms = formset(request.POST or None, initial=standing, prefix="row")
    refused = ""
    if request.method == "POST" and forms.is_valid():
        try:
            keep(request.school, by=request.user, rows=forms.rows())
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, "Saved.")
            return redirect("schools:settings")
    title, says, row = words
    context = {"forms": forms, "title": title, "says": says, "row": row, "refused": refused}
    return render(request, "schools/rows.html", context, status=422 if forms.is_bound else 200)
