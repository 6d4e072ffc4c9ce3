"""The provision's sessions: the week, one session, its adults, and cover for a day."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import choose_school, only
from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Role, Weekday
from iap.ui.moments import day as said
from timetables.actions.cover import note_cover, take_back_cover
from timetables.actions.sessions import change_session, end_session, set_up_session
from timetables.actions.slots import places_by_default
from timetables.actions.staffing import TeachesThen, end_staffing, staff_session
from timetables.clashes import Clash, clash_from, with_lessons
from timetables.forms.sessions import CoverForm, EndForm, NewSessionForm, SessionForm, StaffForm
from timetables.grids import KEYS, day_shown
from timetables.measures.places import most_taken, pupils_placed, taken_on
from timetables.models import Cover, IapSession, SessionStaff

VIEWERS = (Role.LEAD, Role.SENCO)


@only(*VIEWERS)
def sessions(request: Any) -> HttpResponse:
    """The sessions of one week of the cycle, with their adults and the places taken."""
    school, today = request.school, timezone.localdate()
    label = _label(request, today)
    held = IapSession.objects.at([school]).standing_from(today).filter(week__in={"", label})
    listed = list(held.select_related("period").order_by("period__starts", "title", "pk"))
    ids = [session.pk for session in listed]
    taken, usual = most_taken(school, ids, today), places_by_default(school)
    adults: dict[int, list[tuple[SessionStaff, Clash | None]]] = {}
    for row, clash in _adults(school, ids, today):
        adults.setdefault(row.session_id, []).append((row, clash))
    days: list[tuple[Weekday, str, list[Any]]] = [(day, KEYS[day.value], []) for day in Weekday]
    for session in listed:
        limit, used = session.places or usual, taken.get(session.pk, 0)
        staff = adults.get(session.pk, [])
        qualified = any(row.adult.qualified for row, _ in staff)
        days[session.period.weekday - 1][2].append((session, staff, used, limit, qualified))
    context = {
        "days": days,
        "day": day_shown(request.GET.get("day", ""), today.isoweekday()),
        "any": bool(listed),
        "label": label,
        "weeks": [(f"Week {week}", f"?week={week}", week == label) for week in school.weeks if week],
        "may_change": Role.LEAD in request.roles,
    }
    return render(request, "timetables/sessions.html", context)


@only(Role.LEAD)
def new_session(request: Any) -> HttpResponse:
    school = request.school
    start = {
        "valid_from": timezone.localdate(),
        "week": request.GET.get("week", ""),
        "period": request.GET.get("period"),
    }
    form = NewSessionForm(request.POST or None, school=school, initial=start)
    if request.method == "POST" and form.is_valid():
        weeks = form.weeks()
        try:
            with transaction.atomic():
                made = [
                    set_up_session(school, by=request.user, week=week, **form.cleaned_data) for week in weeks
                ]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{made[0]} is set up. Now say who staffs it.")
            return redirect("timetables:session", made[0].uuid)
    status = 422 if form.errors else 200
    return render(request, "timetables/session_new.html", {"form": form}, status=status)


@only(*VIEWERS)
def session(request: Any, uuid: UUID) -> HttpResponse:
    """One session: what it is, who staffs it, who is placed in it, and cover."""
    held = _session_or_404(request, uuid)
    if request.method != "POST":
        return _page(request, held)
    if Role.LEAD not in request.roles:
        return _page(request, held, status=403)
    form = SessionForm(request.POST, school=held.school)
    if form.is_valid():
        try:
            change_session(held, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("places", str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("timetables:session", held.uuid)
    return _page(request, held, status=422, form=form)


@only(Role.LEAD)
@require_POST
def staff(request: Any, uuid: UUID) -> HttpResponse:
    held = _session_or_404(request, uuid)
    form = StaffForm(request.POST, session=held)
    return _do(request, held, "staff", form, lambda data: staff_session(held, by=request.user, **data))


@only(Role.LEAD)
@require_POST
def end_staff(request: Any, uuid: UUID) -> HttpResponse:
    """The adult named in the form leaves the session from today."""
    held = _session_or_404(request, uuid)
    today = timezone.localdate()
    rows = SessionStaff.objects.standing_from(today).filter(session=held).select_related("session", "adult")
    adult = request.POST.get("adult", "")
    row = next((row for row in rows if str(row.adult.uuid) == adult), None)
    if row is None:
        raise Http404("Nobody of that name staffs this session.")
    try:
        end_staffing(row, by=request.user, ends_on=today)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{row.adult} no longer staffs this session.")
    return redirect("timetables:session", held.uuid)


@only(Role.LEAD)
@require_POST
def cover(request: Any, uuid: UUID) -> HttpResponse:
    held = _session_or_404(request, uuid)
    form = CoverForm(request.POST, session=held, next_day=None)
    return _do(request, held, "cover", form, lambda data: _cover(request, held, data))


def _cover(request: Any, held: IapSession, data: dict[str, Any]) -> None:
    noted = note_cover(held, by=request.user, **data)
    if noted.warning:
        messages.warning(request, noted.warning)


@only(Role.LEAD)
@require_POST
def cover_back(request: Any, uuid: UUID) -> HttpResponse:
    """What was noted for a day was not so, or is no longer."""
    held = _session_or_404(request, uuid)
    asked = request.POST.get("cover", "")
    noted = next((row for row in _covers(held, timezone.localdate()) if str(row.pk) == asked), None)
    if noted is None:
        raise Http404("No such cover is noted for this session.")
    try:
        take_back_cover(noted, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Taken back for {said(noted.day)}.")
    return redirect("timetables:session", held.uuid)


@only(Role.LEAD)
@require_POST
def end(request: Any, uuid: UUID) -> HttpResponse:
    held = _session_or_404(request, uuid)
    form = EndForm(request.POST, prefix="end")
    return _do(request, held, "end", form, lambda data: end_session(held, by=request.user, **data))


def _do(request: Any, held: IapSession, name: str, form: Any, act: Any) -> HttpResponse:
    """Act on a form that is right; otherwise the page again with what was typed."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, TeachesThen):
                form.ask_whether_meant()
        else:
            messages.success(request, "Saved.")
            return redirect("timetables:session", held.uuid)
    return _page(request, held, status=422, **{name: form})


