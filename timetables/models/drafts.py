"""A step that is not decided yet."""

from django.conf import settings
from django.db import models

from iap.schools.models.base import SchoolOwned, school_owned
from iap.tenancy.constraints import SameSchool
from pupils.models import Placement


class StepDraft(SchoolOwned):
    """A step as somebody left it, to be taken up again. It changes nobody's week."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="drafts", db_constraint=False)
    fields = models.JSONField(default=dict)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = school_owned(
            SameSchool("placement"),
            models.UniqueConstraint(fields=["school", "placement"], name="a_place_has_one_draft"),
        )

    def __str__(self) -> str:
        return f"Draft for {self.placement}"
