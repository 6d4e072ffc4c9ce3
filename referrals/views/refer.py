"""Referring a pupil: find them, write section by section, send; and what a referrer reads afterwards."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import choose_school, only
from iap.schools.calendar import Calendar
from pupils.finding import is_enough
from pupils.models import Pupil
from referrals.access import REFERRERS
from referrals.actions import drafts
from referrals.evidence import BACK, evidence_of
from referrals.models import Referral, TeacherView
from referrals.states import State
from referrals.teaching import found_to_refer, pupils_to_refer, teachers_of_pupil

from .sections import SECTIONS, Section, section_of

FOUND = 12  # pupils shown of those that were found


@only(*REFERRERS)
@require_GET
def mine(request: Any) -> HttpResponse:
    """What I have referred, and what I am asked about pupils I teach."""
    own = Referral.objects.at(request.schools).written_by(request.user).select_related("pupil")
    asked = (
        TeacherView.objects.filter(school__in=request.schools, teacher__user=request.user)
        .select_related("referral__pupil")
        .order_by("-asked_at", "-pk")
    )
    drafts_: list[Referral] = []
    sent: list[Referral] = []
    for each in own.order_by("-state_at", "-pk")[:50]:
        (drafts_ if each.state == State.DRAFT else sent).append(each)
    open_ones = [view for view in asked[:50] if view.referral.is_open]
    shown = [each.pupil for each in (*drafts_, *sent)] + [view.referral.pupil for view in open_ones]
    log_read(request, "my-referrals", shown)
    context = {
        "drafts": drafts_,
        "sent": [each for each in sent if each.submitted_at],
        "asked": [view for view in open_ones if view.answered_at is None],
        "answered": [view for view in open_ones if view.answered_at],
    }
    return render(request, "referrals/mine.html", context)


@only(*REFERRERS)
def new(request: Any) -> HttpResponse:
    """Find the pupil by two letters; choosing one begins a draft."""
    day, text = timezone.localdate(), request.GET.get("q", "").replace("\0", "").strip()[:80]
    problem = ""
    if request.method == "POST":
        pupil = _pupil_or_404(request, day)
        try:
            referral = drafts.start(pupil, by=request.user)
        except Refused as refusal:
            problem = str(refusal)
        else:
            log_read(request, "referral-draft", [pupil])
            return redirect("referrals:section", referral.uuid, SECTIONS[0].slug)
    enough = is_enough(text)
    found = found_to_refer(request.user, request.school, request.roles, day, text)[:FOUND] if enough else []
    pupils = list(found)
    log_read(request, "referral-find", pupils)
    context = {"text": text, "enough": enough, "pupils": pupils, "problem": problem}
    return render(request, "referrals/new.html", context, status=422 if problem else 200)


@only(*REFERRERS)
def section(request: Any, uuid: UUID, slug: str) -> HttpResponse:
    """One section of the form. "Save for later" keeps it half-filled; nothing typed is ever lost."""
    referral = own_or_404(request, uuid)
    part = section_of(slug)
    if part is None:
        raise Http404("There is no such section.")
    if referral.state not in drafts.WRITABLE:
        return redirect("referrals:mine_one", referral.uuid)
    filled = part.filled(request, referral)
    if request.method == "POST":
        if filled.is_valid():
            try:
                drafts.save_section(
                    referral, by=request.user, seen=request.POST.get("seen", ""), **filled.kept()
                )
            except Conflict as conflict:
                referral.refresh_from_db()
                return _page(request, referral, part, filled, conflict=str(conflict), status=409)
            except Refused as refusal:
                messages.error(request, str(refusal))
                return redirect("referrals:mine")
            return _onwards(request, referral, part)
        return _page(request, referral, part, filled, status=422)
    return _page(request, referral, part, filled)


@only(*REFERRERS)
def send(request: Any, uuid: UUID) -> HttpResponse:
    """Everything once more, and what is missing; then it is sent."""
    referral = own_or_404(request, uuid)
    if referral.state not in drafts.WRITABLE:
        return redirect("referrals:mine_one", referral.uuid)
    missing, problem = drafts.what_is_missing(referral), ""
    if request.method == "POST":
        try:
            drafts.submit(referral, by=request.user)
        except Refused as refusal:
            problem = "" if missing else str(refusal)
        else:
            messages.success(request, "Sent. The lead has it; you see here what becomes of it.")
            return redirect("referrals:mine_one", referral.uuid)
    log_read(request, "referral-draft", [referral.pupil])
    context = {
        **_frame(request, referral, "check"),
        "missing": missing,
        "problem": problem,
        "tried": request.method == "POST",
        "strategies": referral.strategies.all(),
        "good_lessons": [
            each.mainstream_class for each in referral.good_lessons.select_related("mainstream_class")
        ],
        "files": referral.attachments.filter(removed_at=None),
    }
    return render(
        request,
        "referrals/check.html",
        context,
        status=422 if problem or (missing and context["tried"]) else 200,
    )


@only(*REFERRERS)
@require_GET
def mine_one(request: Any, uuid: UUID) -> HttpResponse:
    """What I sent, and what became of it: state, what is asked of me, the decision's words for me."""
    referral = own_or_404(request, uuid)
    if referral.state == State.DRAFT:
        return redirect("referrals:section", referral.uuid, SECTIONS[0].slug)
    log_read(request, "referral-mine", [referral.pupil])
    views = list(referral.views.all())
    context = {
        "referral": referral,
        "pupil": referral.pupil,
        "strategies": referral.strategies.all(),
        "files": referral.attachments.filter(removed_at=None),
        "decisions": referral.decisions.all(),
        "asked": len(views),
        "answered": sum(view.answered_at is not None for view in views),
        "may_write": referral.state in drafts.WRITABLE,
        "may_withdraw": referral.is_open and referral.state != State.OFFERED,
    }
    return render(request, "referrals/mine_one.html", context)


