"""Files on their way in."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from iap.imports.mapping import Understood
from iap.imports.report import Report
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool
from iap.ui.words import first_of

from .runs import ImportRun


class State(models.TextChoices):
    READING = "reading", "Being read"
    ASKING = "asking", "Waits for your answers"
    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Checked, waits for you"
    APPLYING = "applying", "Being brought in"
    APPLIED = "applied", "Brought in"
    STOPPED = "stopped", "Stopped"


NAMED = 2  # files of a sending that are named where it is listed
AT_WORK = {State.READING, State.CHECKING, State.APPLYING}
WAITING = {State.ASKING, State.CHECKED}
NEXT = {
    State.READING: {State.ASKING, State.CHECKED, State.STOPPED},
    State.ASKING: {State.CHECKING, State.STOPPED},
    State.CHECKING: {State.ASKING, State.CHECKED, State.STOPPED},
    State.CHECKED: {State.CHECKING, State.APPLYING, State.STOPPED},
    State.APPLYING: {State.APPLIED, State.CHECKING, State.CHECKED, State.STOPPED},
    State.APPLIED: set(),
    State.STOPPED: {State.READING, State.CHECKING},
}


class JobQuerySet(SchoolQuerySet):
    def at_work(self) -> Self:
        return self.filter(state__in=AT_WORK)

    def open(self) -> Self:
        """Those that are worked on or wait for somebody."""
        return self.filter(state__in=AT_WORK | WAITING)


class ImportJob(SchoolOwned):
    """One sending of files: what was understood of it, what it would change, and how far it is.

    Its files and the list of what would change lie in its folder for a day. Its state changes in the same
    transaction as the rows it stands for, so an import is never half there.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    source = models.CharField(max_length=60, blank=True, help_text="Where it came from, if not from files.")
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    state_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    files = models.JSONField(default=list)
    understood = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    proposals = models.JSONField(default=dict)
    checked_after = models.CharField(max_length=40, blank=True, help_text="What was in when it was checked.")
    problem = models.TextField(blank=True)
    run = models.ForeignKey(ImportRun, models.PROTECT, null=True, related_name="+", db_constraint=False)

    objects = JobQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("run"),
            models.CheckConstraint(name="a_state_of_a_job_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="a_job_that_was_applied_names_its_run",
                condition=Q(state=State.APPLIED, run__isnull=False) | (~Q(state=State.APPLIED) & Q(run=None)),
            ),
        )
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Files of {self.at:%d/%m/%Y %H:%M}"

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def named(self) -> str:
        """Its files by name, as many as fit a line."""
        return first_of([file["name"] for file in self.files], NAMED)

    @property
    def tables(self) -> list[Understood]:
        return [Understood.from_json(each) for each in self.understood]

    @property
    def report(self) -> Report:
        return Report.from_json(self.outcome, applied=self.state == State.APPLIED)
