"""Which account belongs to which member of staff, and who has left."""

import datetime as dt
from typing import Any

from django.db import transaction

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.models import Membership, School, StaffMember, User

from . import corrections, people
from .settings import lock


@transaction.atomic
def link(staff: StaffMember, *, by: Any, user: User) -> StaffMember:
    """Say that this account is this member of staff. A person decides it; an address is only a hint."""
    staff = _locked(staff)
    if staff.user_id == user.pk:
        return staff
    if staff.user_id is not None:
        raise Refused(f"{staff} is already linked to {staff.user}. Unlink that account first.")
    if not Membership.objects.filter(school=staff.school_id, user=user).exists():
        raise Refused(f"{user} has no role at this school. Give them one first.")
    other = StaffMember.objects.filter(school=staff.school_id, user=user).first()
    if other is not None:
        raise Refused(f"{user} is already linked to {other}. Unlink them there first.")
    if user == by and not matches(staff, user):
        raise Refused("Your own address differs from this record’s. Ask a colleague to link you.")
    staff.user, staff.linked_by = user, by
    staff.save(update_fields=["user", "linked_by"])
    record("staff.linked", staff, by=by, user=user.pk)
    return staff


@transaction.atomic
def unlink(staff: StaffMember, *, by: Any) -> StaffMember:
    staff = _locked(staff)
    if staff.user_id is None:
        return staff
    record("staff.unlinked", staff, by=by, user=staff.user_id)
    staff.user = staff.linked_by = None
    staff.save(update_fields=["user", "linked_by"])
    return staff


CORRECTABLE = ("title", "given_name", "family_name", "email", "post", "subject", "qualified")


@transaction.atomic
def correct(staff: StaffMember, *, by: Any, **changes: Any) -> list[str]:
    """Put right what the school's own system says of somebody. Gives the names of the fields that differed."""
    lock(staff.school)
    return corrections.correct(
        staff, by=by, changes={name: changes[name] for name in CORRECTABLE if name in changes}
    )


@transaction.atomic
def leave(staff: StaffMember, *, by: Any, left_on: dt.date | None, end_roles: bool = False) -> StaffMember:
    """Keep the first day on which somebody is no longer here, or that they stay; end their roles if asked."""
    staff = _locked(staff)
    staff.left_on = left_on
    staff.save(update_fields=["left_on"])
    record("staff.left" if left_on else "staff.stays", staff, by=by, left_on=str(left_on or ""))
    if left_on and end_roles and staff.user is not None:
        if staff.user == by:
            raise Refused("Nobody ends their own roles here. Ask a colleague who may.")
        school = School.objects.get(pk=staff.school_id)
        held = Membership.objects.filter(school=school, user=staff.user).values_list("role", flat=True)
        for role in list(held):
            people.take_role(school, by=by, user=staff.user, role=role)
    return staff


def matches(staff: StaffMember, user: User) -> bool:
    return bool(staff.email) and staff.email.lower() == user.email.lower()


def _locked(staff: StaffMember) -> StaffMember:
    lock(staff.school)
    return StaffMember.objects.select_related("user", "school").get(school=staff.school_id, pk=staff.pk)
