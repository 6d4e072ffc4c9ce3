"""Planning a pupil's hybrid week: look, preview, publish."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import only
from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Role
from iap.ui.moments import day as said
from pupils.access import pupil_or_404
from pupils.models import Placement
from timetables.actions.steps import (
    SlotsRefused,
    forget_draft,
    publish_step,
    save_draft,
    undo_step,
    version_of,
)
from timetables.forms.sessions import take_as_seen
from timetables.forms.steps import Offer, StepForm, slot_name
from timetables.journeys import Journey, journey_of, placement_of
from timetables.models import HybridStep, StepDraft
from timetables.planner import Beside, with_ticked

from .placements import page_of


@only(Role.LEAD)
def new_step(request: Any, uuid: UUID) -> HttpResponse:
    """The week as it is, to be changed from a day on. Nothing is kept before it is published."""
    pupil = pupil_or_404(request, uuid)
    today = timezone.localdate()
    placement = placement_of(pupil.school, pupil, today)
    log_read(request, "step", [pupil])
    if placement is None:
        return render(request, "timetables/step_without_place.html", {"pupil": pupil})
    placement.school, placement.pupil = pupil.school, pupil
    way = journey_of(placement)
    do = request.POST.get("do")
    if do in ASIDE:
        return ASIDE[do](request, placement, way)
    form = _form(request, placement, way, today)
    if request.method != "POST":
        return _page(request, placement, way, form)
    if do == "copy":
        return _page(request, placement, way, _form(request, placement, way, today, copied=True))
    if form.is_valid() and request.POST.get("do") == "publish" and _publish(request, placement, form):
        messages.success(request, f"Published from {said(form.cleaned_data['starts_on'])}.")
        return redirect(page_of(pupil))
    return _page(request, placement, way, form, preview=not form.errors)


def _form(
    request: Any, placement: Placement, way: Journey, today: dt.date, *, copied: bool = False
) -> StepForm:
    first_day = first_day_of(placement, way, today)
    day = typed_day(request) or first_day
    before = way.steps[-1] if way.steps else None
    offer = Offer.of(placement, before, day)
    beside = Beside.of(placement, way, offer, today)
    first = not way.steps or (len(way.steps) == 1 and way.steps[0].starts_on > today)
    initial: dict[str, Any] = {
        "starts_on": first_day,
        "seen": version_of(placement),
        "told": ["pupil", "teachers"],
    }
    posted = with_ticked(request.POST, beside.candidates, offer)
    if copied:
        initial |= _typed(_copied(posted, offer))
    elif request.method != "POST" and (draft := _draft(request, placement)):
        initial |= _typed(draft) | {"seen": version_of(placement)}
    bound = posted if request.method == "POST" and not copied else None
    form = StepForm(bound, placement=placement, offer=offer, first=first, initial=initial)
    form.beside = beside
    form.ticked = set(request.POST.getlist("add"))
    return form


def _typed(data: QueryDict) -> dict[str, Any]:
    return {**data.dict(), "told": data.getlist("told")}


def _draft(request: Any, placement: Placement) -> QueryDict | None:
    """What was kept of a step that is not decided yet, where the reader takes it up (`?draft=1`)."""
    draft = _draft_of(placement) if "draft" in request.GET else None
    if draft is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        data.setlist(name, values)
    return data


def _draft_of(placement: Placement) -> StepDraft | None:
    return (
        StepDraft.objects.filter(school=placement.school_id, placement=placement)
        .select_related("saved_by")
        .first()
    )


def _save_draft(request: Any, placement: Placement, way: Journey) -> HttpResponse:
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_KEPT}
    save_draft(placement, by=request.user, fields=fields)
    messages.success(request, "Kept as a draft. It changes nobody’s week.")
    return redirect(page_of(placement.pupil))


def _forget_draft(request: Any, placement: Placement, way: Journey) -> HttpResponse:
    forget_draft(placement)
    return redirect("timetables:new_step", placement.pupil.uuid)


def _undo(request: Any, placement: Placement, way: Journey) -> HttpResponse:
    step = way.coming(timezone.localdate())
    try:
        if step is None:
            raise Refused("No step is planned that could be taken back.")
        undo_step(way.steps[-1], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"The step from {said(step.starts_on)} is taken back.")
    return redirect("timetables:new_step", placement.pupil.uuid)


NOT_KEPT = {"csrfmiddlewaretoken", "do", "applied", "add", "seen"}
# What may be done without a step being decided.
ASIDE = {"draft": _save_draft, "forget": _forget_draft, "undo": _undo}


def typed_day(request: Any) -> dt.date | None:
    """The first day as it was typed, where it is a date."""
    try:
        return parse_date(request.POST.get("starts_on", ""))
    except ValueError:
        return None


def first_day_of(placement: Placement, way: Journey, today: dt.date) -> dt.date:
    """The first day of the place for a start; the day of a step that is planned; or next week's first day."""
    if not way.steps:
        return placement.starts_on
    planned = way.coming(today)
    if planned is not None:
        return way.steps[-1].starts_on
    monday = monday_of(today) + dt.timedelta(weeks=1)
    calendar = Calendar.of(placement.school, monday, monday + dt.timedelta(weeks=6))
    return next(iter(calendar.open_days()), monday)


