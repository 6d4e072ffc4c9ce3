"""Meetings of the panel, their agenda and minutes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import choose_school, only
from iap.schools.calendar import Calendar
from iap.schools.models import Role
from referrals.access import DECIDERS, READERS
from referrals.actions import panels as actions
from referrals.forms.panels import MeetingForm, MinutesForm
from referrals.models import Decision, Meeting, Referral
from referrals.priority import days_since, first_day
from referrals.queue import Row, queue_of
from referrals.states import State

PAST = 20  # meetings shown of those that were held


@only(*READERS)
@require_GET
def panels(request: Any) -> HttpResponse:
    """Meetings to come, and those that were held."""
    held = Meeting.objects.at([request.school]).prefetch_related("agenda", "members")
    today = timezone.localdate()
    context = {
        "coming": list(held.filter(day__gte=today).order_by("day", "starts")),
        "past": list(held.filter(day__lt=today).order_by("-day", "-starts")[:PAST]),
        "may_plan": _may_plan(request),
    }
    return render(request, "referrals/panels.html", context)


@only(*DECIDERS)
def new(request: Any) -> HttpResponse:
    """Plan a meeting; who sat last time is there to begin with."""
    last = Meeting.objects.at([request.school]).order_by("-day", "-starts").first()
    form = MeetingForm(request.POST) if request.method == "POST" else MeetingForm(initial=_as_last_time(last))
    if form.is_bound and form.is_valid():
        try:
            meeting = actions.plan_meeting(request.school, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(request, "The panel is planned. Put referrals on its agenda below.")
            return redirect(meeting)
    return render(request, "referrals/panel_new.html", {"form": form}, status=422 if form.errors else 200)


@only(*READERS)
def panel(request: Any, uuid: UUID) -> HttpResponse:
    """One meeting: who sits, the agenda in order of priority, minutes. Deciders change day and members here."""
    meeting = meeting_or_404(request, uuid)
    form = MeetingForm.of(meeting)
    if request.method == "POST":
        if not _may_plan(request):
            raise PermissionDenied
        form = MeetingForm(request.POST)
        if form.is_valid():
            try:
                actions.change_meeting(meeting, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Kept.")
                return redirect(meeting)
    return _page(request, meeting, form=form)


@only(*DECIDERS)
@require_POST
def agenda(request: Any, uuid: UUID) -> HttpResponse:
    """Add referrals, or take one off. What was ticked stays ticked where one of them is refused."""
    meeting = meeting_or_404(request, uuid)
    found = Referral.objects.at([request.school]).sent()
    ticked = set(filter(None, map(_uuid, request.POST.getlist("add"))))
    try:
        if off := request.POST.get("off"):
            actions.take_off(meeting, get_object_or_404(found, uuid=_uuid(off)), by=request.user)
            messages.success(request, "Taken off the agenda; it is new again.")
        elif number := actions.put_on_agenda(meeting, found.filter(uuid__in=ticked), by=request.user):
            messages.success(request, f"{number} put on the agenda.")
        else:
            raise Refused("Tick the referrals that go on the agenda.")
    except Refused as refusal:
        return _page(request, meeting, ticked=ticked, refused=str(refusal), status=422)
    return redirect(meeting)


@only(*DECIDERS)
@require_POST
def minutes(request: Any, uuid: UUID) -> HttpResponse:
    meeting, form = meeting_or_404(request, uuid), MinutesForm(request.POST)
    if form.is_valid():
        try:
            actions.keep_minutes(meeting, by=request.user, text=form.cleaned_data["minutes"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The minutes are kept.")
            return redirect(meeting)
    return _page(request, meeting, minutes=form)


@only(*DECIDERS)
@require_POST
def close(request: Any, uuid: UUID) -> HttpResponse:
    """Close the panel with the minutes as they were typed."""
    meeting, form = meeting_or_404(request, uuid), MinutesForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["minutes"] if "minutes" in request.POST else None
        try:
            left = actions.close(meeting, by=request.user, text=text)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = f" {left} not decided {'is' if left == 1 else 'are'} new again." if left else ""
            messages.success(request, f"The minutes stand.{words}")
            return redirect(meeting)
    return _page(request, meeting, minutes=form)


def _page(request: Any, meeting: Meeting, *, status: int = 200, **more: Any) -> HttpResponse:
    rows = {row.referral.pk: row for row in queue_of(request.school).rows}
    listed = _listed(meeting, rows)
    may_change = _may_plan(request) and not meeting.closed_at
    free = _free(rows, listed) if may_change else []
    shown = [referral for referral, *_ in listed] + [row.referral for row in free]
    log_read(request, "panel", [referral.pupil for referral in shown])
    form = more.get("form") or MeetingForm.of(meeting)
    minutes = more.get("minutes") or MinutesForm(initial={"minutes": meeting.minutes})
    context = {
        "meeting": meeting,
        "listed": listed,
        "free": free,
        "ticked": more.get("ticked", ()),
        "refused": more.get("refused", ""),
        "may_plan": _may_plan(request),
        "minutes": minutes,
        "undecided": sum(open_here for *_, open_here in listed),
        "form": form,
    }
    if form.errors or minutes.errors:
        status = 422
    return render(request, "referrals/panel.html", context, status=status)


def _listed(meeting: Meeting, rows: dict[int, Row]) -> list[tuple[Referral, int, int | None, Any, bool]]:
    """The agenda in order: the referral, its days, its priority, what was decided, whether that is still to come."""
    items = [item.referral for item in meeting.agenda.select_related("referral__pupil")]
    here = set(meeting.agenda.to_decide().values_list("referral_id", flat=True))
    made = {each.referral_id: each for each in meeting.decisions.order_by("at", "pk")}
    decided = {key: decision for key, decision in made.items() if key not in here}
    days = _days_to_decide(meeting, items, decided)
    listed = [
        (each, days[each.pk], _points(each, rows, decided), decided.get(each.pk), each.pk in here)
        for each in items
    ]
    return sorted(listed, key=lambda each: (-(each[2] or 0), each[0].submitted_at, each[0].pk))


def _points(referral: Referral, rows: dict[int, Row], decided: dict[int, Decision]) -> int | None:
    """As it stood when it was decided, or as it stands."""
    if referral.pk in decided:
        return decided[referral.pk].priority
    return rows[referral.pk].priority.points if referral.pk in rows else None


def _free(rows: dict[int, Row], listed: list[Any]) -> list[Row]:
    """New referrals that may be put on the agenda."""
    here = {referral.pk for referral, *_, open_here in listed if open_here}
    return [
        row
        for key, row in rows.items()
        if row.referral.state == State.SUBMITTED and key not in here and not row.referral.is_punishment
    ]


def _days_to_decide(
    meeting: Meeting, referrals: list[Referral], decisions: dict[int, Decision]
) -> dict[int, int]:
    """School days from sending to the decision; without one, to when the panel was closed, or to today."""
    today = timezone.localdate()
    last = timezone.localdate(meeting.closed_at) if meeting.closed_at else today
    calendar = Calendar.of(meeting.school, first_day(referrals, today), today)
    ends = {key: timezone.localdate(decision.at) for key, decision in decisions.items()}
    return {
        referral.pk: days_since(calendar, referral.submitted_at, ends.get(referral.pk, last))
        for referral in referrals
    }


def _may_plan(request: Any) -> bool:
    return bool(request.roles & {Role.LEAD, Role.LEADER})


def meeting_or_404(request: Any, uuid: UUID) -> Meeting:
    meeting = get_object_or_404(Meeting.objects.at(request.schools), uuid=uuid)
    choose_school(request, [school for school in request.schools if school.pk == meeting.school_id])
    meeting.school = request.school
    return meeting


def _as_last_time(last: Meeting | None) -> dict[str, Any]:
    if last is None:
        return {}
    return {
        "starts": last.starts,
        "room": last.room,
        "members": "\n".join(str(each) for each in last.members.all()),
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
