"""What somebody is told, once; and how they wish to hear of it."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned


class MessageQuerySet(SchoolQuerySet):
    def to(self, user: object) -> Self:
        return self.filter(to=user)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class Message(SchoolOwned):
    """One sentence to one person, with a link to where it is about. It names no pupil."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    text = models.CharField(max_length=200)
    link = models.CharField(max_length=200)
    key = models.CharField(max_length=120, help_text="Telling the same thing twice keeps it once.")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(fields=["school", "to", "key"], name="a_message_is_told_once"),
            models.CheckConstraint(
                name="a_message_leads_within_the_product",
                condition=Q(link__startswith="/") & ~Q(link__startswith="//"),
            ),
        )
        indexes = [models.Index(fields=["to", "-at"], name="message_to")]

    def __str__(self) -> str:
        return self.text


class Digest(models.TextChoices):
    DAILY = "daily", "One e-mail on each school day"
    NEVER = "never", "No e-mail"


class Preference(SchoolOwned):
    """How somebody wishes to hear of messages; without a row, daily."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=8, choices=Digest, default=Digest.DAILY)

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(fields=["school", "user"], name="one_preference_per_person"),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.get_digest_display()}"
