"""The settings of the school and its provision."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from iap.errors import Refused
from iap.schools import second_step
from iap.schools.access import only
from iap.schools.actions import settings as actions
from iap.schools.forms.settings import ProvisionForm, SchoolForm
from iap.schools.models import (
    AcademicYear,
    Closure,
    CycleWeek,
    Period,
    Provision,
    Role,
    School,
    Term,
)

KEEPERS = (Role.LEAD, Role.DATA)


@only(*KEEPERS)
def overview(request: Any) -> HttpResponse:
    """What is set, and what is still missing."""
    here = [request.school]
    counts = {
        "years": AcademicYear.objects.at(here).count(),
        "terms": Term.objects.at(here).count(),
        "closures": Closure.objects.at(here).count(),
        "weeks": CycleWeek.objects.at(here).count(),
        "periods": Period.objects.at(here).count(),
    }
    context = {
        "counts": counts,
        "leads": Role.LEAD in request.roles,
        "advise": second_step.is_advised(request.user, request.roles),
    }
    return render(request, "schools/settings.html", context)


@only(Role.LEAD)
def provision(request: Any) -> HttpResponse:
    """What the provision is called and how it works."""
    kept = Provision.objects.at([request.school]).first()
    form = ProvisionForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        actions.change_provision(request.school, by=request.user, **form.cleaned_data)
        messages.success(request, "Saved. Every page uses it from now on.")
        return redirect("schools:settings")
    return _page(
        request,
        form,
        "The provision",
        "What it is called, how many pupils a session has room for, and a week’s hours.",
    )


@only(*KEEPERS)
def school(request: Any) -> HttpResponse:
    """The school's name, phase and cycle."""
    kept = School.objects.get(pk=request.school.pk)
    form = SchoolForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_school(request.school, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("cycle_weeks", str(refusal))
        else:
            messages.success(request, "The school is saved.")
            return redirect("schools:settings")
    return _page(request, form, "The school", f"URN {request.school.urn}.")


def _page(request: Any, form: Any, title: str, says: str) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "title": title, "says": says}
    return render(request, "schools/settings_form.html", context, status=status)
