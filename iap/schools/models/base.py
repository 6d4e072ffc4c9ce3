"""What every row of a school has in common."""

import datetime as dt
from typing import Any, Self

from django.contrib.postgres.fields import DateRangeField, RangeBoundary
from django.db import models
from django.db.models import F, Func, Q

from iap.tenancy.constraints import RowsOfOwnSchool


class SchoolQuerySet(models.QuerySet[Any]):
    def at(self, schools: Any) -> Self:
        """Rows of these schools. Every view starts here; row security is only the net below."""
        return self.filter(school__in=schools)


class SchoolManager(models.Manager.from_queryset(SchoolQuerySet)):  # type: ignore[misc]
    """What a model of a school offers where it has no query set of its own."""


def school_owned(*constraints: models.BaseConstraint) -> list[models.BaseConstraint]:
    """A model's constraints, with the two that every school-owned table carries."""
    return [
        models.UniqueConstraint(fields=["school", "id"], name="%(class)s_of_a_school"),
        RowsOfOwnSchool(name="%(class)s_own_school"),
        *constraints,
    ]


class SchoolOwned(models.Model):
    """A row that belongs to one school."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")

    objects = SchoolManager()

    class Meta:
        abstract = True


class DateRange(Func):
    """`[start, end)`: the end is the first day on which it no longer holds; no end is open."""

    function = "DATERANGE"
    output_field = DateRangeField()


def days(start: str = "valid_from", end: str = "valid_to", *, last_day_included: bool = False) -> DateRange:
    """The range between two date columns, for exclusion constraints."""
    return DateRange(start, end, RangeBoundary(inclusive_upper=last_day_included))


class ValidQuerySet(SchoolQuerySet):
    def valid_on(self, day: dt.date) -> Self:
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))

    def standing_from(self, day: dt.date) -> Self:
        """What holds on that day or begins to hold after it."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day))


class ValidBetween(SchoolOwned):
    """A row that holds from a day until, not including, another: the past keeps naming what was true then."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")

    objects = ValidQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        abstract = True

    def is_valid_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def ends_after_it_starts(start: str = "valid_from", end: str = "valid_to") -> models.CheckConstraint:
    return models.CheckConstraint(
        name="%(class)s_ends_after_it_starts",
        condition=Q(**{end: None}) | Q(**{f"{end}__gt": F(start)}),
        violation_error_message="The end must be after the start.",
    )
