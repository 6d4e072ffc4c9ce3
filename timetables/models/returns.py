"""A pupil's way back into a class: what the room changes, what helps there, and how each visit went."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from iap.audit.history import kept
from iap.schools.models import StaffMember
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool
from pupils.models import Pupil
from pupils.models.entries import Entry, entry_constraints

from .lessons import MainstreamClass, MainstreamLesson


@kept()
class ClassReturn(SchoolOwned):
    """What is agreed about one pupil in one class: it belongs to the class and whoever teaches it.

    Which slots have returned follows from the steps. `version` grows with every change, so that a teacher who
    has read an earlier one is shown that there is something new.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="returns", db_constraint=False)
    mainstream_class = models.ForeignKey(
        MainstreamClass, models.PROTECT, related_name="returns", db_constraint=False
    )
    helps = models.TextField(
        "what helps in this lesson",
        max_length=300,
        blank=True,
        help_text="Up to three short lines. The teacher sees them; the pupil may read them.",
    )
    first_lesson = models.TextField(
        "the first lesson back",
        max_length=300,
        blank=True,
        help_text="How it begins: who walks over, where the pupil sits, what they do first.",
    )
    exit_plan = models.TextField(
        "if it gets too much",
        max_length=300,
        blank=True,
        help_text="What the pupil may do, where they go, and who comes.",
    )
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = school_owned(
            SameSchool("pupil"),
            SameSchool("mainstream_class"),
            models.UniqueConstraint(
                fields=["school", "pupil", "mainstream_class"],
                name="a_return_to_a_class_is_agreed_once",
                violation_error_message="The return to this class is described already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pupil} in {self.mainstream_class}"

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.helps.splitlines() if line.strip()]


class ChangeState(models.TextChoices):
    AGREED = "agreed", "Agreed"
    IN_PLACE = "in-place", "In place"
    LOOK_AGAIN = "look-again", "Look at it again"
    ENDED = "ended", "No longer needed"


class AgreedChangeQuerySet(SchoolQuerySet):
    def as_on(self, day: dt.date) -> Self:
        """Those that had been agreed by a day, with how they stood then and since when: `state_then`, `since`."""
        history = self.model.pgh_event_model.objects.filter(
            school=OuterRef("school"), pgh_obj=OuterRef("pk"), state_on__lte=day
        ).order_by("-pgh_id")
        then = {
            "state_then": Subquery(history.values("state")[:1]),
            "since": Subquery(history.values("state_on")[:1]),
        }
        return self.annotate(**then).exclude(state_then=None)


@kept()
class AgreedChange(SchoolOwned):
    """Something the classroom changes for the pupil, who sees to it and by when. Its teacher keeps how it stands."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    class_return = models.ForeignKey(ClassReturn, models.PROTECT, related_name="changes", db_constraint=False)
    what = models.CharField("what the classroom changes", max_length=160)
    owner = models.ForeignKey(StaffMember, models.PROTECT, related_name="+", db_constraint=False)
    due_on = models.DateField("in place by")
    state = models.CharField(max_length=12, choices=ChangeState, default=ChangeState.AGREED)
    state_on = models.DateField()
    state_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = AgreedChangeQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("class_return"),
            SameSchool("owner"),
            models.CheckConstraint(
                name="an_agreed_change_says_what",
                condition=~Q(what=""),
                violation_error_message="Say what the classroom changes, in a few words.",
            ),
            models.CheckConstraint(name="a_change_state_is_known", condition=Q(state__in=ChangeState.values)),
        )
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what


class Receipt(SchoolOwned):
    """Somebody has read what is agreed about a return, as it stood in one version."""

    append_only = True

    class_return = models.ForeignKey(
        ClassReturn, models.PROTECT, related_name="receipts", db_constraint=False
    )
    version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = school_owned(
            SameSchool("class_return"),
            models.UniqueConstraint(
                fields=["school", "class_return", "by", "version"], name="a_version_is_read_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.by} has read version {self.version}"


class Outcome(models.TextChoices):
    WELL = "well", "Went well"
    MIXED = "mixed", "Mixed"
    HARD = "hard", "Found it hard"
    ABSENT = "absent", "Not there"
    CANCELLED = "cancelled", "The lesson did not take place"


@kept()
class LessonFeedback(Entry):
    """How one visit to a lesson went, in one tap of its teacher. The latest that stands counts."""

    called = ("word on a lesson", "words on lessons")

    lesson = models.ForeignKey(MainstreamLesson, models.PROTECT, related_name="feedback", db_constraint=False)
    outcome = models.CharField(max_length=10, choices=Outcome)
    line = models.CharField(max_length=200, blank=True)

    CONTENT = (*Entry.CONTENT, "lesson_id", "outcome", "line")

    class Meta:
        constraints = entry_constraints(
            SameSchool("lesson"),
            models.CheckConstraint(
                name="an_outcome_of_a_visit_is_known", condition=Q(outcome__in=Outcome.values)
            ),
        )
        indexes = [
            models.Index(fields=["school", "pupil", "-day"], name="lesson_feedback_pupil"),
            models.Index(fields=["school", "lesson", "day"], name="lesson_feedback_lesson"),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


@kept()
class LessonCover(SchoolOwned):
    """On one day somebody else takes a mainstream lesson, and is shown who comes to it."""

    lesson = models.ForeignKey(MainstreamLesson, models.PROTECT, related_name="cover", db_constraint=False)
    day = models.DateField()
    covered_by = models.ForeignKey(StaffMember, models.PROTECT, related_name="+", db_constraint=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = school_owned(
            SameSchool("lesson"),
            SameSchool("covered_by"),
            models.UniqueConstraint(
                fields=["school", "lesson", "day"],
                name="a_lesson_is_covered_once_a_day",
                violation_error_message="Cover for this lesson is noted already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.covered_by} on {self.day}"