@only(*REFERRERS)
@require_POST
def withdraw(request: Any, uuid: UUID) -> HttpResponse:
    """The referrer takes their own back; the lead and leaders end any that was sent."""
    referral = Referral.objects.at(request.schools).select_related("pupil").filter(uuid=uuid).first()
    own = referral is not None and referral.referrer_id == request.user.pk
    decides = referral is not None and referral.submitted_at and _decides(request, referral)
    if referral is None or not (own or decides):
        raise Http404("No such referral among yours.")
    try:
        drafts.withdraw(referral, by=request.user, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(referral if decides and not own else "referrals:mine")
    messages.success(request, "The referral is withdrawn.")
    return redirect("referrals:mine" if own else "referrals:queue")


def _decides(request: Any, referral: Referral) -> bool:
    return any(
        m.school_id == referral.school_id and m.role in ("lead", "leader") for m in request.memberships
    )


def _onwards(request: Any, referral: Referral, part: Section) -> HttpResponse:
    if "later" in request.POST:
        messages.success(request, "Saved. You find it here, on any device.")
        return redirect("referrals:mine")
    if after := part.after:
        return redirect("referrals:section", referral.uuid, after.slug)
    return redirect("referrals:send", referral.uuid)


def _page(
    request: Any, referral: Referral, part: Section, filled: Any, *, conflict: str = "", status: int = 200
) -> HttpResponse:
    log_read(request, "referral-draft", [referral.pupil])
    context = {
        **_frame(request, referral, part.slug),
        "part": part,
        "filled": filled,
        "conflict": conflict,
        "saved_there": part.filled(request, referral, fresh=True) if conflict else None,
        "files": referral.attachments.filter(removed_at=None) if part.slug == "tried" else [],
    }
    return render(request, "referrals/section.html", context, status=status)


def _frame(request: Any, referral: Referral, now: str) -> dict[str, Any]:
    """What every page of the form shows: the steps, and what the school knows that the referrer may see."""
    pupil, day = referral.pupil, timezone.localdate()
    calendar = Calendar.of(referral.school, day - BACK, day)
    evidence = evidence_of(referral.school, [pupil], day, calendar=calendar, brief=True)[pupil.pk]
    earlier = Referral.objects.filter(school=referral.school, pupil=pupil).sent().exclude(pk=referral.pk)
    slugs = [each.slug for each in SECTIONS] + ["check"]
    return {
        "referral": referral,
        "pupil": pupil,
        "seen": drafts.version_of(referral),
        "steps": [(each, slugs.index(each.slug) < slugs.index(now), each.slug == now) for each in SECTIONS],
        "at_check": now == "check",
        "attendance": evidence.recent,
        "line": evidence.line,
        "year": evidence.year,
        "teachers": teachers_of_pupil(pupil, day),
        "was_before": earlier.exists(),
    }


def own_or_404(request: Any, uuid: UUID) -> Referral:
    """A referral that the asker wrote, at a school where they still work."""
    found = (
        Referral.objects.at(request.schools)
        .written_by(request.user)
        .filter(uuid=uuid)
        .select_related("pupil", "supported_by")
        .first()
    )
    if found is None:
        raise Http404("No such referral among yours.")
    choose_school(request, [school for school in request.schools if school.pk == found.school_id])
    found.school = found.pupil.school = request.school
    return found


def _pupil_or_404(request: Any, day: dt.date) -> Pupil:
    """The pupil chosen, among those the asker may refer."""
    try:
        uuid = UUID(request.POST.get("pupil", ""))
    except ValueError as error:
        raise Http404("No such pupil.") from error
    pupil = pupils_to_refer(request.user, request.school, request.roles, day).filter(uuid=uuid).first()
    if pupil is None:
        raise Http404("No such pupil among those you may refer.")
    pupil.school = request.school
    return pupil
