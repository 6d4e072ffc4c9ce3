"""A pupil's risk assessment: who is on the sessions concerned reads it, those who answer for it write it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.inbox.actions import tell
from iap.schools.access import only
from iap.schools.models import Role, User
from pupils.access import READERS, SENSITIVE, pupil_or_404
from pupils.actions.risks import latest, note_read, save_risks
from pupils.models import Hazard, Pupil, RiskAssessment
from timetables.forms.risks import HazardFormSet, RiskForm
from timetables.forms.sessions import take_as_seen
from timetables.risks import Circle, circle_of, readers_of, session_titles

WRITERS = (Role.LEAD, Role.SENCO, Role.DSL)


@only(*READERS)
def risks(request: Any, uuid: UUID) -> HttpResponse:
    """The version that holds: whole for those who answer for it, else the lines of one's own sessions."""
    pupil = pupil_or_404(request, uuid)
    held, today = latest(pupil), timezone.localdate()
    circle = circle_of(pupil.school, pupil, today)
    hazards = _lines(request, held, circle)
    log_read(request, "risks", [pupil])
    whole = bool(request.roles & set(SENSITIVE))
    read = readers_of(held) if held and (whole or hazards) else {}
    context = {
        "pupil": pupil,
        "held": held if whole or hazards else None,
        "whole": whole,
        "hazards": hazards,
        "read": read.get(request.user.pk),
        "adults": _adults(circle, hazards, read) if whole else [],
        "earlier": RiskAssessment.objects.at([pupil.school])
        .filter(pupil=pupil, version__lt=held.version)
        .select_related("by")
        .newest_first()
        if held and whole
        else [],
        "may_write": bool(request.roles & set(WRITERS)),
        "due": bool(held and held.review_on <= today),
    }
    return render(request, "timetables/risks.html", context)


def _lines(request: Any, held: RiskAssessment | None, circle: Circle) -> list[Hazard]:
    if held is None:
        return []
    hazards = list(Hazard.objects.at([held.school_id]).filter(assessment=held))
    return hazards if request.roles & set(SENSITIVE) else circle.lines_for(request.user, hazards)


def _adults(circle: Circle, hazards: list[Hazard], read: dict[int, Any]) -> list[tuple[Any, Any]]:
    return [(adult, read.get(adult.user_id or 0)) for adult in circle.who_must_read(hazards)]


@only(*SENSITIVE)
def earlier(request: Any, uuid: UUID, version: int) -> HttpResponse:
    """A version as it was saved."""
    pupil = pupil_or_404(request, uuid)
    found = (
        RiskAssessment.objects.at([pupil.school]).filter(pupil=pupil, version=version).select_related("by")
    )
    held = found.first()
    if held is None:
        raise Http404("There is no such version.")
    log_read(request, "risks", [pupil])
    hazards = Hazard.objects.at([pupil.school]).filter(assessment=held)
    return render(
        request, "timetables/risks_earlier.html", {"pupil": pupil, "held": held, "hazards": hazards}
    )


@only(*READERS)
@require_POST
def read(request: Any, uuid: UUID) -> HttpResponse:
    """Note that one has read the version that holds, or as much of it as concerns one."""
    pupil = pupil_or_404(request, uuid)
    held, today = latest(pupil), timezone.localdate()
    circle = circle_of(pupil.school, pupil, today)
    if held is None or not _lines(request, held, circle):
        raise Http404("Nothing here concerns your sessions.")
    note_read(held, by=request.user)
    messages.success(request, "Noted that you have read it.")
    return redirect("timetables:risks", pupil.uuid)


@only(*WRITERS)
def write(request: Any, uuid: UUID) -> HttpResponse:
    """The next version, begun from the one that holds."""
    pupil = pupil_or_404(request, uuid)
    today = timezone.localdate()
    held = latest(pupil)
    posted = request.POST if request.method == "POST" else None
    form = RiskForm(posted, initial={"seen": held.version if held else 0})
    titles = session_titles(pupil.school, pupil, today)
    lines = HazardFormSet(posted, held=held, titles=titles, prefix="lines")
    if posted is not None and form.is_valid() and lines.is_valid():
        try:
            version = save_risks(pupil, by=request.user, hazards=lines.lines(), **form.cleaned_data)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            take_as_seen(form, str(held.version if held else 0))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            _tell_the_adults(request, pupil, version)
            messages.success(request, "Saved. The adults of the sessions concerned are asked to read it.")
            return redirect("timetables:risks", pupil.uuid)
    log_read(request, "risks", [pupil])
    context = {"pupil": pupil, "form": form, "lines": lines, "held": held}
    return render(request, "timetables/risks_write.html", context, status=200 if posted is None else 422)


def _tell_the_adults(request: Any, pupil: Pupil, version: RiskAssessment) -> None:
    circle = circle_of(pupil.school, pupil, timezone.localdate())
    hazards = Hazard.objects.at([pupil.school]).filter(assessment=version)
    keys = {adult.user_id for adult in circle.who_must_read(hazards) if adult.user_id} - {request.user.pk}
    tell(
        pupil.school,
        User.objects.filter(pk__in=keys),
        kind="risks",
        text="A risk assessment for your sessions has changed. Read it before the next one.",
        link=reverse("timetables:risks", args=[pupil.uuid]),
        key=f"risks:{version.uuid}",
    )
