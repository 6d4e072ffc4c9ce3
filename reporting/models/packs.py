"""Packs that were made, the figures they froze, and who gets one by itself."""

import secrets
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from iap.audit.history import kept
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool
from pupils.models import Pupil


class PackKind(models.TextChoices):
    GOVERNORS = "governors", "Governors’ pack"
    PROVISION = "provision", "The provision on paper"
    TRUST = "trust", "Trust pack"
    CASE = "case", "Case file of one pupil"
    WAY_BACK = "way-back", "The way back"


class Snapshot(SchoolOwned):
    """The figures of a closed period as they were reported, with the whole pack that told them. Never changed."""

    append_only = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=PackKind)
    period = models.CharField(max_length=40, help_text="What stands for the period in an address.")
    name = models.CharField("name of the period", max_length=80)
    first = models.DateField()
    last = models.DateField()
    document = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(
                fields=["school", "kind", "period"],
                name="a_period_is_reported_once",
                violation_error_message="The figures of this period are reported already.",
            ),
            models.CheckConstraint(name="a_snapshot_is_of_days_in_order", condition=Q(last__gte=F("first"))),
        )
        ordering = ["-last", "kind"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.name}"


class PackState(models.TextChoices):
    MAKING = "making", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"


def _token() -> str:
    return secrets.token_hex(24)


class PackQuerySet(SchoolQuerySet):
    def kept_still(self) -> Self:
        return self.filter(expires_at__gt=timezone.now())

    def open_to(self, user: object, roles: object) -> Self:
        """Those that this person may open: their own, those addressed to them, and those of their roles."""
        mine = Q(asked_by=user) | Q(readers__user=user)
        if set(roles) & {"lead", "leader"}:  # type: ignore[call-overload]
            mine |= Q(kind__in=[PackKind.GOVERNORS, PackKind.PROVISION, PackKind.WAY_BACK])
        return self.filter(mine).distinct()

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")


class Pack(SchoolOwned):
    """One making of a pack. Its files lie out of reach of the web under a name that nobody can guess."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=PackKind)
    name = models.CharField("what it is of", max_length=120)
    period = models.CharField(max_length=40, blank=True)
    pupil = models.ForeignKey(
        Pupil, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    state = models.CharField(max_length=8, choices=PackState, default=PackState.MAKING)
    token = models.CharField(max_length=48, default=_token, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()

    objects = PackQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("pupil"),
            SameSchool("snapshot"),
            models.CheckConstraint(
                name="a_case_file_is_of_a_pupil_and_nothing_else_is",
                condition=Q(kind="case", pupil__isnull=False) | (~Q(kind="case") & Q(pupil=None)),
            ),
            models.CheckConstraint(name="a_pack_state_is_known", condition=Q(state__in=PackState.values)),
        )
        indexes = [models.Index(fields=["school", "-asked_at"], name="pack_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.name}"


class Rhythm(models.TextChoices):
    """When a pack is made by itself. It tells of the days that have just closed."""

    TERM = "term", "After each term"
    HALF_TERM = "half-term", "After each half term"


@kept()
class Schedule(SchoolOwned):
    """A pack that is made by itself, for people who are named."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        max_length=12,
        choices=[
            (PackKind.GOVERNORS.value, "Governors’ pack"),
            (PackKind.PROVISION.value, "The provision on paper"),
        ],
    )
    rhythm = models.CharField("how often", max_length=10, choices=Rhythm, default=Rhythm.TERM)
    active = models.BooleanField(default=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(
                fields=["school", "kind", "rhythm"],
                condition=Q(active=True),
                name="a_pack_is_scheduled_once",
                violation_error_message="This pack is scheduled already; change who gets it.",
            ),
        )
        ordering = ["kind", "rhythm"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_rhythm_display().lower()}"


@kept()
class Recipient(SchoolOwned):
    """Somebody for whom a schedule makes its pack."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="recipients", db_constraint=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = school_owned(
            SameSchool("schedule"),
            models.UniqueConstraint(fields=["school", "schedule", "user"], name="a_recipient_is_named_once"),
        )

    def __str__(self) -> str:
        return str(self.user)


class PackReader(SchoolOwned):
    """Somebody a made pack was addressed to."""

    pack = models.ForeignKey(Pack, models.CASCADE, related_name="readers", db_constraint=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = school_owned(
            SameSchool("pack"),
            models.UniqueConstraint(fields=["school", "pack", "user"], name="a_pack_is_addressed_once"),
        )

    def __str__(self) -> str:
        return str(self.user)
