"""Names behind a school's figures: asked for with a reason, allowed by that school's leader, for a time."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.inbox.actions import tell
from iap.schools.models import Role, School, User
from reporting.models import NamesPermission

LONGEST = 30  # days


@transaction.atomic
def ask(school: School, *, by: Any, reason: str) -> NamesPermission:
    """Ask a school's leaders. Raises Refused while an earlier question is open or a permission holds."""
    mine = NamesPermission.objects.at([school]).filter(to=by)
    if mine.in_force().exists():
        raise Refused("You may see names of this school already.")
    try:
        with transaction.atomic():
            asked = NamesPermission.objects.create(school=school, to=by, reason=reason)
    except IntegrityError:
        raise Refused("You have asked this school already; its leader has not decided yet.") from None
    record("names.asked", asked, by=by, reason=reason)
    _tell(
        school,
        _leaders(school),
        asked,
        "Your trust asks to see names behind a figure.",
        reverse("reporting:permissions"),
    )
    return asked


@transaction.atomic
def decide(asked: NamesPermission, *, by: Any, granted: bool, answer: str, days: int) -> NamesPermission:
    """A leader of the school says yes, for so many days, or no; and why. Decided once."""
    held = NamesPermission.objects.select_for_update().get(school=asked.school_id, pk=asked.pk)
    if held.decided_at is not None:
        raise Refused("This is decided already.")
    if held.to_id == by.pk:
        raise Refused("Somebody else at this school decides; you have asked for it yourself.")
    if granted and not 1 <= days <= LONGEST:
        raise Refused(f"Choose between 1 and {LONGEST} days.")
    held.granted, held.decided_by, held.decided_at, held.answer = granted, by, timezone.now(), answer
    held.until = held.decided_at + dt.timedelta(days=days) if granted else None
    held.save(update_fields=["granted", "decided_by", "decided_at", "answer", "until"])
    record("names.decided", held, by=by, granted=granted, answer=answer, until=str(held.until or ""))
    says = (
        "You may see names of a school for a time."
        if granted
        else "A school has not opened names; it says why."
    )
    _tell(held.school, [held.to], held, says, reverse("reporting:trust"))
    return held


@transaction.atomic
def end(permission: NamesPermission, *, by: Any) -> None:
    """Take a permission back before its time."""
    held = NamesPermission.objects.select_for_update().get(school=permission.school_id, pk=permission.pk)
    if not held.is_in_force:
        raise Refused("This permission has ended already.")
    held.ended_at = timezone.now()
    held.save(update_fields=["ended_at"])
    record("names.ended", held, by=by)


def _leaders(school: School) -> list[User]:
    leading = User.objects.filter(memberships__school=school, memberships__role=Role.LEADER)
    return list(leading.distinct())


def _tell(school: School, people: list[User], about: NamesPermission, text: str, link: str) -> None:
    moment = about.decided_at or about.asked_at
    tell(
        school, people, kind="names", text=text, link=link, key=f"names-{about.uuid}-{moment:%Y%m%d%H%M%S%f}"
    )
