"""A pupil's interventions: what runs, what was given of it, and how it goes on or ends."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from iap.schools.models import Role
from pupils.access import READERS, pupil_or_404
from pupils.actions.interventions import end_intervention, extend, log_given, measure, start_intervention
from pupils.in_error import may_say_so
from pupils.models import Intervention, Programme, Pupil
from pupils.record import record_of
from timetables.actions.interventions import link_sessions, titles, unlink_sessions
from timetables.forms.interventions import EndForm, ExtendForm, MeasureForm, StartForm, first_values
from timetables.interventions import OFTEN, SCORES, Given, given, interventions_of, last_before, scores_for
from timetables.models import InterventionSession
from timetables.taps import entry_of, moment_of

PLANNERS = (Role.LEAD, Role.SENCO, Role.STAFF)


@only(*READERS)
@require_GET
def interventions(request: Any, uuid: UUID) -> HttpResponse:
    """What runs, with one tap for a session that stands in no register; what has ended; what could begin."""
    pupil = pupil_or_404(request, uuid)
    log_read(request, "interventions", [pupil])
    found = interventions_of(pupil)
    linked = InterventionSession.objects.filter(
        school=pupil.school_id, intervention__in=[each.intervention.pk for each in found], valid_to=None
    )
    today = timezone.localdate()
    place = record_of(request, pupil, today).placement
    may_plan = bool(request.roles & set(PLANNERS)) and place is not None
    context = {
        "pupil": pupil,
        "place": place,
        "running": [each for each in found if each.runs],
        "ended": [each for each in found if not each.runs],
        "linked": set(linked.values_list("intervention", flat=True)),
        "offered": _offered(pupil, found) if may_plan else [],
        "may_plan": may_plan,
        "may_keep_programmes": bool(request.roles & {Role.LEAD, Role.SENCO}),
        "fresh": uuid4,
        "today": today,
    }
    return render(request, "timetables/interventions.html", context)


def _offered(pupil: Pupil, found: list[Given]) -> list[Programme]:
    """What the pupil could begin: all that is offered and that they are not on."""
    on = [each.intervention.programme_id for each in found if each.runs]
    return list(Programme.objects.filter(school=pupil.school_id, valid_to=None).exclude(pk__in=on))


@only(*PLANNERS)
def start(request: Any, uuid: UUID, programme: UUID) -> HttpResponse:
    """The pupil begins a programme."""
    pupil = pupil_or_404(request, uuid)
    of = (
        Programme.objects.filter(school=pupil.school_id, uuid=programme)
        .select_related("measure__tool")
        .first()
    )
    if of is None:
        raise Http404("The school has no such programme.")
    today = timezone.localdate()
    form = StartForm(
        request.POST or None,
        pupil=pupil,
        programme=of,
        titles=titles(pupil.school, today),
        initial=first_values(of, today),
    )
    if form.is_valid() and _started(request, pupil, of, form):
        messages.success(request, f"{of}: planned for {pupil.known_as}.")
        return redirect("timetables:interventions", pupil.uuid)
    log_read(request, "interventions", [pupil])
    context = {"pupil": pupil, "programme": of, "form": form}
    return render(
        request, "timetables/intervention_start.html", context, status=422 if form.is_bound else 200
    )


def _started(request: Any, pupil: Pupil, programme: Programme, form: StartForm) -> bool:
    data = dict(form.cleaned_data)
    title = data.pop("title")
    new = Intervention(school_id=pupil.school_id, pupil=pupil, programme=programme)
    entry = last_before(scores_for(new), data["day"]) if programme.measure_id else None
    try:
        with transaction.atomic():
            begun = start_intervention(pupil, by=request.user, programme=programme, entry=entry, **data)
            if title:
                link_sessions(begun, by=request.user, title=title)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@only(*READERS)
@require_GET
def intervention(request: Any, uuid: UUID, intervention: UUID) -> HttpResponse:
    """One intervention: dose, sessions, scores before and after, and what was planned longer and why."""
    pupil = pupil_or_404(request, uuid)
    return _page(request, pupil, _intervention_or_404(pupil, intervention))


def _page(request: Any, pupil: Pupil, held: Intervention, *, status: int = 200, **forms: Any) -> HttpResponse:
    """`forms` are those that were refused, as they were typed."""
    log_read(request, "interventions", [pupil])
    (of,) = given(pupil.school_id, [held])
    may_plan = bool(request.roles & set(PLANNERS)) and held.stands
    first = {"planned": held.planned, "until": held.until, "day": timezone.localdate(), "ending": "completed"}
    scores = scores_for(held)
    links = InterventionSession.objects.filter(school=pupil.school_id, intervention=held)
    context = {
        "pupil": pupil,
        "of": of,
        "held": held,
        "links": list(links.select_related("session__period").order_by("session__title", "valid_from", "pk")),
        "extensions": list(held.extensions.select_related("by")),  # type: ignore[attr-defined]
        "may_plan": may_plan,
        "may_strike": may_plan and may_say_so(held, request.user, request.roles),
        "titles": titles(pupil.school, timezone.localdate()) if may_plan else [],
        "extend_form": ExtendForm(initial=first, prefix="extend"),
        "end_form": EndForm(initial=first, prefix="end"),
        "measure_form": MeasureForm(
            scores=scores, initial={"entry": held.entry_id, "exit": held.exit_id}, prefix="measure"
        ),
        "refused": next(iter(forms.values()), None),
        **forms,
    }
    return render(request, "timetables/intervention.html", context, status=status)


@only(*PLANNERS)
@require_POST
def change(request: Any, uuid: UUID, intervention: UUID) -> HttpResponse:
    """Plan it longer, end it, say which scores stand for before and after, or where it is given."""
    pupil = pupil_or_404(request, uuid)
    held = _intervention_or_404(pupil, intervention)
    what = request.POST.get("what", "")
    form: Any = None
    try:
        match what:
            case "extend":
                form = ExtendForm(request.POST, prefix="extend")
                _act(form, extend, held, request)
            case "end":
                form = EndForm(request.POST, prefix="end")
                _act(form, end_intervention, held, request, exit=held.exit)
            case "measure":
                form = MeasureForm(request.POST, scores=scores_for(held), prefix="measure")
                _act(form, measure, held, request)
            case "link":
                link_sessions(held, by=request.user, title=request.POST.get("title", ""))
            case "unlink":
                unlink_sessions(held, by=request.user)
            case _:
                raise Refused("Choose what to change.")
    except Refused as refusal:
        if form is None:
            messages.warning(request, str(refusal))
            return redirect("timetables:intervention", pupil.uuid, held.uuid)
        if not form.errors:
            form.add_error(None, str(refusal))
        return _page(request, pupil, held, status=422, **{f"{what}_form": form})
    messages.success(request, "Saved.")
    return redirect("timetables:intervention", pupil.uuid, held.uuid)


def _act(form: Any, action: Any, held: Intervention, request: Any, **more: Any) -> None:
    if not form.is_valid():
        raise Refused("Look at what is marked below.")
    action(held, by=request.user, **form.cleaned_data, **more)


@only(*PLANNERS)
@require_POST
def tap(request: Any, uuid: UUID, intervention: UUID) -> HttpResponse:
    """A session that stands in no register: the pupil took part today, or was not there."""
    pupil = pupil_or_404(request, uuid)
    held = _intervention_or_404(pupil, intervention)
    today = timezone.localdate()
    try:
        here = {"here": True, "away": False}.get(request.POST.get("tap", ""))
        if here is None:
            raise Refused("Tap “Took part” or “Not there”.")
        at = moment_of(request.POST, today, timezone.localtime().time())
        log_given(held, by=request.user, entry=entry_of(request.POST), day=today, at=at, here=here)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{held.programme}: {'took part' if here else 'not there'} today.")
    if request.POST.get("back") == "programme":
        return redirect("timetables:programme", held.programme.uuid)
    return redirect("timetables:interventions", pupil.uuid)


def _intervention_or_404(pupil: Pupil, uuid: UUID) -> Intervention:
    rows = Intervention.objects.filter(school=pupil.school_id, pupil=pupil, uuid=uuid)
    found = rows.select_related("pupil", *OFTEN, *SCORES).first()
    if found is None:
        raise Http404("No such intervention of this pupil.")
    return found
