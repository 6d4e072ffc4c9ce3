"""What the provision costs, as the school enters it."""

import datetime as dt
import uuid
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from iap.audit.history import kept
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, days, ends_after_it_starts, school_owned
from iap.ui import moments

MOST = [MaxValueValidator(9_999_999)]


class CostsQuerySet(SchoolQuerySet):
    def over(self, first: dt.date, last: dt.date) -> Self:
        """Costs of some of these days."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def newest_first(self) -> Self:
        return self.order_by("-starts_on")


@kept()
class Costs(SchoolOwned):
    """What the provision costs from a first to a last day, both included, and what a place elsewhere would cost."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    staff = models.PositiveIntegerField(
        "staff, in pounds",
        validators=MOST,
        help_text="Salaries with on-costs of everybody who works there, by their share of time.",
    )
    other = models.PositiveIntegerField(
        "everything else, in pounds",
        default=0,
        validators=MOST,
        help_text="Rooms, materials, training, therapists who come in.",
    )
    external_week = models.PositiveIntegerField(
        "a place elsewhere, in pounds a week",
        null=True,
        blank=True,
        validators=MOST,
        help_text="What your school would pay an external provider for one pupil and one week.",
    )
    source = models.CharField(
        "where the figures are from", max_length=160, blank=True, help_text="Such as: budget of April 2026."
    )

    objects = CostsQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            ends_after_it_starts("starts_on", "ends_on"),
            ExclusionConstraint(
                name="a_day_is_paid_for_once",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    (days("starts_on", "ends_on", last_day_included=True), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Costs are already entered for some of those days.",
            ),
            models.CheckConstraint(
                name="costs_are_more_than_nothing",
                condition=Q(staff__gt=0) | Q(other__gt=0),
                violation_error_message="Enter what the staff cost, or everything else.",
            ),
        )
        ordering = ["-starts_on"]
        verbose_name_plural = "costs"

    def __str__(self) -> str:
        first, last = (moments.day(day, weekday=False) for day in (self.starts_on, self.ends_on))
        return f"Costs from {first} to {last}"

    @property
    def total(self) -> int:
        return self.staff + self.other
