"""Which of the provision's sessions give an intervention, so that who came is in the day's register already."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from iap.audit.history import kept
from iap.schools.models.base import ValidBetween, days, ends_after_it_starts, school_owned
from iap.tenancy.constraints import SameSchool
from pupils.models import Intervention

from .sessions import IapSession


@kept()
class InterventionSession(ValidBetween):
    """An intervention is given in this session while the link holds."""

    intervention = models.ForeignKey(Intervention, models.PROTECT, related_name="links", db_constraint=False)
    session = models.ForeignKey(IapSession, models.PROTECT, related_name="+", db_constraint=False)

    class Meta:
        constraints = school_owned(
            SameSchool("intervention"),
            SameSchool("session"),
            ends_after_it_starts(),
            ExclusionConstraint(
                name="an_intervention_is_linked_to_a_session_once",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("intervention", RangeOperators.EQUAL),
                    ("session", RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This session is linked already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.intervention} in {self.session}"
