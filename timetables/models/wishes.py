"""Lessons that a pupil asks for."""

from django.conf import settings
from django.db import models

from iap.audit.history import kept
from iap.schools.models.base import SchoolOwned, school_owned
from iap.tenancy.constraints import SameSchool
from pupils.models import Pupil

from .lessons import MainstreamClass


@kept()
class LessonWish(SchoolOwned):
    """A pupil has asked to be back in the lessons of this class. Gone when they no longer do; its history is kept."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="lesson_wishes", db_constraint=False)
    mainstream_class = models.ForeignKey(
        MainstreamClass, models.PROTECT, related_name="wishes", db_constraint=False
    )
    said_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = school_owned(
            SameSchool("pupil"),
            SameSchool("mainstream_class"),
            models.UniqueConstraint(
                fields=["school", "pupil", "mainstream_class"], name="a_lesson_is_asked_for_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.pupil} asks for {self.mainstream_class}"
