import uuid

from django.conf import settings
from django.db import models

from iap.schools.models.base import SchoolOwned, school_owned

from .report import Report


class ImportRun(SchoolOwned):
    """One run of an import that was applied: who, when, and what came of each file."""

    append_only = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    files = models.JSONField(default=list)
    outcome = models.JSONField(default=dict)

    class Meta:
        constraints = school_owned()
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Import of {self.at:%d/%m/%Y %H:%M}"

    @property
    def report(self) -> Report:
        return Report.from_json(self.outcome, applied=True)
