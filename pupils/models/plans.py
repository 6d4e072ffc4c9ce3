"""A plan of some school weeks: what gets in the way, and targets in the pupil's own words."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from iap.audit.history import kept
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool

from .placements import Placement
from .written import Written, WrittenQuerySet, written_constraints


class Reached(models.IntegerChoices):
    """How far a pupil has come with a target. Not a mark: five steps in words that a pupil would use."""

    NOT_YET = 1, "Not yet"
    WITH_HELP = 2, "With a lot of help"
    GETTING_THERE = 3, "Getting there"
    MOSTLY = 4, "Most of the time"
    MINE = 5, "I can do this now"


class PlanQuerySet(WrittenQuerySet):
    def open(self) -> Self:
        """Plans that are worked to: not reviewed yet, and not entered in error."""
        return self.standing().filter(reviewed_on=None)

    def in_order(self) -> Self:
        return self.order_by("day", "number", "pk")


@kept()
class Plan(Written):
    """One cycle of assess, plan, do, review, from `day` on. It stays open until its review is held."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="plans", db_constraint=False)
    number = models.PositiveSmallIntegerField(help_text="Which cycle of the place it is, the first being 1.")
    review_on = models.DateField("review on")
    strengths = models.TextField(
        "what goes well", max_length=1500, blank=True, help_text="Strengths and interests to build on."
    )
    barriers = models.TextField(
        "what gets in the way", max_length=1500, help_text="Needs and barriers, in words the family knows."
    )
    with_pupil = models.BooleanField("agreed with the pupil", default=False)
    with_family = models.BooleanField("agreed with a parent or carer", default=False)
    reviewed_on = models.DateField(null=True, blank=True, editable=False)
    saved_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = written_constraints(
            SameSchool("placement", also=("pupil",)),
            models.UniqueConstraint(fields=["school", "id", "pupil"], name="plan_with_its_pupil"),
            models.UniqueConstraint(
                fields=["school", "placement"],
                condition=Q(reviewed_on=None, in_error_at=None),
                name="a_pupil_has_one_plan_at_a_time",
                violation_error_message="This pupil has a plan already. Review it, and the next one follows.",
            ),
            models.UniqueConstraint(
                fields=["school", "placement", "number"],
                condition=Q(in_error_at=None),
                name="a_cycle_is_planned_once",
            ),
            models.CheckConstraint(
                name="a_plan_is_reviewed_after_it_begins",
                condition=Q(review_on__gt=F("day")),
                violation_error_message="The review comes after the first day. Choose a later day.",
            ),
            models.CheckConstraint(
                name="a_plan_names_what_gets_in_the_way",
                condition=~Q(barriers=""),
                violation_error_message="Say what gets in the way, in a few words.",
            ),
        )
        indexes = [models.Index(fields=["school", "pupil", "-day"], name="plan_pupil")]

    def __str__(self) -> str:
        return f"Plan {self.number}, from {self.day}"

    @property
    def is_open(self) -> bool:
        return self.stands and self.reviewed_on is None


class TargetQuerySet(SchoolQuerySet):
    def going_on(self) -> Self:
        """Targets that nobody has ended."""
        return self.filter(ended_on=None)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")


@kept()
class Target(SchoolOwned):
    """What a pupil works towards in one cycle. A target that goes on into the next is a row of its own there."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="targets", db_constraint=False)
    position = models.PositiveSmallIntegerField(default=0)
    words = models.CharField("target, in the pupil’s words", max_length=200)
    success = models.CharField("success looks like", max_length=300)
    provision = models.TextField(
        "what adults do", max_length=600, help_text="Who does what with the pupil, and how often."
    )
    starts_at = models.PositiveSmallIntegerField("where it stands now", choices=Reached)
    aims_at = models.PositiveSmallIntegerField("hoped for", choices=Reached)
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to", db_constraint=False
    )
    ended_on = models.DateField(null=True, blank=True, editable=False)
    ended_why = models.CharField(max_length=200, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = TargetQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("plan"),
            SameSchool("carried_from"),
            models.CheckConstraint(
                name="a_target_says_what_and_how_it_looks",
                condition=~Q(words="") & ~Q(success="") & ~Q(provision=""),
                violation_error_message="Say the target, what adults do, and what success looks like.",
            ),
            models.CheckConstraint(
                name="a_target_aims_no_lower_than_it_starts",
                condition=Q(starts_at__gte=1, starts_at__lte=5, aims_at__lte=5, aims_at__gte=F("starts_at")),
                violation_error_message="Hope for the same step or a further one.",
            ),
            models.CheckConstraint(
                name="an_ended_target_says_who_and_why",
                condition=Q(ended_on=None, ended_by=None, ended_why="")
                | (Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(ended_why="")),
                violation_error_message="Say in a few words why it ends.",
            ),
        )

    def __str__(self) -> str:
        return self.words

    @property
    def goes_on(self) -> bool:
        return self.ended_on is None


@kept()
class TargetEvidence(Written):
    """Something that shows how a target is going: a step on its scale, a few words, or both."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="evidence", db_constraint=False)
    reached = models.PositiveSmallIntegerField("step", choices=Reached, null=True, blank=True)
    text = models.CharField("what shows it", max_length=500, blank=True)

    class Meta:
        constraints = written_constraints(
            SameSchool("target"),
            models.CheckConstraint(
                name="evidence_says_something",
                condition=Q(reached__isnull=False) | ~Q(text=""),
                violation_error_message="Choose a step, or write what you saw.",
            ),
            models.CheckConstraint(
                name="evidence_is_on_the_scale",
                condition=Q(reached=None) | Q(reached__gte=1, reached__lte=5),
            ),
        )
        indexes = [models.Index(fields=["school", "pupil", "-day"], name="target_evidence_pupil")]

    def __str__(self) -> str:
        return self.text or self.get_reached_display() or ""
