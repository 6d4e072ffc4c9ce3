"""What somebody has looked at after the school's timetable changed around a pupil's step."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from iap.audit.history import kept
from iap.schools.models.base import SchoolOwned, school_owned
from iap.tenancy.constraints import SameSchool
from pupils.models import Pupil

from .steps import HybridStep


@kept()
class LookedAt(SchoolOwned):
    """Somebody saw these findings about a step; the pupil is listed again when there are others."""

    called = ("look at a timetable", "looks at timetables")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    step = models.ForeignKey(HybridStep, models.PROTECT, related_name="looks", db_constraint=False)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+", db_constraint=False)
    findings = ArrayField(
        models.CharField(max_length=64), help_text="The seal of each finding that was seen."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = school_owned(
            SameSchool("step"),
            SameSchool("pupil"),
            models.CheckConstraint(name="a_look_names_what_was_seen", condition=~Q(findings=[])),
        )
        ordering = ["-at", "-pk"]
        verbose_name_plural = "looked at"

    def __str__(self) -> str:
        return f"Looked at on {self.at:%d/%m/%Y}"
