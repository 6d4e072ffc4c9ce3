"""Code sets of the school's own system, copied per school so that a school may add to them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from iap.audit.history import kept

from .base import ValidBetween, days, ends_after_it_starts, school_owned


class CodeSet(models.TextChoices):
    ATTENDANCE = "attendance", "Attendance"
    SEN_STAGE = "sen-stage", "SEN stage"
    SEN_TYPE = "sen-type", "SEN type"
    YEAR_GROUP = "year-group", "Year group"
    ETHNICITY = "ethnicity", "Ethnicity"
    SUSPENSION = "suspension", "Reason for suspension"


@kept()
class Code(ValidBetween):
    """One code, what it means, and what it counts as (an attendance category, a key stage)."""

    set = models.CharField(max_length=20, choices=CodeSet)
    code = models.CharField(max_length=10)
    label = models.CharField(max_length=120, blank=True)
    category = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = school_owned(
            ends_after_it_starts(),
            ExclusionConstraint(
                name="a_code_means_one_thing_at_a_time",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("set", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="That code already has a meaning on some of those days.",
            ),
        )
        ordering = ["set", "position", "code"]

    def __str__(self) -> str:
        return self.code
