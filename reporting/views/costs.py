"""What the provision costs: what was entered, and entering more."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from iap.errors import Refused
from iap.schools.access import choose_school, only
from reporting.access import KEEPERS
from reporting.actions.costs import keep_costs, remove_costs
from reporting.forms.costs import CostsForm
from reporting.models import Costs


@only(*KEEPERS)
def costs(request: Any) -> HttpResponse:
    """What is entered so far, the newest first."""
    rows = list(Costs.objects.at([request.school]).newest_first())
    return render(request, "reporting/costs.html", {"rows": rows})


@only(*KEEPERS)
def new(request: Any) -> HttpResponse:
    """Costs of further days."""
    return _entered(request, None)


@only(*KEEPERS)
def change(request: Any, uuid: UUID) -> HttpResponse:
    """Costs that were entered, put right or taken back."""
    kept = get_object_or_404(Costs.objects.at(request.schools), uuid=uuid)
    choose_school(request, [school for school in request.schools if school.pk == kept.school_id])
    if request.method == "POST" and "remove" in request.POST:
        remove_costs(kept, by=request.user)
        messages.success(request, "Removed. Figures no longer count these costs.")
        return redirect("reporting:costs")
    return _entered(request, kept)


def _entered(request: Any, kept: Costs | None) -> HttpResponse:
    form = CostsForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        try:
            keep_costs(request.school, by=request.user, costs=kept, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("starts_on", str(refusal))
        else:
            messages.success(request, "Saved. Figures use these costs from now on.")
            return redirect("reporting:costs")
    context = {"form": form, "kept": kept}
    return render(request, "reporting/costs_form.html", context, status=422 if form.is_bound else 200)
