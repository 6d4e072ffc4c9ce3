"""What staff log through the day. Each entry carries a UUID made where it was tapped."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from iap.audit.history import kept
from iap.schools.models import Period
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool

from .pupils import Pupil


class Readiness(models.IntegerChoices):
    """How ready a pupil is to learn, as staff see it now. Not a mark: never averaged for a pupil's eyes."""

    STUCK = 1, "Stuck"
    SHAKY = 2, "Shaky"
    OKAY = 3, "Okay"
    STEADY = 4, "Steady"
    READY = 5, "Ready"


class CheckInKind(models.TextChoices):
    ARRIVAL = "arrival", "Arrival"
    BEFORE = "before", "Before a lesson"
    AFTER = "after", "After a lesson"
    END_OF_DAY = "end-of-day", "End of day"


class EntryQuerySet(SchoolQuerySet):
    def standing(self) -> Self:
        """Entries that were not undone."""
        return self.filter(undone_at=None)

    def on_day(self, day: dt.date) -> Self:
        return self.filter(day=day)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


def entry_constraints(*constraints: models.BaseConstraint) -> list[models.BaseConstraint]:
    """A model's constraints, with those that every entry carries."""
    return school_owned(
        SameSchool("pupil"),
        models.UniqueConstraint(fields=["school", "entry"], name="%(class)s_is_kept_once"),
        models.CheckConstraint(
            name="%(class)s_undone_says_who",
            condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
        ),
        *constraints,
    )


class Entry(SchoolOwned):
    """Something logged about a pupil at a moment. Kept once however often sent; undone, never deleted."""

    entry = models.UUIDField(help_text="Made where it was tapped, so that sending it again is harmless.")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+", db_constraint=False)
    day = models.DateField(help_text="The school day it belongs to.")
    at = models.DateTimeField(help_text="When it was tapped.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    undone_why = models.CharField(
        max_length=200, blank=True, help_text="Nothing where who tapped it took it back at once."
    )

    objects = EntryQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        abstract = True

    # The fields that make two entries under one UUID the same; each model adds its own.
    CONTENT: tuple[str, ...] = ("pupil_id", "day", "by_id")

    @property
    def stands(self) -> bool:
        return self.undone_at is None


@kept()
class CheckIn(Entry):
    """How a pupil is, in one tap."""

    kind = models.CharField(max_length=12, choices=CheckInKind, default=CheckInKind.BEFORE)
    period = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    readiness = models.PositiveSmallIntegerField(choices=Readiness)
    feelings = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    chips = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    note = models.CharField(max_length=500, blank=True)

    CONTENT = (*Entry.CONTENT, "kind", "period_id", "readiness", "feelings", "chips", "note")

    class Meta:
        constraints = entry_constraints(
            SameSchool("period"),
            models.CheckConstraint(
                name="readiness_has_five_points",
                condition=Q(readiness__gte=1, readiness__lte=5),
                violation_error_message="Choose one of the five faces.",
            ),
            models.CheckConstraint(name="a_check_in_kind_is_known", condition=Q(kind__in=CheckInKind.values)),
        )
        indexes = [
            models.Index(fields=["school", "day"], name="check_in_day"),
            models.Index(fields=["school", "pupil", "-at"], name="check_in_pupil"),
        ]

    def __str__(self) -> str:
        return f"{self.get_readiness_display()} at {self.at:%H:%M}"


@kept()
class Note(Entry):
    """A sentence or two about a pupil's day, written so that the pupil and family could read it."""

    text = models.TextField(max_length=2000)
    follow_up = models.BooleanField("needs a follow-up", default=False)

    CONTENT = (*Entry.CONTENT, "text", "follow_up")

    class Meta:
        constraints = entry_constraints(
            models.CheckConstraint(
                name="a_note_says_something",
                condition=~Q(text=""),
                violation_error_message="Write a few words, or close the note.",
            )
        )
        indexes = [
            models.Index(fields=["school", "day"], name="note_day"),
            models.Index(fields=["school", "pupil", "-at"], name="note_pupil"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class MomentRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


@kept()
class MovementBreak(Entry):
    """A movement break: `at` is when it began; it runs until `ended_at`."""

    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = entry_constraints(
            models.CheckConstraint(
                name="a_break_ends_after_it_begins",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("at")),
                violation_error_message="A break ends after it begins.",
            ),
            ExclusionConstraint(
                name="a_pupil_is_on_one_break_at_a_time",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("pupil", RangeOperators.EQUAL),
                    (MomentRange("at", "ended_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(undone_at=None),
                violation_error_message="This pupil is already on a movement break.",
            ),
        )
        indexes = [models.Index(fields=["school", "day"], name="movement_break_day")]

    def __str__(self) -> str:
        return f"Movement break from {self.at:%H:%M}"
