"""What a trust sees of its schools: counted figures, and names only where a school has allowed it."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from iap.audit.history import kept
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned


class Counted(SchoolOwned):
    """The figures of one school as they may leave it, over the period that its leaders compare, as last counted."""

    period = models.CharField(max_length=10, choices=[("term", "This term"), ("year", "This school year")])
    name = models.CharField("name of the period", max_length=80)
    figures = models.JSONField(help_text="Figures by their key, as they are told.")
    counted_at = models.DateTimeField()

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(
                fields=["school", "period"], name="a_school_is_counted_once_for_a_period"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, counted {self.counted_at:%-d %B %Y}"


class NamesPermissionQuerySet(SchoolQuerySet):
    def asked(self) -> Self:
        return self.filter(decided_at=None)

    def in_force(self) -> Self:
        now = timezone.now()
        return self.filter(granted=True, until__gt=now, ended_at=None)


@kept()
class NamesPermission(SchoolOwned):
    """A trust leader asks to see names behind a school's figures, and says why; that school's leader decides."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField("what you need the names for", max_length=300)
    asked_at = models.DateTimeField(auto_now_add=True)
    granted = models.BooleanField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField("why", max_length=300, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = NamesPermissionQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(
                fields=["school", "to"],
                condition=Q(decided_at=None),
                name="a_permission_is_asked_for_once_at_a_time",
                violation_error_message="You have asked this school already; its leader has not decided yet.",
            ),
            models.CheckConstraint(
                name="asking_for_names_gives_a_reason",
                condition=~Q(reason=""),
                violation_error_message="Say what you need the names for.",
            ),
            models.CheckConstraint(
                name="a_decision_on_names_says_who_and_why",
                condition=Q(decided_at=None, decided_by=None, granted=None, answer="")
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False, granted__isnull=False)
                    & ~Q(answer="")
                ),
                violation_error_message="Say why.",
            ),
            models.CheckConstraint(
                name="a_permission_for_names_has_an_end",
                condition=Q(granted=True, until__isnull=False, until__gt=F("decided_at"))
                | Q(Q(granted=None) | Q(granted=False), until=None),
                violation_error_message="A permission needs an end.",
            ),
        )

    def __str__(self) -> str:
        return f"Names for {self.to}"

    @property
    def is_in_force(self) -> bool:
        return bool(self.granted and self.ended_at is None and self.until and self.until > timezone.now())
