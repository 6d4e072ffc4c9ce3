"""Agencies that work with a pupil, and since when the school may share with them."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from iap.audit.history import kept
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool

from .pupils import Pupil


@kept()
class Agency(SchoolOwned):
    """An agency that works with the pupil, and who of it does."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="agencies", db_constraint=False)
    name = models.CharField("agency", max_length=120)
    worker = models.CharField("who you speak to", max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    since = models.DateField("involved since")
    until = models.DateField("last day of involvement", null=True, blank=True)

    class Meta:
        constraints = school_owned(
            SameSchool("pupil"),
            models.UniqueConstraint(fields=["school", "id", "pupil"], name="agency_with_its_pupil"),
            models.CheckConstraint(name="an_agency_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="an_agency_leaves_after_it_came",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="The last day cannot be before the first.",
            ),
        )
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def has_left(self, day: dt.date) -> bool:
        return self.until is not None and self.until < day

    def consent_on(self, day: dt.date) -> "Consent | None":
        """The consent under which the school may share on that day, among those at hand."""
        held: Iterable[Consent] = self.consents.all()  # type: ignore[attr-defined]
        return next((each for each in held if each.holds_on(day)), None)


class ConsentQuerySet(SchoolQuerySet):
    def valid_on(self, day: dt.date) -> Self:
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))


@kept()
class Consent(SchoolOwned):
    """Somebody who may give it has agreed that the school shares with an agency: from when, until when."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="consents", db_constraint=False)
    given_by = models.CharField("who gave it", max_length=120)
    starts_on = models.DateField("from")
    ends_on = models.DateField("last day", null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ConsentQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("agency"),
            models.CheckConstraint(
                name="consent_says_who_gave_it",
                condition=~Q(given_by=""),
                violation_error_message="Say who gave consent.",
            ),
            models.CheckConstraint(
                name="consent_ends_after_it_begins",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="The last day cannot be before the first.",
            ),
        )
        ordering = ["-starts_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.given_by}, from {self.starts_on}"

    def holds_on(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)
