"""Assessments: tools as data, and scores. Never the items or the wording of an instrument."""

import uuid
from decimal import Decimal
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from iap.audit.history import kept
from iap.schools.models.base import SchoolOwned, ValidBetween, days, ends_after_it_starts, school_owned
from iap.tenancy.constraints import SameSchool

from .written import Written, written_constraints


class Informant(models.TextChoices):
    """Whose view a score is."""

    PUPIL = "pupil", "Pupil"
    FAMILY = "family", "Parent or carer"
    TEACHER = "teacher", "Teacher"
    STAFF = "staff", "Staff of the provision"


class Good(models.TextChoices):
    """Which way is good."""

    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"


class Unit(models.TextChoices):
    NUMBER = "number", "Number"
    AGE = "age", "Age in years and months"  # stored in months


@kept()
class Tool(ValidBetween):
    """A way of assessing, as its scores are kept here."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=60)
    about = models.CharField("what it is for", max_length=200, blank=True)
    informants = ArrayField(models.CharField(max_length=8, choices=Informant))
    at_start = models.BooleanField(
        "for every pupil who joins", default=False, help_text="A first score is asked for in the first weeks."
    )
    repeat_weeks = models.PositiveSmallIntegerField(
        "again after", null=True, blank=True, help_text="School weeks. Leave empty where it is not repeated."
    )

    class Meta:
        constraints = school_owned(
            ends_after_it_starts(),
            ExclusionConstraint(
                name="a_tool_is_named_once_at_a_time",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    (Lower("name"), RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Another assessment has this name.",
            ),
            models.CheckConstraint(
                name="a_tool_is_repeated_after_1_to_52_weeks",
                condition=Q(repeat_weeks=None) | Q(repeat_weeks__gte=1, repeat_weeks__lte=52),
                violation_error_message="Enter between 1 and 52 school weeks.",
            ),
            models.CheckConstraint(
                name="a_tool_asks_somebody",
                condition=Q(informants__len__gte=1) & Q(informants__contained_by=Informant.values),
                violation_error_message="Choose who is asked.",
            ),
        )
        ordering = [Lower("name")]

    def __str__(self) -> str:
        return self.name

    @property
    def asked(self) -> str:
        """Pupil, parent or carer"""
        return ", ".join(str(Informant(each).label) for each in self.informants)


@kept()
class ScoreField(SchoolOwned):
    """One score of a tool: its name, its range, and which way is good. The first is the one shown first."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tool = models.ForeignKey(Tool, models.PROTECT, related_name="fields", db_constraint=False)
    name = models.CharField(max_length=40)
    unit = models.CharField(max_length=8, choices=Unit, default=Unit.NUMBER)
    low = models.DecimalField(max_digits=6, decimal_places=1)
    high = models.DecimalField(max_digits=6, decimal_places=1)
    good = models.CharField(max_length=8, choices=Good)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = school_owned(
            SameSchool("tool"),
            models.UniqueConstraint(
                fields=["school", "tool", "name"],
                name="a_score_is_named_once",
                violation_error_message="Two scores have the same name.",
            ),
            models.CheckConstraint(
                name="a_score_has_a_range",
                condition=Q(high__gt=F("low")),
                violation_error_message="The highest score must be above the lowest.",
            ),
            models.CheckConstraint(name="a_score_has_a_good_way", condition=Q(good__in=Good.values)),
            models.CheckConstraint(name="a_score_unit_is_known", condition=Q(unit__in=Unit.values)),
        )
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    def said(self, value: Decimal | None) -> str:
        """The score in words: 14, 14.5, or 9 years 6 months."""
        return said(self.unit, value)

    def change(self, first: Decimal, last: Decimal) -> Decimal:
        """How far it moved the good way; below nought where it moved the other."""
        return last - first if self.good == Good.HIGHER else first - last


def said(unit: str, value: Decimal | None) -> str:
    if value is None:
        return ""
    if unit == Unit.AGE:
        years, months = divmod(int(value), 12)
        return f"{years}y {months}m" if years else f"{months}m"
    return f"{value.normalize():f}"


@kept()
class Band(SchoolOwned):
    """From a score on, and up to the next band, what the score is called. Bands may differ by informant."""

    field = models.ForeignKey(ScoreField, models.CASCADE, related_name="bands", db_constraint=False)
    informant = models.CharField(max_length=8, choices=Informant, blank=True)
    least = models.DecimalField("from", max_digits=6, decimal_places=1)
    words = models.CharField(max_length=40)

    class Meta:
        constraints = school_owned(
            SameSchool("field"),
            models.UniqueConstraint(
                fields=["school", "field", "informant", "least"],
                name="a_band_begins_once",
                violation_error_message="Two bands begin at the same score.",
            ),
        )
        ordering = ["informant", "least"]

    def __str__(self) -> str:
        return self.words


@kept()
class Assessment(Written):
    """One tool, one informant, one day: its scores are kept beneath it."""

    tool = models.ForeignKey(Tool, models.PROTECT, related_name="assessments", db_constraint=False)
    informant = models.CharField(max_length=8, choices=Informant)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = written_constraints(
            SameSchool("tool"),
            models.UniqueConstraint(
                fields=["school", "pupil", "tool", "informant", "day"],
                condition=Q(in_error_at=None),
                name="an_informant_is_asked_once_a_day",
                violation_error_message="Scores of that day are kept already.",
            ),
            models.CheckConstraint(name="an_informant_is_known", condition=Q(informant__in=Informant.values)),
        )
        indexes = [models.Index(fields=["school", "pupil", "-day"], name="assessment_pupil")]

    def __str__(self) -> str:
        return f"{self.tool}, {self.get_informant_display().lower()}"


@kept()
class Score(SchoolOwned):
    """One score, with what its band was called when it was kept: later bands do not rewrite it."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="scores", db_constraint=False)
    field = models.ForeignKey(ScoreField, models.PROTECT, related_name="scores", db_constraint=False)
    value = models.DecimalField(max_digits=6, decimal_places=1)
    band = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = school_owned(
            SameSchool("assessment"),
            SameSchool("field"),
            models.UniqueConstraint(
                fields=["school", "assessment", "field"], name="an_assessment_has_a_score_once"
            ),
        )
        ordering = ["field__position", "pk"]

    def __str__(self) -> str:
        return f"{self.field} {self.said}"

    @property
    def said(self) -> str:
        return self.field.said(self.value)


def band_of(bands: Any, informant: str, value: Decimal) -> str:
    """What a score is called: by the informant's own bands where there are some, else by those for everybody."""
    own = [band for band in bands if band.informant == informant] or [b for b in bands if not b.informant]
    reached = [band for band in own if band.least <= value]
    return max(reached, key=lambda band: band.least).words if reached else ""
