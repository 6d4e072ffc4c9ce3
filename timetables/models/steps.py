"""Hybrid weeks: a chain of dated steps that never rewrites the past."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Q

from iap.audit.history import kept
from iap.schools.models import Period
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, days, ends_after_it_starts, school_owned
from iap.tenancy.constraints import SameSchool
from pupils.models import Placement, Pupil

from .lessons import WEEKS
from .sessions import IapSession


class StepKind(models.TextChoices):
    START = "start", "Start"
    FORWARD = "forward", "Step forward"
    HOLD = "hold", "Hold"
    BACK = "back", "Step back"
    CORRECTION = "correction", "Correction"


class Place(models.TextChoices):
    MAINSTREAM = "mainstream", "Mainstream lesson"
    SUPPORTED = "supported", "Supported in mainstream"
    SESSION = "session", "IAP session"
    SOCIAL = "social", "Shared social time"
    OFFSITE = "offsite", "Off-site education"
    REDUCED = "reduced", "Agreed reduced hours"


BY_A_PERSON = {
    "pupil": ("the pupil", "a parent or carer"),
    "tutor": ("the tutor",),
    "office": ("the attendance office",),
}


class StepQuerySet(SchoolQuerySet):
    def in_force_on(self, day: dt.date) -> Self:
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))

    def by_date(self) -> Self:
        return self.order_by("starts_on", "pk")


@kept()
class HybridStep(SchoolOwned):
    """Where a pupil is in each slot of the cycle, from a day until the next step."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="steps", db_constraint=False)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="steps", db_constraint=False)
    kind = models.CharField(max_length=12, choices=StepKind)
    starts_on = models.DateField("from")
    ends_on = models.DateField(null=True, blank=True)
    why = models.TextField("what changed and why", max_length=500)
    pupil_view = models.TextField("the pupil’s view", max_length=300, blank=True)
    told = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = StepQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("placement", also=("pupil",)),
            SameSchool("pupil"),
            ends_after_it_starts("starts_on", "ends_on"),
            ExclusionConstraint(
                name="a_pupil_has_one_step_at_a_time",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("placement", RangeOperators.EQUAL),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This pupil already has a timetable for those dates.",
            ),
            models.CheckConstraint(name="a_step_kind_is_known", condition=Q(kind__in=StepKind.values)),
            models.CheckConstraint(
                name="a_step_says_what_changed_and_why",
                condition=~Q(why=""),
                violation_error_message="Say what changed and why, in a few words.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.starts_on}"

    @property
    def told_by_a_person(self) -> list[str]:
        """Who was to be told, and is told by no message."""
        return [who for key, named in BY_A_PERSON.items() if key in self.told for who in named]

    @property
    def version(self) -> str:
        """Names the step as it was last published."""
        return f"{self.uuid}:{self.made_at.timestamp():.6f}"


class StepPlaceQuerySet(SchoolQuerySet):
    def standing_from(self, day: dt.date) -> Self:
        """Places of steps that hold on that day or begin to hold after it."""
        return self.filter(Q(step__ends_on=None) | Q(step__ends_on__gt=day)).filter(
            Q(step__placement__ends_on=None) | Q(step__placement__ends_on__gt=day)
        )


@kept()
class StepPlace(SchoolOwned):
    """Where a step puts the pupil in one slot. Which lesson that is follows from the class and the date."""

    called = ("slot of a pupil’s week", "slots of pupils’ weeks")

    step = models.ForeignKey(HybridStep, models.CASCADE, related_name="places", db_constraint=False)
    week = models.CharField(max_length=1, blank=True, choices=WEEKS)
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", db_constraint=False)
    place = models.CharField(max_length=12, choices=Place)
    session = models.ForeignKey(
        IapSession, models.PROTECT, null=True, blank=True, related_name="step_places", db_constraint=False
    )
    provider = models.CharField(max_length=120, blank=True)

    objects = StepPlaceQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("step"),
            SameSchool("period"),
            SameSchool("session", also=("week", "period")),
            models.UniqueConstraint(
                fields=["school", "step", "week", "period"],
                name="a_pupil_has_one_place_in_a_slot",
                violation_error_message="Choose one place for each slot.",
            ),
            models.CheckConstraint(name="a_place_is_known", condition=Q(place__in=Place.values)),
            models.CheckConstraint(
                name="an_iap_place_names_its_session",
                condition=Q(place=Place.SESSION, session__isnull=False)
                | (~Q(place=Place.SESSION) & Q(session__isnull=True)),
                violation_error_message="Choose the session.",
            ),
            models.CheckConstraint(
                name="an_off_site_place_names_its_provider",
                condition=~Q(place=Place.OFFSITE) | ~Q(provider=""),
                violation_error_message="Name the off-site provider.",
            ),
        )
        indexes = [
            models.Index(fields=["school", "period", "week"], name="step_place_slot"),
            # Who is placed in a session, whichever way the planner comes to it as other schools grow.
            models.Index(fields=["session", "step"], name="step_place_session"),
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()}, {self.period}"
