"""A provision's review of itself: dated versions, with what people judge and what they do next."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from iap.audit.history import kept
from iap.schools.models import Stage
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool


class SelfReviewQuerySet(SchoolQuerySet):
    def underway(self) -> Self:
        return self.filter(kept_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-begun_at", "-pk")


@kept()
class SelfReview(SchoolOwned):
    """One version. While it is underway its judgements change; once kept, it stays as it was on that day."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    stage = models.CharField("stage of the provision", max_length=20, choices=Stage)
    summary = models.TextField("in a few sentences", max_length=1000, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(null=True, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SelfReviewQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(kept_at=None),
                name="one_self_review_is_underway",
                violation_error_message="A review is underway already.",
            ),
            models.CheckConstraint(
                name="a_kept_self_review_says_who_kept_it",
                condition=Q(kept_at=None, kept_by=None) | Q(kept_at__isnull=False, kept_by__isnull=False),
            ),
            models.CheckConstraint(name="a_review_stage_is_known", condition=Q(stage__in=Stage.values)),
        )

    def __str__(self) -> str:
        return f"Self-review of {self.kept_at or self.begun_at:%-d %B %Y}"

    @property
    def is_underway(self) -> bool:
        return self.kept_at is None


class Level(models.TextChoices):
    """How far a statement holds. Words of a conversation, no grades."""

    NOT_YET = "not-yet", "Not yet"
    PARTLY = "partly", "In part"
    MOSTLY = "mostly", "Mostly"
    FULLY = "fully", "Fully"


@kept()
class Judgement(SchoolOwned):
    """What people say of one statement, why, and what they do next. `evidence` is what stood beside it when kept."""

    review = models.ForeignKey(SelfReview, models.PROTECT, related_name="judgements", db_constraint=False)
    statement = models.SlugField(max_length=40)
    level = models.CharField("how far it holds", max_length=10, choices=Level, blank=True)
    why = models.TextField("how we know", max_length=1000, blank=True)
    next_step = models.CharField("what we do next", max_length=300, blank=True)
    who = models.CharField("who sees to it", max_length=120, blank=True)
    due_on = models.DateField("by when", null=True, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = school_owned(
            SameSchool("review"),
            models.UniqueConstraint(
                fields=["school", "review", "statement"], name="a_statement_is_judged_once_in_a_review"
            ),
            models.CheckConstraint(
                name="a_level_is_known", condition=Q(level="") | Q(level__in=Level.values)
            ),
            models.CheckConstraint(
                name="a_next_step_names_somebody",
                condition=Q(next_step="") | ~Q(who=""),
                violation_error_message="Say who sees to it.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.statement}: {self.get_level_display() or 'not said yet'}"