def _label(request: Any, today: dt.date) -> str:
    weeks = request.school.weeks
    asked = request.GET.get("week") or Calendar.of(request.school, today, today).week_label(today)
    return asked if asked in weeks else weeks[0]


def _session_or_404(request: Any, uuid: UUID) -> IapSession:
    held = get_object_or_404(IapSession.objects.at(request.schools).select_related("period"), uuid=uuid)
    choose_school(request, [school for school in request.schools if school.pk == held.school_id])
    held.school = request.school
    return held


def _page(request: Any, held: IapSession, *, status: int = 200, **forms: Any) -> HttpResponse:
    today = timezone.localdate()
    placed = pupils_placed(held, today)
    log_read(request, "session", [each.pupil for each in placed])
    fields = ("title", "strand", "room", "places")
    next_day = _next_day(held, today)
    form = forms.pop("form", None) or SessionForm(
        school=held.school, initial={name: getattr(held, name) for name in fields}
    )
    context = {
        "session": held,
        "form": form,
        "staff": forms.get("staff") or StaffForm(session=held),
        "cover": forms.get("cover") or CoverForm(session=held, next_day=next_day),
        "end": forms.get("end") or EndForm(prefix="end"),
        "adults": _adults(held.school, [held.pk], today),
        "covers": _covers(held, today),
        "placed": placed,
        "today": today,
        "taken": taken_on(held.school, [held.pk], today).get(held.pk, 0),
        "limit": held.places or places_by_default(held.school),
        "may_change": Role.LEAD in request.roles and (held.valid_to is None or held.valid_to > today),
    }
    return render(request, "timetables/session.html", context, status=status)


def _covers(held: IapSession, today: dt.date) -> Any:
    """Cover that is noted for this week and later."""
    rows = Cover.objects.at([held.school]).filter(session=held, day__gte=monday_of(today))
    return rows.select_related("session", "adult", "covered_by").order_by("day", "pk")


def _adults(school: Any, sessions: list[int], today: dt.date) -> list[tuple[SessionStaff, Clash | None]]:
    """Who staffs these sessions now or later, and whether they teach a lesson at that time."""
    rows = SessionStaff.objects.at([school]).standing_from(today).filter(session__in=sessions)
    return [(row, clash_from(row, today)) for row in with_lessons(rows, today).select_related("adult")]


def _next_day(held: IapSession, today: dt.date) -> dt.date | None:
    """The next day on which the session runs, within the coming five weeks."""
    calendar = Calendar.of(held.school, today, today + dt.timedelta(weeks=5))
    return next(
        (
            day
            for day in calendar.open_days()
            if day >= today
            and held.is_valid_on(day)
            and day.isoweekday() == held.period.weekday
            and held.week in {"", calendar.week_label(day)}
        ),
        None,
    )
