"""Planning a pupil's hybrid week: look, preview, publish."""

import datetime as dt
from collections.abc import Callable
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
from timetables.actions.drafts import forget_draft, note_wishes, save_draft
from timetables.actions.slots import SlotsRefused
from timetables.actions.steps import publish_step, undo_step, version_of
from timetables.class_returns import classes_of
from timetables.forms.sessions import take_as_seen
from timetables.forms.steps import Offer, StepForm, slot_name
from timetables.journeys import Journey, placement_of
from timetables.planner import Beside, with_ticked

from .placements import page_of
from .step_page import Desk, draft_of, page

AHEAD = dt.timedelta(weeks=8)
Again = Callable[[QueryDict, Offer], QueryDict]


@only(Role.LEAD)
def new_step(request: Any, uuid: UUID) -> HttpResponse:
    """The week as it is, to be changed from a day on. Nothing is kept before it is published."""
    pupil = pupil_or_404(request, uuid)
    placement = placement_of(pupil.school, pupil, timezone.localdate())
    log_read(request, "step", [pupil])
    if placement is None:
        return render(request, "timetables/step_without_place.html", {"pupil": pupil})
    placement.school, placement.pupil = pupil.school, pupil
    desk = Desk.of(request, placement, AHEAD)
    do = request.POST.get("do")
    if do in ASIDE:
        return ASIDE[do](desk)
    if do == "wishes":
        _note_wishes(desk)
    if request.method != "POST" or do in AS_TYPED:
        return page(desk, _form(desk, again=AS_TYPED.get(do)))
    form = _form(desk)
    if form.is_valid() and do == "publish" and _publish(desk, form):
        messages.success(request, f"Published from {said(form.cleaned_data['starts_on'])}.")
        return redirect(page_of(pupil))
    return page(desk, form, preview=not form.errors)


def _form(desk: Desk, *, again: Again | None = None) -> StepForm:
    """The form as it was posted; with `again`, as it was typed, not yet to be held against the rules."""
    request, way = desk.request, desk.way
    first_day = first_day_of(desk.placement, way, desk.today, desk.calendar)
    before = way.steps[-1] if way.steps else None
    offer = Offer.of(desk.placement, before, typed_day(request) or first_day, way=way)
    beside = Beside.of(offer, desk.today, desk.calendar)
    first = not way.steps or (len(way.steps) == 1 and way.steps[0].starts_on > desk.today)
    initial: dict[str, Any] = {"starts_on": first_day, "seen": way.version, "told": ["pupil", "teachers"]}
    posted = with_ticked(request.POST, beside.candidates, offer)
    if again:
        initial |= _typed(again(posted, offer))
    elif request.method != "POST" and (draft := _draft(desk)):
        initial |= _typed(draft) | {"seen": way.version}
    elif request.method != "POST":
        ticked = with_ticked(_asked_for(request), beside.candidates, offer)
        initial |= {name: ticked[name] for name in ticked if name.startswith("slot-")}
    bound = posted if request.method == "POST" and not again else None
    form = StepForm(bound, placement=desk.placement, offer=offer, first=first, initial=initial)
    form.beside = beside
    form.ticked = set(request.POST.getlist("add") or request.GET.getlist("add"))
    return form


def _asked_for(request: Any) -> QueryDict:
    """The lessons that a link to this page ticks."""
    data = QueryDict(mutable=True)
    data.setlist("add", request.GET.getlist("add"))
    return data


def _typed(data: QueryDict) -> dict[str, Any]:
    return {**data.dict(), "told": data.getlist("told")}


def _draft(desk: Desk) -> QueryDict | None:
    """What was kept of a step that is not decided yet, where the reader takes it up (`?draft=1`)."""
    draft = draft_of(desk.placement) if "draft" in desk.request.GET else None
    if draft is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        data.setlist(name, values)
    return data


def _save_draft(desk: Desk) -> HttpResponse:
    posted = desk.request.POST
    fields = {name: posted.getlist(name) for name in posted if name not in NOT_KEPT}
    save_draft(desk.placement, by=desk.request.user, fields=fields)
    messages.success(desk.request, "Kept as a draft. It changes nobody’s week.")
    return redirect(page_of(desk.placement.pupil))


def _forget_draft(desk: Desk) -> HttpResponse:
    forget_draft(desk.placement)
    return redirect("timetables:new_step", desk.placement.pupil.uuid)


def _undo(desk: Desk) -> HttpResponse:
    step = desk.way.coming(desk.today)
    try:
        if step is None:
            raise Refused("No step is planned that could be taken back.")
        undo_step(desk.way.steps[-1], by=desk.request.user)
    except Refused as refusal:
        messages.error(desk.request, str(refusal))
    else:
        messages.success(desk.request, f"The step from {said(step.starts_on)} is taken back.")
    return redirect("timetables:new_step", desk.placement.pupil.uuid)


def _note_wishes(desk: Desk) -> None:
    wished = set(desk.request.POST.getlist("wish"))
    asked = [each for each in classes_of(desk.placement.pupil, desk.today) if each.name in wished]
    note_wishes(desk.placement, by=desk.request.user, classes=asked)


NOT_KEPT = {"csrfmiddlewaretoken", "do", "applied", "add", "seen", "wish", "shown"}
# What may be done without a step being decided.
ASIDE: dict[Any, Callable[[Desk], HttpResponse]] = {
    "draft": _save_draft,
    "forget": _forget_draft,
    "undo": _undo,
}


def typed_day(request: Any) -> dt.date | None:
    """The first day as it was typed, where it is a date."""
    try:
        return parse_date(request.POST.get("starts_on", ""))
    except ValueError:
        return None


def first_day_of(
    placement: Placement, way: Journey, today: dt.date, calendar: Calendar | None = None
) -> dt.date:
    """The first day of the place for a start; the day of a step that is planned; or next week's first day."""
    if not way.steps:
        return placement.starts_on
    planned = way.coming(today)
    if planned is not None:
        return way.steps[-1].starts_on
    monday = monday_of(today) + dt.timedelta(weeks=1)
    calendar = calendar or Calendar.of(placement.school, monday, monday + AHEAD)
    return next((day for day in calendar.open_days() if day >= monday), monday)


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


def _as_typed(data: QueryDict, offer: Offer) -> QueryDict:
    return data


# What draws the page again with all that was typed: a look at it, what the pupil asks for, week A put into week B.
AS_TYPED: dict[Any, Again] = {"look": _as_typed, "wishes": _as_typed, "copy": _copied}


def _publish(desk: Desk, form: StepForm) -> bool:
    data = form.cleaned_data
    try:
        publish_step(
            desk.placement,
            by=desk.request.user,
            kind=data["kind"],
            starts_on=data["starts_on"],
            why=data["why"],
            places=form.places(),
            over_places=data["over_places"],
            together=data["together"],
            seen=data["seen"],
            pupil_view=data["pupil_view"],
            told=data["told"],
        )
    except SlotsRefused as refusal:
        form.refuse_slots(refusal)
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        take_as_seen(form, version_of(desk.placement))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors
