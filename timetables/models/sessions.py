"""The provision's own sessions and the adults in them."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from iap.audit.history import kept
from iap.schools.models import Period, StaffMember
from iap.schools.models.base import SchoolOwned, ValidBetween, days, ends_after_it_starts, school_owned
from iap.tenancy.constraints import SameSchool
from pupils.models import Strand

from .lessons import WEEKS


class SessionRole(models.TextChoices):
    QT = "qt", "Qualified teacher"
    SUPPORT = "support", "Support"


@kept()
class IapSession(ValidBetween):
    """A session of the provision in one slot of the cycle."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=80)
    strand = models.CharField(max_length=12, choices=Strand)
    room = models.CharField(max_length=40, blank=True)
    places = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Leave empty to use the provision's number. Guide: fewer than 10."
    )
    week = models.CharField(max_length=1, blank=True, choices=WEEKS)
    period = models.ForeignKey(Period, models.PROTECT, related_name="sessions", db_constraint=False)

    class Meta:
        constraints = school_owned(
            SameSchool("period"),
            ends_after_it_starts(),
            models.UniqueConstraint(
                fields=["school", "id", "week", "period"], name="iap_session_with_its_slot"
            ),
            models.CheckConstraint(
                name="a_session_has_between_1_and_30_places",
                condition=Q(places=None) | Q(places__gte=1, places__lte=30),
                violation_error_message="Enter between 1 and 30 places.",
            ),
            models.CheckConstraint(name="a_strand_is_known", condition=Q(strand__in=Strand.values)),
        )
        ordering = ["week", "period__weekday", "period__starts", "title"]
        verbose_name = "IAP session"

    def __str__(self) -> str:
        return self.title


@kept()
class SessionStaff(ValidBetween):
    """An adult of a session and the role they have in it.

    The slot stands here too, tied to the session's by its key, so that the database itself can see an adult
    who would be in two sessions at once.
    """

    called = ("adult in a session", "adults in sessions")

    session = models.ForeignKey(IapSession, models.PROTECT, related_name="staff", db_constraint=False)
    adult = models.ForeignKey(StaffMember, models.PROTECT, related_name="iap_sessions", db_constraint=False)
    role = models.CharField(max_length=8, choices=SessionRole)
    week = models.CharField(max_length=1, blank=True, choices=WEEKS)
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", db_constraint=False)

    class Meta:
        constraints = school_owned(
            SameSchool("session", also=("week", "period")),
            SameSchool("period"),
            SameSchool("adult"),
            ends_after_it_starts(),
            ExclusionConstraint(
                name="an_adult_is_in_one_session_at_a_time",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("adult", RangeOperators.EQUAL),
                    ("week", RangeOperators.EQUAL),
                    ("period", RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This adult is already in another session at that time.",
            ),
            models.CheckConstraint(name="a_session_role_is_known", condition=Q(role__in=SessionRole.values)),
        )
        ordering = ["role", "pk"]

    def __str__(self) -> str:
        return f"{self.adult}, {self.get_role_display()}"


@kept()
class Cover(SchoolOwned):
    """On one date an adult of a session is away, and somebody else comes, or nobody does.

    `adult` away may be empty: then `covered_by` is an extra adult for that day.
    """

    session = models.ForeignKey(IapSession, models.PROTECT, related_name="cover", db_constraint=False)
    day = models.DateField()
    adult = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    covered_by = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    role = models.CharField(max_length=8, choices=SessionRole)
    week = models.CharField(max_length=1, blank=True, choices=WEEKS)
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", db_constraint=False)

    warning: str = ""  # what whoever notes it should know; told then, not stored

    class Meta:
        constraints = school_owned(
            SameSchool("session", also=("week", "period")),
            SameSchool("period"),
            SameSchool("adult"),
            SameSchool("covered_by"),
            models.UniqueConstraint(
                fields=["school", "session", "day", "adult"],
                name="an_absence_is_covered_once",
                violation_error_message="That absence is already noted.",
            ),
            models.UniqueConstraint(
                fields=["school", "day", "period", "covered_by"],
                name="an_adult_covers_one_session_at_a_time",
                violation_error_message="This adult already covers another session then.",
            ),
            models.CheckConstraint(
                name="cover_names_somebody",
                condition=Q(adult__isnull=False) | Q(covered_by__isnull=False),
                violation_error_message="Choose who is away or who comes.",
            ),
            models.CheckConstraint(name="a_cover_role_is_known", condition=Q(role__in=SessionRole.values)),
        )

    def __str__(self) -> str:
        return f"Cover on {self.day}"
