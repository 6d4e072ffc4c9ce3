"""Telling people, and reading what they were told."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from iap.schools.models import Membership, School, User

from .models import Digest, Message, Preference


def tell(
    school: School, users: Iterable[User], *, kind: str, text: str, link: str, key: str
) -> list[Message]:
    """Keep one message for each of these who works at the school; in the caller's transaction.

    Who was told the same thing (`key`) already is not told again.
    """
    wanted = {user.pk for user in users if user.is_active}
    here = Membership.objects.filter(school=school, user__in=wanted).values_list("user", flat=True)
    now = timezone.now()
    return Message.objects.bulk_create(
        [
            Message(school=school, to_id=user, kind=kind, text=text, link=link, key=key, at=now)
            for user in sorted(set(here))
        ],
        ignore_conflicts=True,
    )


def read(message: Message, *, by: Any) -> None:
    """Note that it was opened; opened again, the first time stands."""
    Message.objects.filter(school=message.school_id, pk=message.pk, to=by, read_at=None).update(
        read_at=timezone.now()
    )


def read_all(school: School, *, by: Any) -> int:
    """All messages to this person at the school are read. Returns how many were not."""
    return Message.objects.filter(school=school, to=by, read_at=None).update(read_at=timezone.now())


def prefer(school: School, *, by: Any, digest: str) -> None:
    """Keep how this person wishes to hear of messages; what is no choice changes nothing."""
    if digest in Digest.values:
        Preference.objects.update_or_create(school=school, user=by, defaults={"digest": digest})
