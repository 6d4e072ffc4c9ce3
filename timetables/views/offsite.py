"""Off-site education: who is where on a day, whether they attended, and the checks of their providers."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import only
from iap.schools.calendar import Calendar
from iap.schools.models import Role
from pupils.access import READERS, pupil_or_404
from pupils.actions.entries import UNDO_WITHIN, undo
from pupils.models import Pupil
from timetables.actions import offsite as actions
from timetables.forms.offsite import ChecksForm
from timetables.journeys import placement_of
from timetables.models import OffsiteAttendance, OffsiteOutcome, OffsiteProvider
from timetables.offsite import away_on, checks_to_make, providers_of

WRITERS = (Role.STAFF, Role.LEAD)
AROUND = dt.timedelta(days=45)  # longer than any holiday
UNREADABLE = "This could not be read. Reload the page and tap again."


@only(*READERS)
@require_GET
def offsite(request: Any) -> HttpResponse:
    """Who is off site on a day; `?day=` leads to another."""
    return _page(request, _day_of(request.GET.get("day", "")))


@only(*WRITERS)
@require_POST
def mark(request: Any, day: dt.date, uuid: UUID) -> HttpResponse:
    """Keep one tap about one pupil and provider, or take it back."""
    pupil = pupil_or_404(request, uuid)
    try:
        if "undo" in request.POST:
            undo(_entry(pupil, day, request.POST["undo"]), by=request.user)
        else:
            _keep(request, pupil, day)
    except Refused as refusal:
        typed = {"pupil": pupil.pk, "problem": str(refusal), **_typed(request)}
        return _page(request, day, typed=typed, status=409 if isinstance(refusal, Conflict) else 422)
    return redirect(f"{reverse('timetables:offsite')}?day={day}#p-{pupil.pk}")


@only(*WRITERS)
def checks(request: Any, uuid: UUID) -> HttpResponse:
    """What was checked about the providers of a pupil's week."""
    pupil = pupil_or_404(request, uuid)
    placement = placement_of(pupil.school, pupil, timezone.localdate())
    if placement is None:
        raise Http404("This pupil has no open place.")
    providers = providers_of(placement, timezone.localdate())
    posted = request.POST if request.method == "POST" else None
    asked = request.GET.get("provider", "")
    form = ChecksForm(posted, providers=providers, initial={"name": asked})
    if posted is not None and form.is_valid():
        try:
            actions.record_checks(placement, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The checks are kept.")
            return redirect("timetables:offsite")
    log_read(request, "off-site", [pupil])
    held = OffsiteProvider.objects.at([pupil.school]).filter(placement=placement).order_by("name", "pk")
    context = {"pupil": pupil, "form": form, "providers": providers, "held": held}
    return render(request, "timetables/offsite_checks.html", context, status=422 if form.errors else 200)


def _keep(request: Any, pupil: Pupil, day: dt.date) -> None:
    """The moment is that of the tap's arrival; an earlier day's attendance may be told later."""
    typed = _typed(request)
    actions.log_offsite(
        pupil,
        by=request.user,
        entry=_uuid(request.POST.get("entry", "")) if request.POST.get("entry") else uuid4(),
        day=day,
        at=timezone.now(),
        provider=typed["provider"],
        outcome=request.POST.get("outcome", ""),
        told_by=typed["told_by"],
    )


def _typed(request: Any) -> dict[str, str]:
    """What the row held. No database text holds the character of code zero."""
    return {name: request.POST.get(name, "").replace("\x00", "") for name in ("provider", "told_by")}


def _entry(pupil: Pupil, day: dt.date, given: str) -> OffsiteAttendance:
    mine = OffsiteAttendance.objects.filter(school=pupil.school_id, pupil=pupil, day=day)
    found = mine.filter(entry=_uuid(given)).first()
    if found is None:
        raise Refused("There is nothing to undo: this was not kept.")
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(UNREADABLE) from None


def _day_of(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()


def _page(request: Any, day: dt.date, *, typed: Any = None, status: int = 200) -> HttpResponse:
    """The list of one day, and the checks that wait today."""
    today = timezone.localdate()
    first = min(max(day, dt.date(2000, 1, 1)), dt.date(2100, 1, 1))  # a typed year far off reads no calendar
    calendar = Calendar.of(request.school, first - AROUND, first + AROUND)
    listed = away_on(request.school, day, calendar=calendar)
    waiting = checks_to_make(request.school, today)
    log_read(request, "off-site", [each.pupil for each in listed] + [each.pupil for each in waiting])
    context = {
        "day": day,
        "today": today,
        "rows": [(each, _may_undo(request, each.told)) for each in listed],
        "waiting": waiting,
        "is_open": calendar.is_open(day),
        "before": calendar.last_open(first - dt.timedelta(days=1)),
        "after": calendar.first_open_after(first),
        "may_write": bool(request.roles & set(WRITERS)),
        "outcomes": OffsiteOutcome.choices,
        "typed": typed,
        "fresh": uuid4,
    }
    return render(request, "timetables/offsite.html", context, status=status)


def _may_undo(request: Any, told: OffsiteAttendance | None) -> bool:
    """Right in the list for ten minutes; later, with a reason, on the pupil's timeline."""
    if told is None or not request.roles & set(WRITERS):
        return False
    return bool(told.by_id == request.user.pk and timezone.now() - told.saved_at <= UNDO_WITHIN)
