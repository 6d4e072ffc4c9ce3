"""The provision's own register: who is here. Never the statutory one."""

from django.db import models

from iap.audit.history import kept
from iap.tenancy.constraints import SameSchool
from pupils.models.entries import Entry, entry_constraints

from .sessions import IapSession


@kept()
class SessionMark(Entry):
    """A pupil is here, or not here, in an occurrence of a session. The latest that stands counts."""

    session = models.ForeignKey(IapSession, models.PROTECT, related_name="marks", db_constraint=False)
    here = models.BooleanField()

    CONTENT = (*Entry.CONTENT, "session_id", "here")

    class Meta:
        constraints = entry_constraints(SameSchool("session"))
        indexes = [models.Index(fields=["school", "day"], name="session_mark_day")]

    def __str__(self) -> str:
        return "Here" if self.here else "Not here"
