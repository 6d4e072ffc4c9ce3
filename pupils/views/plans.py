"""A pupil's plan: how it stands, writing and changing it, and what is noted on each target."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import only
from pupils import plan_now
from pupils.access import EXPORTERS, PLANNERS, READERS, pupil_or_404
from pupils.actions import plans as actions
from pupils.actions.reviews import review_of
from pupils.forms.plans import (
    EndTargetForm,
    EvidenceForm,
    PlanForm,
    initial_of,
    target_forms,
    written_in,
)
from pupils.in_error import may_say_so
from pupils.models import Placement, Plan, Pupil, Reached, Target
from pupils.models.written import Written
from pupils.needs import Noted, in_lines, noted_of
from pupils.plans import first_day, usual_review
from pupils.record import record_of


@only(*READERS)
@require_GET
def plan(request: Any, uuid: UUID, plan: UUID | None = None) -> HttpResponse:
    """The open plan, or the last; an earlier cycle by its own address."""
    pupil = pupil_or_404(request, uuid)
    log_read(request, "plan", [pupil])
    cycles = cycles_of(pupil)
    shown = next((each for each in cycles if each.uuid == plan), None) if plan else next(iter(cycles), None)
    if plan and shown is None:
        raise Http404("No such plan of this pupil.")
    context: dict[str, Any] = {
        "pupil": pupil,
        "plan": shown,
        "cycles": cycles,
        "place": record_of(request, pupil, timezone.localdate()),
        "may_write": may_plan(request),
        "may_export": bool(request.roles & set(EXPORTERS)),
    }
    if shown is not None:
        context |= _of(request, shown)
    return render(request, "pupils/plan.html", context)


def _of(request: Any, plan: Plan) -> dict[str, Any]:
    targets = plan_now.targets_now(plan)
    return {
        "targets": targets,
        "strikable": strikable(request, [plan]),
        "review": review_of(plan),
        "steps": Reached,
        "evidence": EvidenceForm.fresh(timezone.localdate()),
        "due": plan.is_open and plan.review_on <= timezone.localdate(),
    }


@only(*PLANNERS)
def plan_new(request: Any, uuid: UUID) -> HttpResponse:
    """Write a plan; after a review whose targets have all done their work, from what it was."""
    pupil = pupil_or_404(request, uuid)
    record = record_of(request, pupil, timezone.localdate())
    if record.placement is None or record.has_ended(record.placement):
        messages.error(request, f"{pupil.known_as} has no place now. A plan follows with a place.")
        return redirect("pupils:plan", pupil.uuid)
    if record.plan is not None:
        return redirect("pupils:plan_change", pupil.uuid, record.plan.plan.uuid)
    before = next(iter(cycles_of(pupil, record.placement)), None)
    form = PlanForm(request.POST or None, initial=_first(record.placement, before))
    rows = target_forms(request.POST or None, [])
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        made = _make(request, record.placement, form, rows)
        if made:
            messages.success(request, f"{pupil.known_as}’s plan is kept.")
            return redirect("pupils:plan", pupil.uuid)
    return _page(request, pupil, form, rows)


def _first(placement: Placement, before: Plan | None) -> dict[str, Any]:
    """What a plan begins with: its usual days, and the words of the last one; the first, what is noted of needs."""
    today = timezone.localdate()
    day = first_day(placement, before, today)
    agreed = placement.first_review_on if before is None else None
    noted = noted_of(placement.pupil) if before is None else Noted()
    return {
        "day": day,
        "review_on": agreed if agreed and agreed > day else usual_review(placement.pupil.school, day),
        "strengths": before.strengths if before else in_lines(noted.strengths),
        "barriers": before.barriers if before else in_lines(noted.barriers),
    }


def _make(request: Any, placement: Placement, form: PlanForm, rows: Any) -> Plan | None:
    fields = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
    try:
        return actions.make_plan(placement, by=request.user, targets=written_in(rows, []), **fields)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


@only(*PLANNERS)
def plan_change(request: Any, uuid: UUID, plan: UUID) -> HttpResponse:
    """Change the open plan. Somebody else's save meanwhile is shown beside what was typed."""
    pupil = pupil_or_404(request, uuid)
    held = plan_or_404(request, pupil, plan)
    if not held.is_open:
        messages.error(request, "This plan is reviewed and kept as it was. Put right its review instead.")
        return redirect("pupils:plan_cycle", pupil.uuid, held.uuid)
    targets = list(Target.objects.filter(school=held.school_id, plan=held).going_on().in_order())
    seen = actions.version_of(held)
    form = PlanForm(request.POST or None, initial=initial_of(held, seen))
    rows = target_forms(request.POST or None, targets)
    if request.method != "POST":
        return _page(request, pupil, form, rows, plan=held)
    conflict = ""
    if form.is_valid() and rows.is_valid():
        try:
            fields = dict(form.cleaned_data)
            with transaction.atomic():
                actions.change_plan(held, by=request.user, targets=written_in(rows, targets), **fields)
        except Conflict as error:
            conflict = str(error)
            form.look_again(seen)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{pupil.known_as}’s plan is kept.")
            return redirect("pupils:plan", pupil.uuid)
    saved = {"plan": held, "targets": targets} if conflict else None
    return _page(request, pupil, form, rows, plan=held, conflict=conflict, saved=saved)


