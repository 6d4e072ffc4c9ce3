"""Meetings of the panel, their agenda and minutes, and a decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import choose_school, only
from iap.schools.calendar import Calendar
from iap.schools.models import Role
from referrals.access import DECIDERS, READERS, sent_or_404
from referrals.actions import panels as actions
from referrals.forms.panels import DecisionForm, MeetingForm
from referrals.models import Decision, Meeting, Referral
from referrals.priority import days_since, first_day, priority_of
from referrals.queue import queue_of
from referrals.states import State

from .queue import show

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
    if request.method == "POST" and _may_plan(request):
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
    """Add referrals, or take one off."""
    meeting = meeting_or_404(request, uuid)
    found = Referral.objects.at([request.school]).sent()
    try:
        if off := request.POST.get("off"):
            actions.take_off(meeting, get_object_or_404(found, uuid=_uuid(off)), by=request.user)
            messages.success(request, "Taken off the agenda; it is new again.")
        else:
            chosen = found.filter(uuid__in=filter(None, map(_uuid, request.POST.getlist("add"))))
            if number := actions.put_on_agenda(meeting, chosen, by=request.user):
                messages.success(request, f"{number} put on the agenda.")
            else:
                messages.error(request, "Tick the referrals that go on the agenda.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(meeting)


@only(*DECIDERS)
@require_POST
def minutes(request: Any, uuid: UUID) -> HttpResponse:
    meeting = meeting_or_404(request, uuid)
    text = request.POST.get("minutes", "")[:5000]
    try:
        actions.keep_minutes(meeting, by=request.user, text=text)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, meeting, typed=text, status=422)
    messages.success(request, "The minutes are kept.")
    return redirect(meeting)


@only(*DECIDERS)
@require_POST
def close(request: Any, uuid: UUID) -> HttpResponse:
    meeting = meeting_or_404(request, uuid)
    try:
        left = actions.close(meeting, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        words = f" {left} not decided {'is' if left == 1 else 'are'} new again." if left else ""
        messages.success(request, f"The minutes stand.{words}")
    return redirect(meeting)


@only(*DECIDERS)
@require_POST
def decide(request: Any, uuid: UUID) -> HttpResponse:
    """Keep the panel's decision; refused, the page comes back with all that was typed."""
    referral = sent_or_404(request, uuid)
    form = DecisionForm(request.POST, referral=referral)
    if form.is_valid():
        priority = priority_of(referral, timezone.localdate())
        item = referral.agenda_items.select_related("meeting").order_by("-pk").first()
        try:
            actions.decide(
                referral,
                by=request.user,
                meeting=item.meeting if item and referral.state == State.AT_PANEL else None,
                outcome=form.cleaned_data["outcome"],
                rationale=form.cleaned_data["rationale"],
                priority=priority.points,
                parts=priority.as_json(),
                **form.details(),
            )
        except Refused as refusal:
            referral.refresh_from_db()
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The decision is kept with its reasons.")
            return redirect(referral)
    return show(request, referral, status=422, decision=form)


@only(*DECIDERS)
@require_POST
def family_told(request: Any, uuid: UUID) -> HttpResponse:
    referral = sent_or_404(request, uuid)
    actions.family_told(referral, by=request.user, day=timezone.localdate())
    messages.success(request, "Kept: the family has been told.")
    return redirect(referral)


def _page(request: Any, meeting: Meeting, *, status: int = 200, **more: Any) -> HttpResponse:
    queue = queue_of(request.school)
    items = list(meeting.agenda.select_related("referral__pupil"))
    on_agenda = {item.referral_id for item in items}
    decisions = {each.referral_id: each for each in meeting.decisions.all()}
    rows = {row.referral.pk: row for row in queue.rows}
    days = _days_to_decide(request.school, [item.referral for item in items], decisions)
    listed = sorted(
        (
            (
                item.referral,
                days[item.referral_id],
                rows.get(item.referral_id),
                decisions.get(item.referral_id),
            )
            for item in items
        ),
        key=lambda each: -(each[3].priority if each[3] else each[2].priority.points if each[2] else 0),
    )
    free = [
        row
        for row in queue.rows
        if row.referral.state == State.SUBMITTED
        and row.referral.pk not in on_agenda
        and not row.referral.is_punishment
    ]
    log_read(request, "panel", [item.referral.pupil for item in items] + [row.referral.pupil for row in free])
    form = more.get("form") or MeetingForm.of(meeting)
    context = {
        "meeting": meeting,
        "listed": listed,
        "free": free if not meeting.closed_at else [],
        "may_plan": _may_plan(request),
        "minutes": more.get("typed", meeting.minutes),
        "undecided": sum(decision is None for *_, decision in listed),
        "form": form,
    }
    return render(request, "referrals/panel.html", context, status=422 if form.errors else status)


def _days_to_decide(school: Any, referrals: list[Referral], decisions: dict[int, Decision]) -> dict[int, int]:
    """School days from sending to the decision, or to today while there is none."""
    today = timezone.localdate()
    calendar = Calendar.of(school, first_day(referrals, today), today)
    ends = {key: timezone.localdate(decision.at) for key, decision in decisions.items()}
    return {
        referral.pk: days_since(calendar, referral.submitted_at, ends.get(referral.pk, today))
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
