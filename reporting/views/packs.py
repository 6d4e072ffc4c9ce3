"""Packs: asked for, made by the worker, opened behind sign-in; and who gets one by itself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import choose_school, only
from iap.schools.models import Role
from iap.ui.fragments import render_page
from pupils.access import SENSITIVE, pupil_or_404
from reporting.access import KEEPERS, READERS
from reporting.actions import packs as actions
from reporting.forms.packs import GovernorsForm, ScheduleForm
from reporting.models import Pack, PackKind, PackState, Schedule, Snapshot
from reporting.packs import files
from reporting.packs.corrections import corrections
from reporting.packs.document import document_of
from reporting.packs.make import as_of_today
from reporting.periods import Periods

OPENERS = (Role.LEAD, Role.LEADER, Role.SENCO, Role.DSL, Role.TRUST)
SHOWN = 20


@only(*READERS)
@require_GET
def packs(request: Any) -> HttpResponse:
    """What can be made, what was made, and what was reported."""
    return _list(request)


def _list(request: Any, form: GovernorsForm | None = None) -> HttpResponse:
    periods = Periods(request.school, timezone.localdate())
    mine = Pack.objects.at([request.school]).open_to(request.user, request.roles).kept_still()
    context = {
        "form": form or GovernorsForm(periods=periods),
        "packs": [
            (each, PackState(_state(each)).label)
            for each in mine.select_related("asked_by", "pupil").newest_first()[:SHOWN]
        ],
        "snapshots": Snapshot.objects.at([request.school]).order_by("-last")[:SHOWN],
        "schedules": Schedule.objects.at([request.school])
        .filter(active=True)
        .prefetch_related("recipients__user"),
        "may_schedule": bool(request.roles & set(KEEPERS)),
    }
    return render(request, "reporting/packs.html", context, status=422 if form else 200)


@only(*READERS)
@require_POST
def make_governors(request: Any) -> HttpResponse:
    form = GovernorsForm(request.POST, periods=Periods(request.school, timezone.localdate()))
    if not form.is_valid():
        return _list(request, form)
    period = form.chosen
    pack = actions.ask(request.school, PackKind.GOVERNORS, period.words, by=request.user, period=period)
    return redirect("reporting:pack", pack.uuid)


@only(*READERS)
@require_POST
def make_provision(request: Any) -> HttpResponse:
    name = f"{timezone.localdate():%-d %B %Y}"
    pack = actions.ask(request.school, PackKind.PROVISION, name, by=request.user)
    return redirect("reporting:pack", pack.uuid)


@only(*SENSITIVE)
@require_POST
def make_case_file(request: Any, uuid: UUID) -> HttpResponse:
    pupil = pupil_or_404(request, uuid)
    pack = actions.ask(pupil.school, PackKind.CASE, "for who asked", by=request.user, pupil=pupil)
    return redirect("reporting:pack", pack.uuid)


@only(*OPENERS)
@require_GET
def pack(request: Any, uuid: UUID) -> HttpResponse:
    """Whether it is there yet, and its files."""
    held = _pack_or_404(request, uuid)
    context = {
        "pack": held,
        "endings": files.endings(held),
        "state": _state(held),
        "lists": bool(request.roles & set(READERS)),
    }
    return render_page(request, "reporting/pack.html", context, fragment="state")


def _pack_or_404(request: Any, uuid: UUID) -> Pack:
    """A pack that this person may open, with the request in its school."""
    rows = Pack.objects.at(request.schools).filter(uuid=uuid).select_related("school", "pupil", "snapshot")
    found = rows.first()
    if found is not None:
        choose_school(request, [found.school])
        if Pack.objects.at([found.school]).open_to(request.user, request.roles).filter(pk=found.pk).exists():
            return found
    raise Http404("No such pack for you.")


def _state(held: Pack) -> str:
    """making, ready, failed or gone."""
    if held.expires_at <= timezone.now():
        return "gone"
    if held.state == "making" and timezone.now() - held.asked_at > actions.PATIENCE:
        return "failed"
    return held.state


@only(*OPENERS)
@require_GET
def pack_file(request: Any, uuid: UUID, ending: str) -> Any:
    """One file of it, as a download that no cache keeps. A case file is kept as a read of the pupil's record."""
    held = _pack_or_404(request, uuid)
    path = files.find(held, ending)
    if path is None:
        raise Http404("This file is not made yet, or no longer kept. Make the pack again.")
    if held.pupil is not None:
        log_read(request, "case-file", [held.pupil])
    actions.opened(held, by=request.user, ending=ending)
    name = f"{slugify(f'{held.get_kind_display()} {held.name}')}.{ending}"
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type=files.FORMATS[ending]
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@only(*READERS)
@require_GET
def snapshot(request: Any, uuid: UUID) -> HttpResponse:
    """Figures as they were reported, and what would be told today."""
    held = get_object_or_404(Snapshot.objects.at([request.school]), uuid=uuid)
    today = timezone.localdate()
    period = Periods(request.school, today).find(held.period)
    document = document_of(held.document)
    changed = corrections(document, as_of_today(request.school, period, today)) if period else []
    context = {"snapshot": held, "document": document, "corrections": changed, "period": period}
    return render(request, "reporting/snapshot.html", context)


@only(*READERS)
@require_POST
def make_again(request: Any, uuid: UUID) -> HttpResponse:
    """The same pack once more, to the letter."""
    held = get_object_or_404(Snapshot.objects.at([request.school]), uuid=uuid)
    pack = actions.ask_again(held, by=request.user)
    return redirect("reporting:pack", pack.uuid)


@only(*KEEPERS)
def schedule(request: Any) -> HttpResponse:
    """Set up a pack that makes itself."""
    form = ScheduleForm(request.POST if request.method == "POST" else None, school=request.school)
    if request.method == "POST" and form.is_valid():
        try:
            actions.schedule(request.school, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Set. They are told in their messages when it is ready.")
            return redirect("reporting:packs")
    status = 422 if request.method == "POST" else 200
    return render(request, "reporting/schedule.html", {"form": form}, status=status)


@only(*KEEPERS)
@require_POST
def end_schedule(request: Any, uuid: UUID) -> HttpResponse:
    held = get_object_or_404(Schedule.objects.at([request.school]).filter(active=True), uuid=uuid)
    actions.end_schedule(held, by=request.user)
    messages.success(request, "It is no longer made automatically. What was made stays until it runs out.")
    return redirect("reporting:packs")
