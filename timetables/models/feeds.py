"""Calendar feeds: a secret address at which a person's own calendar can be read without signing in."""

import hashlib
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from iap.audit.history import kept
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned


def hash_of(token: str) -> str:
    """What is kept of a token. It is long and random, so that a plain hash tells nobody anything."""
    return hashlib.sha256(token.encode()).hexdigest()


class CalendarFeedQuerySet(SchoolQuerySet):
    def working(self) -> Self:
        return self.filter(ended_at=None)

    def named_by(self, token: str) -> Self:
        """Found by the hash alone: how long the search takes says nothing about the token."""
        return self.working().filter(token_hash=hash_of(token))


@kept()
class CalendarFeed(SchoolOwned):
    """The address of one person's calendar at one school. Whoever knows it reads it, until it ends."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(fields=["school", "token_hash"], name="a_calendar_address_is_used_once"),
            models.UniqueConstraint(
                fields=["school", "user"],
                condition=Q(ended_at=None),
                name="a_person_has_one_calendar_address",
                violation_error_message="This person already has a calendar address.",
            ),
            models.CheckConstraint(
                name="a_calendar_address_is_kept_as_a_hash",
                condition=Q(token_hash__regex=r"^[0-9a-f]{64}$"),  # noqa: S106  a pattern
            ),
        )

    def __str__(self) -> str:
        return f"Calendar of {self.user}"
