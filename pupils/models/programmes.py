"""Interventions and enrichment: what the school offers, and what one pupil is given of it."""

import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from iap.audit.history import kept
from iap.schools.models import StaffMember
from iap.schools.models.base import SchoolOwned, ValidBetween, days, ends_after_it_starts, school_owned
from iap.tenancy.constraints import SameSchool

from .assessments import Score, ScoreField
from .entries import Entry, entry_constraints
from .needs import Need
from .written import Written, WrittenQuerySet, written_constraints


class Strand(models.TextChoices):
    ASSESSMENT = "assessment", "Assessment"
    INTERVENTION = "intervention", "Intervention"
    ENRICHMENT = "enrichment", "Enrichment"
    VOCATIONAL = "vocational", "Vocational"
    CURRICULUM = "curriculum", "Curriculum"


def _money() -> models.DecimalField:
    return models.DecimalField(
        "cost of a session for one pupil",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="In pounds. Leave empty where it is not known.",
    )


@kept()
class Programme(ValidBetween):
    """Something the school offers in one of the five strands. One that has ended takes no new pupils."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)
    strand = models.CharField(max_length=12, choices=Strand)
    about = models.CharField("what it is", max_length=300, blank=True)
    in_group = models.BooleanField("usually in a group", default=False)
    sessions = models.PositiveSmallIntegerField("sessions planned", help_text="As it is usually given: 12")
    minutes = models.PositiveSmallIntegerField("minutes of a session", null=True, blank=True)
    cost = _money()
    measure = models.ForeignKey(
        ScoreField,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        verbose_name="looked at before and after",
    )

    class Meta:
        constraints = school_owned(
            SameSchool("measure"),
            ends_after_it_starts(),
            ExclusionConstraint(
                name="a_programme_is_named_once_at_a_time",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    (Lower("name"), RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Another programme has this name.",
            ),
            models.CheckConstraint(name="a_programme_strand_is_known", condition=Q(strand__in=Strand.values)),
            models.CheckConstraint(
                name="a_programme_has_1_to_200_sessions",
                condition=Q(sessions__gte=1, sessions__lte=200),
                violation_error_message="Enter between 1 and 200 sessions.",
            ),
        )
        ordering = ["strand", Lower("name")]

    def __str__(self) -> str:
        return self.name


class Ending(models.TextChoices):
    COMPLETED = "completed", "Completed"
    EARLY = "early", "Stopped early"


class InterventionQuerySet(WrittenQuerySet):
    def open_on(self, day: object) -> Self:
        """What runs on that day: begun, not stopped, not entered in error."""
        return self.standing().filter(day__lte=day).filter(Q(ended_on=None) | Q(ended_on__gte=day))


@kept()
class Intervention(Written):
    """A programme for one pupil: `day` is its first day, `ended_on` its last."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="interventions", db_constraint=False
    )
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    aim = models.CharField("what we hope for", max_length=200, blank=True)
    deliverer = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    delivered_by = models.CharField("somebody from outside", max_length=120, blank=True)
    in_group = models.BooleanField(default=False)
    planned = models.PositiveSmallIntegerField("sessions planned")
    until = models.DateField("planned until", null=True, blank=True)
    cost = _money()
    entry = models.ForeignKey(
        Score, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    exit = models.ForeignKey(
        Score, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    ended_on = models.DateField("last day", null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    ended_words = models.CharField("what came of it", max_length=300, blank=True)

    objects = InterventionQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = written_constraints(
            SameSchool("programme"),
            SameSchool("need"),
            SameSchool("deliverer"),
            SameSchool("entry"),
            SameSchool("exit"),
            models.CheckConstraint(
                name="an_intervention_has_a_deliverer",
                condition=Q(deliverer__isnull=False) | ~Q(delivered_by=""),
                violation_error_message="Choose who gives it, or name somebody from outside.",
            ),
            models.CheckConstraint(
                name="an_intervention_has_1_to_200_sessions",
                condition=Q(planned__gte=1, planned__lte=200),
                violation_error_message="Enter between 1 and 200 sessions.",
            ),
            models.CheckConstraint(
                name="an_intervention_is_planned_forwards",
                condition=Q(until=None) | Q(until__gte=F("day")),
                violation_error_message="The last day cannot come before the first.",
            ),
            models.CheckConstraint(
                name="an_ended_intervention_says_how",
                condition=Q(ended_on=None, ending="")
                | (Q(ended_on__gte=F("day")) & Q(ending__in=Ending.values)),
                violation_error_message="Say how it ended, on or after its first day.",
            ),
            models.CheckConstraint(
                name="what_stops_early_says_why",
                condition=~Q(ending=Ending.EARLY) | ~Q(ended_words=""),
                violation_error_message="Say why it stops early.",
            ),
            models.UniqueConstraint(
                fields=["school", "pupil", "programme"],
                condition=Q(in_error_at=None, ended_on=None),
                name="a_pupil_is_on_a_programme_once",
                violation_error_message="The pupil is on this programme already.",
            ),
        )
        indexes = [models.Index(fields=["school", "pupil"], name="intervention_pupil")]

    def __str__(self) -> str:
        return str(self.programme)

    @property
    def given_by(self) -> str:
        return str(self.deliverer) if self.deliverer_id else self.delivered_by


class Extension(SchoolOwned):
    """An intervention was planned longer, and why."""

    append_only = True

    intervention = models.ForeignKey(
        Intervention, models.PROTECT, related_name="extensions", db_constraint=False
    )
    planned_before = models.PositiveSmallIntegerField()
    planned = models.PositiveSmallIntegerField()
    until_before = models.DateField(null=True)
    until = models.DateField(null=True)
    why = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = school_owned(
            SameSchool("intervention"),
            models.CheckConstraint(
                name="an_extension_says_why",
                condition=~Q(why=""),
                violation_error_message="Say why it goes on.",
            ),
        )
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.planned_before} to {self.planned} sessions"


@kept()
class GivenSession(Entry):
    """An intervention's session that stands in no register, logged in one tap. The day's latest counts."""

    called = ("session that was given", "sessions that were given")

    intervention = models.ForeignKey(Intervention, models.PROTECT, related_name="given", db_constraint=False)
    here = models.BooleanField()

    CONTENT = (*Entry.CONTENT, "intervention_id", "here")

    class Meta:
        constraints = entry_constraints(SameSchool("intervention"))
        indexes = [models.Index(fields=["school", "intervention", "day"], name="given_session_day")]

    def __str__(self) -> str:
        return "Took part" if self.here else "Not there"
