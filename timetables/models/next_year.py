"""In a stable cohort: what is planned for the year after this one."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from iap.audit.history import kept
from iap.schools.models import AcademicYear
from iap.schools.models.base import SchoolOwned, school_owned
from iap.tenancy.constraints import SameSchool
from pupils.models import Placement, Pupil


class Outlook(models.TextChoices):
    RETURN = "return", "Return to the class next year, if it feels possible"
    STAY = "stay", "Stay on in the provision"
    SPECIAL = "special", "Special school"
    UNDECIDED = "undecided", "Not decided yet"


@kept()
class NextYearPlan(SchoolOwned):
    """Where a pupil goes after this school year, and what has to be in place for it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="next_year_plans", db_constraint=False
    )
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+", db_constraint=False)
    year = models.ForeignKey(
        AcademicYear,
        models.PROTECT,
        related_name="+",
        db_constraint=False,
        help_text="The school year in which it is made; the plan is for the one after.",
    )
    outlook = models.CharField(max_length=10, choices=Outlook)
    receiving = models.CharField("receiving class or teacher", max_length=120, blank=True)
    needed = models.TextField("what would need to be in place", max_length=1000, blank=True)
    pupil_view = models.TextField("the pupil’s view", max_length=1000, blank=True)
    family_view = models.TextField("the parent’s or carer’s view", max_length=1000, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    review_on = models.DateField("looked at again on", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = school_owned(
            SameSchool("placement", also=("pupil",)),
            SameSchool("pupil"),
            SameSchool("year"),
            models.UniqueConstraint(
                fields=["school", "placement", "year"],
                name="a_place_has_one_plan_for_next_year",
                violation_error_message="There is a plan for next year already.",
            ),
            models.CheckConstraint(name="an_outlook_is_known", condition=Q(outlook__in=Outlook.values)),
            models.CheckConstraint(
                name="an_outlook_that_is_decided_says_when",
                condition=Q(outlook=Outlook.UNDECIDED, decided_on=None)
                | (~Q(outlook=Outlook.UNDECIDED) & Q(decided_on__isnull=False)),
                violation_error_message="Say when it was decided.",
            ),
            models.CheckConstraint(
                name="a_plan_is_looked_at_after_it_was_decided",
                condition=Q(decided_on=None) | Q(review_on=None) | Q(review_on__gt=F("decided_on")),
                violation_error_message="Choose a day after the decision to look at it again.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_outlook_display()}, after {self.year}"
