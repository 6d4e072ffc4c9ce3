"""Work that a class sends to a pupil in the base, and that comes back."""

from django.db import models
from django.db.models import Q

from iap.audit.history import kept
from iap.tenancy.constraints import SameSchool
from pupils.models.entries import Entry, entry_constraints

from .lessons import MainstreamClass


class WorkKind(models.TextChoices):
    SENT = "sent", "Work sent"
    RETURNED = "returned", "Work came back"


@kept()
class WorkMove(Entry):
    """Work of a class went to the pupil, or came back done, in one tap."""

    mainstream_class = models.ForeignKey(
        MainstreamClass, models.PROTECT, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=8, choices=WorkKind)

    CONTENT = (*Entry.CONTENT, "mainstream_class_id", "kind")

    class Meta:
        constraints = entry_constraints(
            SameSchool("mainstream_class"),
            models.CheckConstraint(name="work_is_sent_or_returned", condition=Q(kind__in=WorkKind.values)),
        )
        indexes = [models.Index(fields=["school", "pupil", "-day"], name="work_move_pupil")]

    def __str__(self) -> str:
        return self.get_kind_display()
