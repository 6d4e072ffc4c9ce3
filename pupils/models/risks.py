"""A pupil's risk assessment: what could cause harm, what keeps everybody safe, and who has to know."""

import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool

from .pupils import Pupil


class RiskQuerySet(SchoolQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-version")


class RiskAssessment(SchoolOwned):
    """One version of a pupil's risk assessment, as it was saved. A change is a new version; none is rewritten."""

    append_only = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="risk_assessments", db_constraint=False)
    version = models.PositiveIntegerField()
    changed = models.CharField("what changed and why", max_length=300)
    review_on = models.DateField("looked at again by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = RiskQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("pupil"),
            models.UniqueConstraint(
                fields=["school", "pupil", "version"],
                name="a_version_of_a_risk_assessment_stands_once",
                violation_error_message="Somebody has saved another version.",
            ),
            models.CheckConstraint(
                name="a_risk_assessment_says_what_changed",
                condition=~Q(changed=""),
                violation_error_message="Say what changed and why, in a few words.",
            ),
        )

    def __str__(self) -> str:
        return f"Risk assessment of {self.pupil}, version {self.version}"


class Likelihood(models.TextChoices):
    UNLIKELY = "unlikely", "Unlikely"
    POSSIBLE = "possible", "Possible"
    LIKELY = "likely", "Likely"


class Hazard(SchoolOwned):
    """One line of a version: what could cause harm, how likely it is, and what adults do about it.

    `sessions` are titles of the provision's sessions it is about; none named means all of the pupil's.
    """

    append_only = True

    assessment = models.ForeignKey(
        RiskAssessment, models.PROTECT, related_name="hazards", db_constraint=False
    )
    place = models.PositiveSmallIntegerField(help_text="Its place in the list, from 1.")
    hazard = models.CharField("what could cause harm", max_length=200)
    likelihood = models.CharField("how likely", max_length=10, choices=Likelihood)
    controls = models.TextField("what adults do", max_length=1000)
    who_knows = models.CharField("who has been told beside the session’s adults", max_length=200, blank=True)
    sessions = ArrayField(models.CharField(max_length=80), default=list, blank=True)

    class Meta:
        constraints = school_owned(
            SameSchool("assessment"),
            models.CheckConstraint(
                name="a_likelihood_is_known", condition=Q(likelihood__in=Likelihood.values)
            ),
            models.CheckConstraint(
                name="a_hazard_has_its_controls",
                condition=~Q(hazard="") & ~Q(controls=""),
                violation_error_message="Say what could cause harm, and what adults do about it.",
            ),
        )
        ordering = ["place"]

    def __str__(self) -> str:
        return self.hazard

    def is_about(self, titles: set[str]) -> bool:
        """Whether it concerns somebody who is in sessions of these titles with the pupil."""
        return bool(titles) and (not self.sessions or bool(titles & set(self.sessions)))


class RiskRead(SchoolOwned):
    """Somebody has read a version."""

    append_only = True

    assessment = models.ForeignKey(RiskAssessment, models.PROTECT, related_name="reads", db_constraint=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = school_owned(
            SameSchool("assessment"),
            models.UniqueConstraint(
                fields=["school", "assessment", "by"], name="a_risk_assessment_is_read_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.by} has read version {self.assessment.version}"
