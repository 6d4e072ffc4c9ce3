import datetime as dt
import uuid
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from iap.audit.history import kept
from iap.schools.models import ProvisionModel, StaffMember
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, days, ends_after_it_starts, school_owned
from iap.tenancy.constraints import SameSchool

from .pupils import Pupil


class Destination(models.TextChoices):
    FULL_RETURN = "full-return", "Full return to mainstream"
    CONTINUES = "continues", "Continues next year"
    SPECIAL_SCHOOL = "special-school", "Special school"
    EXTERNAL = "external", "External alternative provision"
    OFF_SITE = "off-site", "Off-site direction"
    MANAGED_MOVE = "managed-move", "Managed move"
    EXCLUDED = "excluded", "Permanent exclusion"
    HOME = "home", "Elective home education"
    YEAR_11 = "year-11", "Completed Year 11"
    MOVED = "moved", "Moved away"
    WITHDRAWN = "withdrawn", "Parent or carer withdrew"
    OTHER = "other", "Other"


class PlacementQuerySet(SchoolQuerySet):
    def open_on(self, day: dt.date) -> Self:
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))

    def by_start(self) -> Self:
        return self.order_by("starts_on", "pk")


@kept()
class Placement(SchoolOwned):
    """A pupil's place in the provision, from a day until, not including, another."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="placements", db_constraint=False)
    model = models.CharField(max_length=20, choices=ProvisionModel)
    starts_on = models.DateField("first day")
    ends_on = models.DateField(null=True, blank=True, help_text="The first day without a place.")
    expected_weeks = models.PositiveSmallIntegerField(
        "expected length in school weeks", null=True, blank=True
    )
    key_adult = models.ForeignKey(StaffMember, models.PROTECT, related_name="key_pupils", db_constraint=False)
    first_review_on = models.DateField("first review", null=True, blank=True)
    baseline_from = models.DateField(
        null=True, blank=True, help_text="First day of the weeks before, to which later weeks are compared."
    )
    baseline_until = models.DateField(null=True, blank=True, help_text="Last day of them.")
    helps = models.CharField(
        "what helps, in a few words",
        max_length=60,
        blank=True,
        help_text="Shown on Today, where the pupil may read it: Warn before changes.",
    )
    destination = models.CharField(max_length=20, choices=Destination, blank=True)

    objects = PlacementQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("pupil"),
            SameSchool("key_adult"),
            ends_after_it_starts("starts_on", "ends_on"),
            models.UniqueConstraint(fields=["school", "id", "pupil"], name="placement_with_its_pupil"),
            ExclusionConstraint(
                name="a_pupil_has_one_place_at_a_time",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("pupil", RangeOperators.EQUAL),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This pupil already has a place on some of those days.",
            ),
            models.CheckConstraint(
                name="an_ended_place_names_a_destination",
                condition=Q(ends_on=None, destination="") | (Q(ends_on__isnull=False) & ~Q(destination="")),
                violation_error_message="Say where the pupil goes next.",
            ),
            models.CheckConstraint(
                name="a_baseline_lies_before_the_place",
                condition=Q(baseline_from=None, baseline_until=None)
                | Q(baseline_from__lte=F("baseline_until"), baseline_until__lt=F("starts_on")),
                violation_error_message="The weeks to compare with lie before the first day.",
            ),
            models.CheckConstraint(
                name="a_placement_model_is_known", condition=Q(model__in=ProvisionModel.values)
            ),
        )

    def __str__(self) -> str:
        return f"{self.pupil}, from {self.starts_on}"

    def is_open_on(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


class ReducedHoursReason(models.TextChoices):
    """Behaviour is not among them: reduced hours never answer behaviour (DfE attendance guidance)."""

    MEDICAL = "medical", "Medical need"
    MENTAL_HEALTH = "mental-health", "Mental health"
    RETURN = "return", "Building up after long absence"
    OTHER = "other", "Another reason, not behaviour"


@kept()
class ReducedHours(SchoolOwned):
    """The record behind agreed reduced hours: a parent's agreement, a reason, an end and a review."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="reduced_hours", db_constraint=False
    )
    agreed_by = models.CharField("parent or carer who agreed", max_length=120)
    agreed_on = models.DateField()
    reason = models.CharField(max_length=20, choices=ReducedHoursReason)
    explanation = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField("last day", help_text="Reduced hours always have an end.")
    review_on = models.DateField()

    class Meta:
        constraints = school_owned(
            SameSchool("placement"),
            ends_after_it_starts("starts_on", "ends_on"),
            models.CheckConstraint(
                name="reduced_hours_have_a_reason_other_than_behaviour",
                condition=Q(reason__in=ReducedHoursReason.values),
                violation_error_message="Reduced hours need a reason other than behaviour.",
            ),
            models.CheckConstraint(
                name="reduced_hours_are_reviewed_before_they_end",
                condition=Q(review_on__lte=F("ends_on"), review_on__gte=F("starts_on")),
                violation_error_message="The review must fall within the reduced hours.",
            ),
        )

    def __str__(self) -> str:
        return f"Reduced hours until {self.ends_on}"
