"""Accounts and roles of the school's people."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from iap.errors import Refused
from iap.schools import second_step
from iap.schools.access import only
from iap.schools.actions import people as actions
from iap.schools.forms.people import ROLE_HELP, NewPersonForm, RoleForm
from iap.schools.models import Membership, Role, StaffMember, User
from iap.schools.passwords import send_password_link

KEEPERS = (Role.LEAD, Role.LEADER, Role.DATA)


@only(*KEEPERS)
def people(request: Any) -> HttpResponse:
    """Everybody with an account here, and how many staff have none."""
    held = (
        Membership.objects.at([request.school]).select_related("user").order_by("user__name", "user", "role")
    )
    linked = {staff.user_id: staff for staff in StaffMember.objects.at([request.school]).exclude(user=None)}
    rows = [(user, list(roles), linked.get(user.pk)) for user, roles in groupby(held, lambda m: m.user)]
    rows.sort(key=lambda row: _family_name(row[0], row[2]))
    with_app = second_step.holders_among(user for user, _, _ in rows)
    unlinked = StaffMember.objects.at([request.school]).filter(user=None, left_on=None).count()
    return render(request, "schools/people.html", {"rows": rows, "unlinked": unlinked, "with_app": with_app})


def _family_name(user: User, staff: StaffMember | None) -> str:
    """What somebody is looked for under: not their title, which comes first in what colleagues call them."""
    return (staff.family_name if staff else str(user).split()[-1]).casefold()


@only(*KEEPERS)
def add(request: Any) -> HttpResponse:
    """Give somebody an account here, or a role to one who has an account already."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, made = actions.add_person(request.school, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            if made:
                send_password_link(request, user)
                messages.success(request, f"A link to set a password was sent to {user.email}.")
            else:
                messages.success(request, f"{user} has an account already and now has this role here too.")
            return redirect("schools:person", user.uuid)
    context = {"form": form, "roles": _role_help()}
    return render(request, "schools/person_add.html", context, status=422 if form.is_bound else 200)


@only(*KEEPERS)
def person(request: Any, uuid: UUID) -> HttpResponse:
    """One person's roles here."""
    return _person_page(request, _person_or_404(request, uuid))


@only(*KEEPERS)
@require_POST
def give_role(request: Any, uuid: UUID) -> HttpResponse:
    user = _person_or_404(request, uuid)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            actions.give_role(request.school, by=request.user, user=user, role=form.cleaned_data["role"])
        except Refused as refusal:
            form.add_error("role", str(refusal))
        else:
            messages.success(request, "The role is given. It holds from now on.")
            return redirect("schools:person", user.uuid)
    return _person_page(request, user, form)


@only(*KEEPERS)
@require_POST
def take_role(request: Any, uuid: UUID) -> HttpResponse:
    user = _person_or_404(request, uuid)
    try:
        actions.take_role(request.school, by=request.user, user=user, role=request.POST.get("role", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("schools:person", user.uuid)
    messages.success(request, "The role is ended. It opens nothing here from now on.")
    still = Membership.objects.at([request.school]).filter(user=user).exists()
    mine = user == request.user
    return (
        redirect("home")
        if mine
        else redirect("schools:person", user.uuid)
        if still
        else redirect("schools:people")
    )


@only(*KEEPERS)
@require_POST
def send_link(request: Any, uuid: UUID) -> HttpResponse:
    """Send the link to set a password once more."""
    user = _person_or_404(request, uuid)
    send_password_link(request, user)
    messages.success(request, f"A link to set a password was sent to {user.email}.")
    return redirect("schools:person", user.uuid)


def _person_or_404(request: Any, uuid: UUID) -> User:
    held = Membership.objects.at([request.school]).filter(user__uuid=uuid).select_related("user").first()
    if held is None:
        raise Http404("Nobody of this school.")
    return held.user


def _person_page(request: Any, user: User, form: RoleForm | None = None) -> HttpResponse:
    held = list(Membership.objects.at([request.school]).filter(user=user).order_by("role"))
    mine = {membership.role for membership in held}
    form = form or RoleForm()
    form.fields["role"].choices = [choice for choice in Role.choices if choice[0] not in mine]  # type: ignore[attr-defined]
    context = {
        "person": user,
        "held": [(membership, ROLE_HELP[Role(membership.role)]) for membership in held],
        "form": form,
        "staff": StaffMember.objects.at([request.school]).filter(user=user).first(),
        "is_self": user == request.user,
        "has_app": bool(second_step.holders_among([user])),
        "roles": _role_help(),
    }
    return render(request, "schools/person.html", context, status=422 if form.is_bound else 200)


def _role_help() -> list[tuple[str, str]]:
    return [(role.label, ROLE_HELP[role]) for role in Role]
