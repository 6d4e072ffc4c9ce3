"""Speak to the safeguarding lead: who and how to reach them, and afterwards that it was done."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import only
from iap.schools.models import Membership, Role, SafeguardingPerson, School
from pupils.access import READERS, WRITERS, pupil_or_404
from pupils.actions import handoffs as actions
from pupils.forms.handoffs import HandOffForm
from pupils.models import HandOff, HandOffError, Pupil

PER_PAGE = 30


@only(*READERS, Role.TEACHER)
@require_GET
def safeguarding(request: Any) -> HttpResponse:
    """Who to speak to, now. Opening it sends nothing and keeps nothing."""
    return render(request, "pupils/safeguarding.html", _who(request.school))


@only(*READERS)
def speak(request: Any, uuid: UUID) -> HttpResponse:
    """The same from a pupil's tile or note, and below it the row to keep once they have been spoken to."""
    pupil = pupil_or_404(request, uuid)
    form = HandOffForm.fresh(pupil.school)
    if request.method == "POST" and request.roles & set(WRITERS):
        form = HandOffForm(request.POST, school=pupil.school)
        if form.is_valid() and _kept(request, pupil, form):
            messages.success(request, "Kept. The safeguarding lead is asked to confirm it.")
            return redirect("pupils:speak", pupil.uuid)
    log_read(request, "hand-off", [pupil])
    mine = HandOff.objects.at([pupil.school]).filter(pupil=pupil, by=request.user).select_related("to")
    context = {
        **_who(pupil.school),
        "pupil": pupil,
        "form": form,
        "may_write": bool(request.roles & set(WRITERS)),
        "mine": mine.newest_first(),
        "reasons": HandOffError.choices,
    }
    return render(request, "pupils/safeguarding.html", context, status=422 if form.errors else 200)


@only(Role.DSL)
@require_GET
def hand_offs(request: Any) -> HttpResponse:
    """Every hand-off of the school: those to confirm first."""
    rows = HandOff.objects.at([request.school]).select_related("pupil", "to", "by", "confirmed_by")
    waiting = list(rows.unconfirmed().order_by("told_at", "pk"))
    done = rows.exclude(pk__in=[each.pk for each in waiting]).order_by("-told_at", "-pk")
    page = Paginator(done, PER_PAGE).get_page(request.GET.get("page"))
    for each in (*waiting, *page):
        each.pupil.school = request.school
    log_read(request, "hand-offs", [each.pupil for each in (*waiting, *page)])
    return render(request, "pupils/hand_offs.html", {"waiting": waiting, "page": page})


@only(Role.DSL)
@require_POST
def confirm(request: Any, uuid: UUID) -> HttpResponse:
    """Yes, I was spoken to."""
    hand_off = get_object_or_404(HandOff.objects.at(request.schools), uuid=uuid)
    try:
        actions.confirm_hand_off(hand_off, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Confirmed.")
    return redirect("pupils:hand_offs")


@only(*WRITERS)
@require_POST
def hand_off_in_error(request: Any, uuid: UUID) -> HttpResponse:
    """Its writer marks it as entered in error. It stays for the safeguarding lead, struck through."""
    mine = HandOff.objects.at(request.schools).filter(by=request.user).select_related("pupil")
    hand_off = get_object_or_404(mine, uuid=uuid)
    try:
        actions.mark_hand_off_in_error(hand_off, by=request.user, why=request.POST.get("why", ""))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Marked as entered in error.")
    return redirect("pupils:speak", hand_off.pupil.uuid)


def _who(school: School) -> dict[str, Any]:
    """Whom to speak to: as the school has set them, or else those who hold the role."""
    people = list(SafeguardingPerson.objects.at([school]).current())
    holders = []
    if not people:
        held = Membership.objects.filter(school=school, role=Role.DSL).select_related("user")
        holders = sorted(str(each.user) for each in held)
    return {"people": people, "holders": holders}


def _kept(request: Any, pupil: Pupil, form: HandOffForm) -> bool:
    try:
        actions.keep_hand_off(pupil, by=request.user, **form.given())
    except Conflict as conflict:
        form.begin_anew(f"{conflict} If this is another one, send it once more.")
    except Refused as refusal:
        form.add_error("day", str(refusal))
    return not form.errors