def _copied(data: QueryDict, offer: Offer) -> QueryDict:
    """What was typed, with week A's places put into week B; a session by its name where B has it."""
    data = data.copy()
    titles = {str(s.uuid): s.title for sessions in offer.sessions.values() for s in sessions}
    for period in offer.periods:
        value = data.get(slot_name(("A", period.pk)))
        if value and value.startswith("session:"):
            title = titles.get(value.partition(":")[2])
            same = [s for s in offer.sessions.get(("B", period.pk), []) if s.title == title]
            value = f"session:{same[0].uuid}" if same else None
        if value:
            data[slot_name(("B", period.pk))] = value
    return data


def _publish(request: Any, placement: Placement, form: StepForm) -> bool:
    data = form.cleaned_data
    try:
        publish_step(
            placement,
            by=request.user,
            kind=data["kind"],
            starts_on=data["starts_on"],
            why=data["why"],
            places=form.places(),
            over_places=data["over_places"],
            seen=data["seen"],
            pupil_view=data["pupil_view"],
            told=data["told"],
        )
    except SlotsRefused as refusal:
        form.refuse_slots(refusal.slots)
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        take_as_seen(form, version_of(placement))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def _page(
    request: Any, placement: Placement, way: Journey, form: StepForm, *, preview: bool = False
) -> HttpResponse:
    day = form.cleaned_data["starts_on"] if preview else dt.date.max
    before = next((step for step in reversed(way.steps) if step.starts_on < day), None)
    step, coming = way.now(timezone.localdate()), way.coming(timezone.localdate())
    form.mark_errors()
    context = {
        "pupil": placement.pupil,
        "placement": placement,
        "form": form,
        "weeks": form.weeks(),
        "preview": preview,
        "before": way.percent(before),
        "after": form.share().percent if preview else None,
        "changed": _changed(form, before) if preview else [],
        "now": way.percent(step),
        "full": any("places, and" in str(error) for error in form.errors.values()),
        "back_url": page_of(placement.pupil),
        "two_weeks": len(placement.school.weeks) == 2,
        "step": step,
        "coming": coming,
        "advice": form.beside.advice,
        "ticked": form.ticked,
        "draft": None if "draft" in request.GET else _draft_of(placement),
    }
    return render(request, "timetables/step.html", context, status=422 if form.errors else 200)


def _changed(form: StepForm, before: HybridStep | None) -> list[tuple[str, str, str]]:
    """The slots that differ from the step before: where, what it was, what it becomes."""
    held = form.offer.after(before)
    rows = []
    for key, _ in form.slots():
        field: Any = form[slot_name(key)]
        was, now = held.initial(key), form.cleaned_data[slot_name(key)]
        if was != now:
            words = _words(field.field.choices)
            rows.append((str(field.label), words.get(was, "not in this week"), words.get(now, now)))
    return rows


def _words(choices: Any) -> dict[str, str]:
    flat: dict[str, str] = {}
    for value, label in choices:
        flat |= {str(value): str(label)} if isinstance(label, str) else {str(v): str(w) for v, w in label}
    return flat
