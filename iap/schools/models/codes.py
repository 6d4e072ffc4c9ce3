"""Code sets of the school's own system, copied per school so that a school may add to them."""

import datetime as dt
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models

from iap.audit.history import kept

from .base import ValidBetween, ValidQuerySet, days, ends_after_it_starts, school_owned


class CodeSet(models.TextChoices):
    ATTENDANCE = "attendance", "Attendance"
    SEN_STAGE = "sen-stage", "SEN stage"
    SEN_TYPE = "sen-type", "SEN type"
    YEAR_GROUP = "year-group", "Year group"
    ETHNICITY = "ethnicity", "Ethnicity"
    SUSPENSION = "suspension", "Reason for suspension"


class CodeQuerySet(ValidQuerySet):
    def of_set(self, code_set: str) -> Self:
        return self.filter(set=code_set)


@kept()
class Code(ValidBetween):
    """One code, what it means, and what it counts as (an attendance category, a key stage)."""

    uuid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    set = models.CharField(max_length=20, choices=CodeSet)
    code = models.CharField(max_length=10)
    label = models.CharField(max_length=120, blank=True)
    category = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = CodeQuerySet.as_manager()  # type: ignore[misc,assignment]

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

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it holds, if it ends."""
        return self.valid_to - dt.timedelta(days=1) if self.valid_to else None
