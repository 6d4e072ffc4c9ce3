"""What is planned for next year for a pupil in a stable cohort."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import only
from pupils.access import READERS, pupil_or_404
from pupils.models import Placement
from timetables.actions.next_year import keep_plan
from timetables.forms.next_year import NextYearForm
from timetables.forms.sessions import take_as_seen
from timetables.half_days import is_stable
from timetables.journeys import placement_of
from timetables.next_year import WRITERS, earlier_plans, plan_of, version_of, year_on

from .placements import page_of


@only(*READERS)
def next_year(request: Any, uuid: UUID) -> HttpResponse:
    """The plan, which the lead and the SENCO write; the others read it."""
    pupil = pupil_or_404(request, uuid)
    placement = placement_of(pupil.school, pupil, timezone.localdate(), ended=True)
    may_write = bool(set(request.roles) & set(WRITERS))
    if request.method != "POST" or not may_write:
        return _page(request, pupil, placement, may_write, status=200 if request.method == "GET" else 403)
    form = NextYearForm(request.POST, plan=None)
    if placement is not None and form.is_valid():
        try:
            keep_plan(placement, by=request.user, **form.cleaned_data)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            take_as_seen(form, version_of(plan_of(placement, year_on(pupil.school, timezone.localdate()))))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The plan for next year is kept.")
            return redirect(page_of(pupil))
    return _page(request, pupil, placement, may_write, status=422, form=form)


def _page(
    request: Any,
    pupil: Any,
    placement: Placement | None,
    may_write: bool,
    *,
    status: int,
    form: NextYearForm | None = None,
) -> HttpResponse:
    log_read(request, "next-year", [pupil])
    today = timezone.localdate()
    year = year_on(pupil.school, today)
    plan = plan_of(placement, year) if placement else None
    is_open = placement is not None and (placement.ends_on is None or placement.ends_on > today)
    may_write = may_write and is_open and is_stable(placement)
    context = {
        "pupil": pupil,
        "stable": is_stable(placement),
        "plan": plan,
        "year": year,
        "earlier": earlier_plans(placement, year) if placement else [],
        "form": (form or NextYearForm(plan=plan)) if may_write else None,
        "back_url": page_of(pupil),
    }
    return render(request, "timetables/next_year.html", context, status=status)
