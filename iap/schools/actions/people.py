"""Accounts and roles."""

from typing import Any

from django.db import transaction

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.models import Membership, Role, School, User

from .settings import lock


@transaction.atomic
def add_person(school: School, *, by: Any, email: str, name: str, role: str) -> tuple[User, bool]:
    """Give a role to the person with this address, making their account if there is none.

    Returns the person and whether the account is new. Somebody who has one keeps their name and password.
    """
    lock(school)
    email = User.objects.normalize_email(email).strip().lower()
    user = User.objects.filter(email__iexact=email).first()
    made = user is None
    if user is None:
        user = User.objects.create_user(email, name=name)
    give_role(school, by=by, user=user, role=role)
    return user, made


@transaction.atomic
def give_role(school: School, *, by: Any, user: User, role: str) -> Membership:
    """Let `user` hold a role in the school. Nobody gives one to themselves."""
    lock(school)
    if user == by:
        raise Refused("Nobody gives a role to themselves. Ask a colleague who may.")
    if role not in Role.values:
        raise Refused("Choose one of the roles.")
    if Membership.objects.filter(school=school, user=user, role=role).exists():
        raise Refused(f"{user} already holds that role here.")
    membership = Membership.objects.create(school=school, user=user, role=role)
    record("role.given", membership, by=by, role=role, user=user.pk)
    return membership


@transaction.atomic
def take_role(school: School, *, by: Any, user: User, role: str) -> None:
    """End a role in the school. The last lead stays: somebody has to be able to let others in."""
    lock(school)
    membership = Membership.objects.filter(school=school, user=user, role=role).first()
    if membership is None:
        raise Refused(f"{user} no longer holds that role here.")
    if role == Role.LEAD and not other_leads(school, user):
        raise Refused(f"{user} is the only lead. Give somebody else the role first.")
    record("role.taken", membership, by=by, role=role, user=user.pk)
    membership.delete()


def other_leads(school: School, user: User) -> bool:
    return Membership.objects.filter(school=school, role=Role.LEAD).exclude(user=user).exists()
