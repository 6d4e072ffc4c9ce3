"""The school's mainstream timetable, with dates of validity so that the past keeps its lessons."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from iap.audit.history import LATER_WRITES, kept
from iap.schools.models import Period, StaffMember
from iap.schools.models.base import SchoolOwned, ValidBetween, days, ends_after_it_starts, school_owned
from iap.tenancy.constraints import SameSchool
from pupils.models import Pupil

WEEKS = [("", "Every week"), ("A", "Week A"), ("B", "Week B")]


@kept()
class MainstreamClass(SchoolOwned):
    """A teaching group, such as 8x/En1."""

    name = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(fields=["school", "name"], name="a_class_is_named_once"),
        )
        verbose_name_plural = "mainstream classes"

    def __str__(self) -> str:
        return self.name


@kept(*LATER_WRITES)
class ClassMember(ValidBetween):
    """A pupil's membership of a class."""

    mainstream_class = models.ForeignKey(
        MainstreamClass, models.PROTECT, related_name="members", db_constraint=False
    )
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="classes", db_constraint=False)

    class Meta:
        constraints = school_owned(
            SameSchool("mainstream_class"),
            SameSchool("pupil"),
            ends_after_it_starts(),
            ExclusionConstraint(
                name="a_pupil_is_in_a_class_once_at_a_time",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("mainstream_class", RangeOperators.EQUAL),
                    ("pupil", RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
            ),
        )

    def __str__(self) -> str:
        return f"{self.pupil} in {self.mainstream_class}"


@kept(*LATER_WRITES)
class MainstreamLesson(ValidBetween):
    """A class in one slot of the cycle."""

    mainstream_class = models.ForeignKey(
        MainstreamClass, models.PROTECT, related_name="lessons", db_constraint=False
    )
    week = models.CharField(max_length=1, blank=True, choices=WEEKS)
    period = models.ForeignKey(Period, models.PROTECT, related_name="lessons", db_constraint=False)
    room = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = school_owned(
            SameSchool("mainstream_class"),
            SameSchool("period"),
            ends_after_it_starts(),
            ExclusionConstraint(
                name="a_class_has_one_lesson_in_a_slot",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("mainstream_class", RangeOperators.EQUAL),
                    ("week", RangeOperators.EQUAL),
                    ("period", RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This class already has a lesson in that slot.",
            ),
        )
        indexes = [models.Index(fields=["school", "period", "week"], name="lesson_slot")]

    def __str__(self) -> str:
        return f"{self.mainstream_class}, {self.period}"


@kept(*LATER_WRITES)
class LessonTeacher(ValidBetween):
    """A teacher of a lesson. A class may have several teachers, and they change."""

    lesson = models.ForeignKey(MainstreamLesson, models.PROTECT, related_name="teachers", db_constraint=False)
    teacher = models.ForeignKey(StaffMember, models.PROTECT, related_name="lessons", db_constraint=False)

    class Meta:
        constraints = school_owned(
            SameSchool("lesson"),
            SameSchool("teacher"),
            ends_after_it_starts(),
            ExclusionConstraint(
                name="a_teacher_has_a_lesson_once",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("lesson", RangeOperators.EQUAL),
                    ("teacher", RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
            ),
        )

    def __str__(self) -> str:
        return f"{self.teacher}, {self.lesson}"