def _page(
    request: Any, pupil: Pupil, form: PlanForm, rows: Any, *, plan: Plan | None = None, conflict: str = "",
    saved: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    log_read(request, "plan-write", [pupil])
    status = 409 if conflict else 422 if request.method == "POST" else 200
    spare = [row for row in list(rows)[1:] if row.is_spare]
    context = {
        "pupil": pupil, "form": form, "rows": rows, "spare": spare, "plan": plan, "conflict": conflict,
        "shown": [row for row in rows if row not in spare], "saved": saved,
    }  # fmt: skip
    return render(request, "pupils/plan_write.html", context, status=status)


@only(*PLANNERS)
def target(request: Any, uuid: UUID, target: UUID) -> HttpResponse:
    """One target: what was noted on it, one more note, and ending it."""
    pupil = pupil_or_404(request, uuid)
    held = get_object_or_404(
        Target.objects.at(request.schools).select_related("plan__pupil", "ended_by"),
        uuid=target,
        plan__pupil=pupil,
    )
    does = request.POST.get("do", "")
    noting = EvidenceForm(request.POST if does == "note" else None, initial={"day": timezone.localdate()})
    ending = EndTargetForm(request.POST if does == "end" else None, prefix="end")
    if request.method == "POST" and (done := _done(request, held, noting, ending)):
        messages.success(request, done)
        return redirect("pupils:plan_cycle", pupil.uuid, held.plan.uuid)
    log_read(request, "plan-target", [pupil])
    now = next(each for each in plan_now.targets_now(held.plan) if each.target.pk == held.pk)
    context = {
        "pupil": pupil,
        "plan": held.plan,
        "now": now,
        "strikable": strikable(request, now.evidence),
        "noting": noting,
        "ending": ending,
        "steps": Reached,
    }
    return render(request, "pupils/target.html", context, status=422 if request.method == "POST" else 200)


def _done(request: Any, target: Target, noting: EvidenceForm, ending: EndTargetForm) -> str:
    """What was done, in words; nothing where it was refused, which the form then says."""
    form = noting if noting.is_bound else ending
    if not form.is_bound or not form.is_valid():
        return ""
    try:
        if form is noting:
            actions.note_evidence(target, by=request.user, **form.cleaned_data)
            return "Noted."
        actions.end_target(target, by=request.user, why=form.cleaned_data["why"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return ""
    return "The target has ended. It stays here with what was noted."


def cycles_of(pupil: Pupil, placement: Placement | None = None) -> list[Plan]:
    """The pupil's plans, the newest first: one query."""
    held = Plan.objects.standing().filter(school=pupil.school_id, pupil=pupil)
    if placement is not None:
        held = held.filter(placement=placement)
    plans = list(held.select_related("placement__key_adult", "by").order_by("-day", "-number", "-pk"))
    for each in plans:
        each.pupil = pupil
    return plans


def plan_or_404(request: Any, pupil: Pupil, uuid: UUID) -> Plan:
    held = get_object_or_404(
        Plan.objects.at(request.schools).select_related("placement__key_adult", "by"), uuid=uuid, pupil=pupil
    )
    held.pupil = pupil
    return held


def strikable(request: Any, records: Iterable[Written]) -> set[UUID]:
    """Those of the records that this reader may say were entered in error."""
    return {
        each.uuid for each in records if may_plan(request) and may_say_so(each, request.user, request.roles)
    }


def may_plan(request: Any) -> bool:
    return bool(request.roles & set(PLANNERS))
