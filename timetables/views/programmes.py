"""What the school offers in the five strands, and who is on it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from iap.schools.models import Role
from pupils.access import READERS
from pupils.actions.programmes import end_programme, keep_programme
from pupils.models import Intervention, Programme, Strand
from timetables.forms.interventions import ProgrammeForm
from timetables.interventions import OFTEN, given
from timetables.models import InterventionSession

from .interventions import PLANNERS

KEEPERS = (Role.LEAD, Role.SENCO)
KEPT = ("name", "strand", "about", "in_group", "sessions", "minutes", "cost")


@only(*READERS)
@require_GET
def programmes(request: Any) -> HttpResponse:
    """Programmes by strand, and those that have ended."""
    rows = list(Programme.objects.at([request.school]).select_related("measure__tool"))
    offered = [each for each in rows if each.valid_to is None]
    context = {
        "strands": [
            (strand.value, [each for each in offered if each.strand == strand])
            for strand in Strand
            if any(each.strand == strand for each in offered)
        ],
        "ended": [each for each in rows if each.valid_to is not None],
        "may_keep": bool(request.roles & set(KEEPERS)),
        "may_see_works": bool(request.roles & {*KEEPERS, Role.LEADER}),
    }
    return render(request, "timetables/programmes.html", context)


@only(*READERS)
@require_GET
def programme(request: Any, uuid: UUID) -> HttpResponse:
    """Who is on it, what was given to each, and one tap for today's session."""
    of = get_object_or_404(
        Programme.objects.at(request.schools).select_related("school", "measure__tool"), uuid=uuid
    )
    rows = Intervention.objects.filter(school=of.school_id, programme=of, ended_on=None).standing()
    found = given(of.school_id, rows.select_related("pupil", *OFTEN).order_by("pupil__family_name", "pk"))
    log_read(request, "programme", [each.intervention.pupil for each in found])
    linked = InterventionSession.objects.filter(
        school=of.school_id, intervention__in=[each.intervention.pk for each in found], valid_to=None
    )
    context = {
        "programme": of,
        "found": found,
        "linked": set(linked.values_list("intervention", flat=True)),
        "may_plan": bool(request.roles & set(PLANNERS)),
        "may_keep": bool(request.roles & set(KEEPERS)),
        "fresh": uuid4,
    }
    return render(request, "timetables/programme.html", context)


@only(*KEEPERS)
def new_programme(request: Any) -> HttpResponse:
    return _form(request, request.school, None)


@only(*KEEPERS)
def edit_programme(request: Any, uuid: UUID) -> HttpResponse:
    of = get_object_or_404(
        Programme.objects.at(request.schools).select_related("school", "measure"), uuid=uuid
    )
    return _form(request, of.school, of)


def _form(request: Any, school: Any, of: Programme | None) -> HttpResponse:
    initial = {name: getattr(of, name) for name in KEPT} if of else {}
    if of and of.measure:
        initial["measure"] = of.measure.uuid
    form = ProgrammeForm(request.POST or None, school=school, initial=initial)
    if form.is_valid():
        try:
            kept = keep_programme(school, by=request.user, programme=of, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{kept} is saved.")
            return redirect("timetables:programmes")
    context = {"programme": of, "form": form}
    return render(request, "timetables/programme_form.html", context, status=422 if form.is_bound else 200)


@only(*KEEPERS)
@require_POST
def end(request: Any, uuid: UUID) -> HttpResponse:
    """Offer it to nobody else; who is on it may finish, if that is what is wanted."""
    of = get_object_or_404(Programme.objects.at(request.schools), uuid=uuid)
    try:
        end_programme(of, by=request.user, let_finish=bool(request.POST.get("let_finish")))
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("timetables:programme", of.uuid)
    messages.success(request, f"{of} is offered to nobody else.")
    return redirect("timetables:programmes")
