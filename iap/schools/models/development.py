"""What staff can do and have learnt: skills, qualifications, training by topic, and supervision."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from iap.audit.history import kept
from iap.tenancy.constraints import SameSchool

from .base import SchoolOwned, SchoolQuerySet, school_owned
from .people import StaffMember


@kept()
class TrainingTopic(SchoolOwned):
    """Something the school wants its adults to have learnt, and how long that stays fresh."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)
    refresh_months = models.PositiveSmallIntegerField(
        "refreshed after (months)", null=True, blank=True, help_text="Empty where it is learnt once."
    )
    for_teachers = models.BooleanField("also for teachers to whose lessons pupils return", default=True)

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(
                "school",
                Lower("name"),
                name="a_topic_of_training_has_its_own_name",
                violation_error_message="There is a topic by that name already.",
            ),
            models.CheckConstraint(
                name="a_topic_is_refreshed_within_ten_years",
                condition=Q(refresh_months=None) | Q(refresh_months__gte=1, refresh_months__lte=120),
                violation_error_message="Enter between 1 and 120 months, or nothing.",
            ),
        )
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TrainingQuerySet(SchoolQuerySet):
    def fresh_on(self, day: dt.date) -> Self:
        """What was done by that day and need not be refreshed by then."""
        return self.filter(done_on__lte=day).filter(Q(refresh_by=None) | Q(refresh_by__gte=day))


@kept()
class Training(SchoolOwned):
    """A member of staff, of the provision or of the mainstream, has learnt something."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    staff = models.ForeignKey(StaffMember, models.PROTECT, related_name="training", db_constraint=False)
    topic = models.ForeignKey(TrainingTopic, models.PROTECT, related_name="training", db_constraint=False)
    done_on = models.DateField("done on")
    refresh_by = models.DateField("refreshed by", null=True, blank=True)
    given_by = models.CharField("given by", max_length=120, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = TrainingQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("staff"),
            SameSchool("topic"),
            models.UniqueConstraint(
                fields=["school", "staff", "topic", "done_on"],
                name="a_training_is_recorded_once",
                violation_error_message="This is recorded already.",
            ),
            models.CheckConstraint(
                name="a_training_is_refreshed_after_it_was_done",
                condition=Q(refresh_by=None) | Q(refresh_by__gt=F("done_on")),
                violation_error_message="It is refreshed after the day on which it was done.",
            ),
        )
        ordering = ["-done_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.topic}, {self.done_on}"


@kept()
class Qualification(SchoolOwned):
    """A qualification, and until when it holds."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    staff = models.ForeignKey(StaffMember, models.PROTECT, related_name="qualifications", db_constraint=False)
    name = models.CharField(max_length=120)
    awarded_on = models.DateField("awarded on", null=True, blank=True)
    expires_on = models.DateField("last day on which it holds", null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = school_owned(
            SameSchool("staff"),
            models.CheckConstraint(name="a_qualification_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="a_qualification_ends_after_it_was_awarded",
                condition=Q(awarded_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("awarded_on")),
                violation_error_message="It cannot end before it was awarded.",
            ),
        )
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


@kept()
class Skill(SchoolOwned):
    """Something a member of staff does well and colleagues may ask for: signing, bike repair, Polish."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    staff = models.ForeignKey(StaffMember, models.PROTECT, related_name="skills", db_constraint=False)
    name = models.CharField(max_length=80)

    class Meta:
        constraints = school_owned(
            SameSchool("staff"),
            models.UniqueConstraint(
                "school",
                "staff",
                Lower("name"),
                name="a_skill_is_noted_once",
                violation_error_message="This skill is noted already.",
            ),
            models.CheckConstraint(name="a_skill_has_a_name", condition=~Q(name="")),
        )
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class SupervisionQuerySet(SchoolQuerySet):
    def to_be_held(self) -> Self:
        return self.filter(held_on=None)


@kept()
class Supervision(SchoolOwned):
    """A time to think about the work with somebody: when it is planned, and when it was held. No content."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    staff = models.ForeignKey(StaffMember, models.PROTECT, related_name="supervisions", db_constraint=False)
    planned_on = models.DateField("planned for")
    held_on = models.DateField("held on", null=True, blank=True)
    with_whom = models.CharField("with whom", max_length=120, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = SupervisionQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("staff"),
            models.UniqueConstraint(
                fields=["school", "staff", "planned_on"],
                name="a_supervision_is_planned_once_for_a_day",
                violation_error_message="Supervision is planned for that day already.",
            ),
        )
        ordering = ["-planned_on", "-pk"]

    def __str__(self) -> str:
        return f"Supervision on {self.held_on or self.planned_on}"
