"""Planning the week of a pupil in a stable cohort, by half-days."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import only
from iap.schools.models import Role
from iap.ui.moments import day as said
from pupils.access import pupil_or_404
from pupils.models import Placement
from timetables.actions.slots import PlaceIn, SlotsRefused
from timetables.actions.steps import publish_step, version_of
from timetables.forms.half_days import HalfDaysForm
from timetables.forms.sessions import take_as_seen
from timetables.forms.steps import Offer
from timetables.half_days import HalfDaysRefused, Halves, half_days_of, is_stable, places_of, share_of
from timetables.journeys import Journey, journey_of, placement_of
from timetables.models import StepKind

from .placements import page_of
from .steps import first_day_of, typed_day


@only(Role.LEAD)
def half_days(request: Any, uuid: UUID) -> HttpResponse:
    """The half-days as they are, to be changed from a day on. What is published is an ordinary step."""
    pupil = pupil_or_404(request, uuid)
    today = timezone.localdate()
    placement = placement_of(pupil.school, pupil, today)
    log_read(request, "half-days", [pupil])
    if placement is None:
        return render(request, "timetables/step_without_place.html", {"pupil": pupil})
    if not is_stable(placement):
        return render(
            request, "timetables/half_days_elsewhere.html", {"pupil": pupil, "back_url": page_of(pupil)}
        )
    placement.school, placement.pupil = pupil.school, pupil
    way = journey_of(placement)
    last = way.steps[-1] if way.steps else None
    halves = half_days_of(last, pupil.school) if last else Halves()
    form = _form(request, placement, way, halves, today)
    if request.method == "POST" and form.is_valid() and _publish(request, placement, way, form, today):
        messages.success(request, f"Published from {said(form.cleaned_data['starts_on'])}.")
        return redirect(page_of(pupil))
    return _page(request, placement, way, halves, form)


def _form(request: Any, placement: Placement, way: Journey, halves: Halves, today: dt.date) -> HalfDaysForm:
    suggested = first_day_of(placement, way, today)
    last = way.steps[-1] if way.steps else None
    return HalfDaysForm(
        request.POST if request.method == "POST" else None,
        offer=Offer.of(placement, last, typed_day(request) or suggested),
        now=halves.over_weeks,
        initial={"starts_on": suggested, "seen": version_of(placement)},
    )


def _publish(request: Any, placement: Placement, way: Journey, form: HalfDaysForm, today: dt.date) -> bool:
    data = form.cleaned_data
    try:
        places = places_of(form.offer, form.chosen(), data["provider"])
        publish_step(
            placement,
            by=request.user,
            kind=_kind(way, places, placement.school.weeks, data["starts_on"], today),
            starts_on=data["starts_on"],
            why=data["why"],
            places=places,
            seen=data["seen"],
            together=data["together"],
        )
    except HalfDaysRefused as refusal:
        form.refuse(refusal)
    except SlotsRefused as refusal:
        form.beside_apart = refusal.together
        told = HalfDaysRefused.of(refusal, form.offer.periods)
        form.refuse(told) if told.halves else form.add_error(None, str(refusal))
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        take_as_seen(form, version_of(placement))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def _kind(way: Journey, places: list[PlaceIn], weeks: list[str], day: dt.date, today: dt.date) -> str:
    """What the step is called: by whether it has more of the week in mainstream than the step before it."""
    same = next((step for step in way.steps if step.starts_on == day), None)
    if same is not None and day <= today:
        return StepKind.CORRECTION
    before = next((step for step in reversed(way.steps) if step.starts_on < day), None)
    if before is None:
        return StepKind.START
    was, now = way.shares[before.pk], share_of(places, weeks)
    change = now.mainstream * was.lessons - was.mainstream * now.lessons
    return StepKind.FORWARD if change > 0 else StepKind.BACK if change < 0 else StepKind.HOLD


def _page(
    request: Any, placement: Placement, way: Journey, halves: Halves, form: HalfDaysForm
) -> HttpResponse:
    form.mark_errors()
    today = timezone.localdate()
    context = {
        "pupil": placement.pupil,
        "placement": placement,
        "form": form,
        "days": form.days(),
        "share": halves.share if way.steps else None,
        "step": way.now(today),
        "coming": way.coming(today),
        "two_weeks": len(placement.school.weeks) == 2,
        "back_url": page_of(placement.pupil),
    }
    return render(request, "timetables/half_days.html", context, status=422 if form.errors else 200)
