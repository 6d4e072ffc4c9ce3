"""When the school is open, which week of the cycle it is, and the bell."""

import datetime as dt
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from iap.audit.history import kept

from .base import SchoolOwned, SchoolQuerySet, days, ends_after_it_starts, school_owned


class Weekday(models.IntegerChoices):
    MONDAY = 1, "Monday"
    TUESDAY = 2, "Tuesday"
    WEDNESDAY = 3, "Wednesday"
    THURSDAY = 4, "Thursday"
    FRIDAY = 5, "Friday"


class PeriodKind(models.TextChoices):
    REGISTRATION = "registration", "Registration"
    LESSON = "lesson", "Lesson"
    BREAK = "break", "Break"
    LUNCH = "lunch", "Lunch"


@kept()
class AcademicYear(SchoolOwned):
    """A school year, first day to last day, both included."""

    name = models.CharField(max_length=20)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")

    class Meta:
        constraints = school_owned(
            ends_after_it_starts("starts_on", "ends_on"),
            ExclusionConstraint(
                name="a_school_is_in_one_year_at_a_time",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    (days("starts_on", "ends_on", last_day_included=True), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Another school year already covers some of those days.",
            ),
        )
        ordering = ["starts_on"]

    def __str__(self) -> str:
        return self.name


@kept()
class Term(SchoolOwned):
    """A term or half term, first day to last day, both included."""

    name = models.CharField(max_length=40)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")

    class Meta:
        constraints = school_owned(
            ends_after_it_starts("starts_on", "ends_on"),
            ExclusionConstraint(
                name="a_school_is_in_one_term_at_a_time",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    (days("starts_on", "ends_on", last_day_included=True), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Another term already covers some of those days.",
            ),
        )
        ordering = ["starts_on"]

    def __str__(self) -> str:
        return self.name


@kept()
class CycleWeek(SchoolOwned):
    """A calendar week in which the school is open, and its place in the cycle.

    The label is stored, never computed: holidays shift it. A week without a row is closed.
    """

    monday = models.DateField()
    label = models.CharField(
        max_length=1, blank=True, choices=[("", "Every week"), ("A", "Week A"), ("B", "Week B")]
    )

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(
                fields=["school", "monday"],
                name="a_week_has_one_label",
                violation_error_message="That week is already in the calendar.",
            ),
            models.CheckConstraint(
                name="a_cycle_week_starts_on_a_monday",
                condition=Q(monday__iso_week_day=1),
                violation_error_message="A week starts on a Monday.",
            ),
        )
        ordering = ["monday"]

    def __str__(self) -> str:
        return f"Week of {self.monday}"


@kept()
class Closure(SchoolOwned):
    """A weekday on which the school is closed to pupils within an open week."""

    day = models.DateField()
    reason = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(
                fields=["school", "day"],
                name="a_day_is_closed_once",
                violation_error_message="That day is already marked as closed.",
            )
        )
        ordering = ["day"]

    def __str__(self) -> str:
        return f"Closed on {self.day}"


class PeriodQuerySet(SchoolQuerySet):
    def on_weekday(self, day: dt.date) -> Self:
        return self.filter(weekday=day.isoweekday())

    def in_order(self) -> Self:
        return self.order_by("weekday", "starts", "pk")


@kept()
class Period(SchoolOwned):
    """One stretch of one weekday as the school's bell has it."""

    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    name = models.CharField(max_length=20, help_text="As on the timetable: Reg, 1, Break …")
    starts = models.TimeField()
    ends = models.TimeField()
    kind = models.CharField(max_length=12, choices=PeriodKind)

    objects = PeriodQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(
                fields=["school", "weekday", "name"],
                name="a_period_is_named_once_a_day",
                violation_error_message="That day already has a period with this name.",
            ),
            models.CheckConstraint(
                name="a_period_ends_after_it_starts",
                condition=Q(ends__gt=F("starts")),
                violation_error_message="A period must end after it starts.",
            ),
            models.CheckConstraint(name="a_period_kind_is_known", condition=Q(kind__in=PeriodKind.values)),
            models.CheckConstraint(
                name="a_period_is_on_a_school_day", condition=Q(weekday__gte=1, weekday__lte=5)
            ),
        )
        ordering = ["weekday", "starts"]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.name}"

    @property
    def minutes(self) -> int:
        start, end = (dt.datetime.combine(dt.date.min, t) for t in (self.starts, self.ends))
        return int((end - start).total_seconds() // 60)

    @property
    def is_lesson(self) -> bool:
        return self.kind == PeriodKind.LESSON
