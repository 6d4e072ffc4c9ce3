"""What the school's own system knows: attendance, suspensions and incidents. Imported, never keyed here."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from iap.audit.history import LATER_WRITES, kept
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool

from .pupils import Pupil


class HalfDay(models.TextChoices):
    AM = "AM", "Morning"
    PM = "PM", "Afternoon"


@kept(*LATER_WRITES)
class AttendanceMark(SchoolOwned):
    """The statutory mark of one half-day. A copy: this product never writes the register."""

    pupil = models.ForeignKey(
        Pupil, models.PROTECT, related_name="attendance", db_constraint=False, db_index=False
    )
    day = models.DateField()
    half = models.CharField(max_length=2, choices=HalfDay)
    code = models.CharField(max_length=2)

    class Meta:
        constraints = school_owned(
            SameSchool("pupil"),
            models.UniqueConstraint(
                fields=["school", "pupil", "day", "half"], name="a_half_day_has_one_mark"
            ),
            models.CheckConstraint(name="a_mark_is_of_a_half_day", condition=Q(half__in=HalfDay.values)),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.half} {self.code}"


@kept()
class AttendanceTotal(SchoolOwned):
    """A year's totals in half-days, for the years before the marks begin."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="attendance_totals", db_constraint=False)
    year = models.CharField(max_length=9, help_text="2025/26")
    possible = models.PositiveSmallIntegerField()
    attended = models.PositiveSmallIntegerField()

    class Meta:
        constraints = school_owned(
            SameSchool("pupil"),
            models.UniqueConstraint(fields=["school", "pupil", "year"], name="a_year_has_one_total"),
            models.CheckConstraint(
                name="nobody_attends_more_than_is_possible",
                condition=Q(attended__lte=F("possible")),
                violation_error_message="Attended cannot be more than possible.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.attended} of {self.possible}"


@kept()
class Suspension(SchoolOwned):
    """A suspension, its length in sessions (half-days) and up to three reasons."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="suspensions", db_constraint=False)
    starts_on = models.DateField()
    sessions = models.PositiveSmallIntegerField("sessions lost")
    reasons = ArrayField(models.CharField(max_length=4), size=3, default=list)

    class Meta:
        constraints = school_owned(
            SameSchool("pupil"),
            models.UniqueConstraint(
                fields=["school", "pupil", "starts_on"], name="one_suspension_starts_on_a_day"
            ),
            models.CheckConstraint(name="a_suspension_has_a_length", condition=Q(sessions__gte=1)),
        )
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return f"Suspended from {self.starts_on}"


# How entries of good news begin, in the words of the systems that schools have.
GOOD_NEWS = r"^\s*(positive|achievement|praise|reward|merit|commendation|house point|well done)"


class IncidentQuerySet(SchoolQuerySet):
    def concerns(self) -> Self:
        """Entries that bring no good news."""
        return self.exclude(kind__iregex=GOOD_NEWS)


@kept()
class Incident(SchoolOwned):
    """One entry of the school's behaviour log, good news included."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="incidents", db_constraint=False)
    day = models.DateField()
    period = models.CharField(max_length=20, blank=True)
    class_name = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=120)

    objects = IncidentQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("pupil"),
            models.UniqueConstraint(
                fields=["school", "pupil", "day", "period", "class_name", "kind"],
                name="an_incident_is_kept_once",
            ),
        )
        ordering = ["-day"]

    def __str__(self) -> str:
        return self.kind
