"""What was brought in, and what is needed to take it back."""

import uuid
from collections.abc import Sequence
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from iap.imports.ledger import Ledger
from iap.imports.report import Report
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool


class RunQuerySet(SchoolQuerySet):
    def with_ends(self) -> Self:
        """With who ran it, and whether and by whom it was undone."""
        return self.select_related("by", "undone__by")

    def standing_with(self, kind: str) -> Self:
        """Those that held this kind and were not undone."""
        return self.filter(outcome__has_key=kind, undone=None)


class ImportRun(SchoolOwned):
    """One run of an import that was applied: who, when, from which files, and what came of each kind."""

    append_only = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # By the database's clock, as the history of rows is: what came after the run is known by it.
    at = models.DateTimeField(db_default=Now())
    source = models.CharField(max_length=60, blank=True, help_text="Where it came from, if not from files.")
    files = models.JSONField(default=list)
    outcome = models.JSONField(default=dict)

    objects = RunQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned()
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Import of {self.at:%d/%m/%Y %H:%M}"

    @property
    def report(self) -> Report:
        return Report.from_json(self.outcome, applied=True)

    @classmethod
    def kept(
        cls, school: Any, *, by: Any, files: Sequence[Any], report: Report, ledger: Ledger, source: str = ""
    ) -> "ImportRun":
        """Keep a run with all that it wrote."""
        run = cls.objects.create(
            school=school, by=by, files=list(files), outcome=report.as_json(), source=source
        )
        RunWrite.objects.bulk_create(
            RunWrite(school=school, run=run, position=n, model=each.model, what=each.what, rows=each.rows)
            for n, each in enumerate(ledger.writes)
            if each.rows
        )
        return run


class RunWrite(SchoolOwned):
    """Some rows that a run wrote, as its ledger has them. They go when a run can no longer be undone."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="writes", db_constraint=False)
    position = models.PositiveIntegerField()
    model = models.CharField(max_length=60)
    what = models.CharField(max_length=10)
    rows = models.JSONField(default=list)

    class Meta:
        constraints = school_owned(
            SameSchool("run"),
            models.UniqueConstraint(
                fields=["school", "run", "position"], name="writes_of_a_run_have_an_order"
            ),
        )
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.model} {self.what}"


class RunUndone(SchoolOwned):
    """A run that was taken back: by whom, and when."""

    append_only = True

    run = models.OneToOneField(ImportRun, models.PROTECT, related_name="undone", db_constraint=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = school_owned(SameSchool("run"))

    def __str__(self) -> str:
        return f"{self.run}, undone"
