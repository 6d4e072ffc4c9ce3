"""Off-site education: the provider behind it, the checks made, and whether the pupil was there."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from iap.audit.history import kept
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool
from pupils.models import Placement
from pupils.models.entries import Entry, entry_constraints

CHECKS_HOLD = dt.timedelta(days=365)


class OffsiteProviderQuerySet(SchoolQuerySet):
    def checked_by(self, day: dt.date) -> Self:
        """Those whose checks were made within the year before that day."""
        return self.filter(checked_on__gt=day - CHECKS_HOLD)


@kept()
class OffsiteProvider(SchoolOwned):
    """Who teaches one pupil off site, and what the school has checked about them. Its history is kept."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="offsite_providers", db_constraint=False
    )
    name = models.CharField(max_length=120, help_text="As the pupil's week names it.")
    contact = models.CharField(max_length=200, blank=True)
    checks = models.TextField("checks made", max_length=1000)
    checked_by = models.CharField("who checked", max_length=120)
    checked_on = models.DateField()
    review_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)

    objects = OffsiteProviderQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("placement"),
            models.UniqueConstraint(
                fields=["school", "placement", "name"], name="a_provider_stands_once_for_a_place"
            ),
            models.CheckConstraint(
                name="a_provider_has_a_name_and_its_checks",
                condition=~Q(name="") & ~Q(checks="") & ~Q(checked_by=""),
                violation_error_message="Say which checks were made, and by whom.",
            ),
            models.CheckConstraint(
                name="checks_are_reviewed_after_they_are_made",
                condition=Q(review_on__gt=F("checked_on")),
                violation_error_message="The next review must be after the checks.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class OffsiteOutcome(models.TextChoices):
    ATTENDED = "attended", "Attended"
    NOT_THERE = "not-there", "Not there"
    NOT_KNOWN = "not-known", "Not known yet"


@kept()
class OffsiteAttendance(Entry):
    """What the school was told about a pupil's day with a provider. The latest that stands counts."""

    provider = models.CharField(max_length=120)
    outcome = models.CharField(max_length=12, choices=OffsiteOutcome)
    told_by = models.CharField("told by", max_length=120, blank=True)

    CONTENT = (*Entry.CONTENT, "provider", "outcome", "told_by")

    class Meta:
        constraints = entry_constraints(
            models.CheckConstraint(
                name="an_off_site_outcome_is_known", condition=Q(outcome__in=OffsiteOutcome.values)
            ),
            models.CheckConstraint(name="off_site_attendance_names_its_provider", condition=~Q(provider="")),
        )
        indexes = [models.Index(fields=["school", "day"], name="offsite_attendance_day")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.provider}"
