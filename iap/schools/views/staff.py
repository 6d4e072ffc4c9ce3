"""Members of staff as the school's own system knows them, and their accounts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from iap.errors import Refused
from iap.schools.access import only
from iap.schools.actions import staff as actions
from iap.schools.forms.people import CorrectForm, LeaveForm, LinkForm
from iap.schools.models import Membership, StaffMember, User

from .people import KEEPERS
from .settings import KEEPERS as CORRECTORS


@only(*KEEPERS)
def staff_list(request: Any) -> HttpResponse:
    """Everybody in the staff list; `?show=unlinked` only those without an account."""
    here = StaffMember.objects.at([request.school]).select_related("user")
    show, words = request.GET.get("show", ""), request.GET.get("q", "").strip()
    if show == "unlinked":
        here = here.filter(user=None, left_on=None)
    for word in words.split():
        here = here.filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(code__iexact=word)
        )
    page = Paginator(here.order_by("family_name", "given_name", "pk"), 50).get_page(request.GET.get("page"))
    suggested = _by_address(request.school)
    rows = [(staff, None if staff.user_id else suggested.get(staff.email.lower())) for staff in page]
    views = [
        ("Everybody", "?", show != "unlinked"),
        ("Without an account", "?show=unlinked", show == "unlinked"),
    ]
    context = {"rows": rows, "page": page, "views": views, "words": words, "show": show}
    return render(request, "schools/staff_list.html", context)


@only(*KEEPERS)
def member(request: Any, uuid: UUID) -> HttpResponse:
    """One member of staff: the account that is theirs, and whether they have left."""
    return _page(request, _staff_or_404(request, uuid))


@only(*KEEPERS)
@require_POST
def link(request: Any, uuid: UUID) -> HttpResponse:
    staff = _staff_or_404(request, uuid)
    form = LinkForm(request.POST, staff=staff, suggested=None)
    if form.is_valid():
        try:
            actions.link(staff, by=request.user, user=form.cleaned_data["user"])
        except Refused as refusal:
            form.add_error("user", str(refusal))
        else:
            messages.success(request, f"{staff} is linked to {form.cleaned_data['user'].email}.")
            return redirect("schools:staff_member", staff.uuid)
    return _page(request, staff, link=form)


@only(*KEEPERS)
@require_POST
def unlink(request: Any, uuid: UUID) -> HttpResponse:
    staff = actions.unlink(_staff_or_404(request, uuid), by=request.user)
    messages.success(request, f"{staff} is no longer linked to an account.")
    return redirect("schools:staff_member", staff.uuid)


@only(*KEEPERS)
@require_POST
def leave(request: Any, uuid: UUID) -> HttpResponse:
    """Keep the day on which somebody leaves, or that they stay."""
    staff = _staff_or_404(request, uuid)
    form = LeaveForm(request.POST)
    if form.is_valid():
        try:
            actions.leave(staff, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("end_roles", str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("schools:staff_member", staff.uuid)
    return _page(request, staff, leave=form)


@only(*CORRECTORS)
def correct(request: Any, uuid: UUID) -> HttpResponse:
    """Put right what the school's own system says of somebody."""
    staff = _staff_or_404(request, uuid)
    form = CorrectForm(request.POST or None, instance=staff)
    if request.method == "POST" and form.is_valid():
        changed = actions.correct(staff, by=request.user, **form.changes())
        messages.success(
            request, "Saved. It stays so when files come in." if changed else "Nothing was changed."
        )
        return redirect("schools:staff_member", staff.uuid)
    context = {
        "form": form,
        "name": staff.full_name,
        "back": reverse("schools:staff_member", args=[staff.uuid]),
    }
    return render(request, "schools/correct.html", context, status=422 if form.errors else 200)


def _staff_or_404(request: Any, uuid: UUID) -> StaffMember:
    return get_object_or_404(
        StaffMember.objects.at([request.school]).select_related("user", "linked_by", "school"), uuid=uuid
    )


def _by_address(school: Any) -> dict[str, User]:
    """Accounts of the school by address, to suggest a link; a person decides it."""
    held = Membership.objects.at([school]).select_related("user")
    return {membership.user.email.lower(): membership.user for membership in held}


def _page(
    request: Any, staff: StaffMember, link: LinkForm | None = None, leave: LeaveForm | None = None
) -> HttpResponse:
    suggested = _by_address(request.school).get(staff.email.lower()) if staff.email else None
    context = {
        "staff": staff,
        "suggested": suggested,
        "link": link or LinkForm(None, staff=staff, suggested=suggested),
        "leave": leave or LeaveForm(initial={"left_on": staff.left_on}),
        "corrects": bool(request.roles & set(CORRECTORS)),
    }
    return render(request, "schools/staff_member.html", context, status=422 if link or leave else 200)
