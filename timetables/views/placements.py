"""A pupil's place: open it, change it, end it, agree reduced hours."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from iap.schools.models import Role
from pupils.access import pupil_or_404
from pupils.actions import placements as actions
from pupils.forms.exits import EndForm
from pupils.models import Placement
from timetables.forms.placements import (
    OpenForm,
    PlacementForm,
    ReducedHoursForm,
    values_of,
)
from timetables.journeys import placement_of

VIEWERS = (Role.LEAD, Role.SENCO)


@only(*VIEWERS)
def open_placement(request: Any, uuid: UUID) -> HttpResponse:
    """Give the pupil a place, or change the one they have. The SENCO sees it; the lead changes it."""
    pupil = pupil_or_404(request, uuid)
    placement = placement_of(pupil.school, pupil, timezone.localdate())
    if request.method != "POST" or Role.LEAD not in request.roles:
        return _page(request, pupil, placement, status=200 if request.method == "GET" else 403)
    kind = PlacementForm if placement else OpenForm
    form = kind(request.POST, school=pupil.school)
    if form.is_valid():
        try:
            if placement:
                actions.change_placement(placement, by=request.user, **form.cleaned_data)
            else:
                actions.open_placement(pupil, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, "Saved." if placement else f"{pupil.known_as} has a place. Now plan the week."
            )
            return redirect("timetables:open_placement" if placement else "timetables:new_step", pupil.uuid)
    return _page(request, pupil, placement, status=422, form=form)


@only(Role.LEAD)
@require_POST
def end_placement(request: Any, uuid: UUID) -> HttpResponse:
    pupil, placement = _open_or_404(request, uuid)
    form = EndForm(request.POST, prefix="end")
    if form.is_valid():
        try:
            actions.end_placement(placement, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"{pupil.known_as}’s place ends on {form.cleaned_data['ends_on']:%d/%m/%Y}."
            )
            return redirect("pupils:exit", pupil.uuid, placement.uuid)
    return _page(request, pupil, placement, status=422, end=form)


@only(Role.LEAD)
@require_POST
def reduced_hours(request: Any, uuid: UUID) -> HttpResponse:
    pupil, placement = _open_or_404(request, uuid)
    form = ReducedHoursForm(request.POST, prefix="reduced")
    if form.is_valid():
        try:
            actions.agree_reduced_hours(placement, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The agreement is kept. Reduced hours can now be chosen in the week.")
            return redirect("timetables:open_placement", pupil.uuid)
    return _page(request, pupil, placement, status=422, reduced=form)


def _ending(request: Any) -> dict[str, Any]:
    """What a suggestion to end the place brings along."""
    return {"destination": request.GET.get("destination", "")}


def page_of(pupil: Any) -> str:
    """The address of the pupil's page, or of their place where no page is offered."""
    try:
        return reverse("pupils:detail", args=[pupil.uuid])
    except NoReverseMatch:
        return reverse("timetables:open_placement", args=[pupil.uuid])


def _open_or_404(request: Any, uuid: UUID) -> tuple[Any, Placement]:
    pupil = pupil_or_404(request, uuid)
    placement = placement_of(pupil.school, pupil, timezone.localdate())
    if placement is None:
        raise Http404("This pupil has no open place.")
    return pupil, placement


def _page(
    request: Any, pupil: Any, placement: Placement | None, *, status: int, **forms: Any
) -> HttpResponse:
    log_read(request, "placement", [pupil])
    form = forms.get("form")
    if form is None and placement:
        form = PlacementForm(school=pupil.school, initial=values_of(placement))
    elif form is None:
        form = OpenForm(
            school=pupil.school,
            initial={"starts_on": timezone.localdate(), "model": pupil.school.provision.model},
        )
    context = {
        "pupil": pupil,
        "placement": placement,
        "back_url": page_of(pupil),
        "form": form,
        "end": forms.get("end") or EndForm(prefix="end", initial=_ending(request)),
        "reduced": forms.get("reduced") or ReducedHoursForm(prefix="reduced"),
        "agreements": placement.reduced_hours.order_by("starts_on") if placement else [],
        "may_change": Role.LEAD in request.roles,
    }
    return render(request, "timetables/placement.html", context, status=status)
