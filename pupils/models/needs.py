"""What a pupil needs, what stands in the way, and what they are good at, in the school's own words."""

import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from iap.audit.history import kept
from iap.schools.models.base import ValidBetween, days, ends_after_it_starts, school_owned
from iap.tenancy.constraints import SameSchool

from .written import Written, WrittenQuerySet, written_constraints


class NeedArea(models.TextChoices):
    """Three kinds of need, and strengths beside them. What a referral brought is sorted by a person."""

    LEARNING = "learning", "Learning"
    WELLBEING = "wellbeing", "Wellbeing"
    SAFETY = "safety", "Safety"
    STRENGTH = "strength", "Strengths"
    UNSORTED = "unsorted", "From the referral, to sort"


class FoundAt(models.TextChoices):
    REFERRAL = "referral", "At referral"
    ASSESSMENT = "assessment", "At assessment"
    REVIEW = "review", "At a review"
    DAY = "day", "In day-to-day work"


@kept()
class NeedWord(ValidBetween):
    """A need or strength as the school words it. One that is no longer used ends; records keep it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.CharField(max_length=10, choices=NeedArea)
    words = models.CharField(max_length=80)

    class Meta:
        constraints = school_owned(
            ends_after_it_starts(),
            ExclusionConstraint(
                name="a_need_is_worded_once_at_a_time",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    (Lower("words"), RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="The list has these words already.",
            ),
            models.CheckConstraint(
                name="a_word_belongs_to_a_known_area",
                condition=Q(area__in=[area for area in NeedArea.values if area != NeedArea.UNSORTED]),
            ),
            models.CheckConstraint(
                name="a_need_word_says_something",
                condition=~Q(words=""),
                violation_error_message="Write the words.",
            ),
        )
        ordering = ["area", Lower("words")]

    def __str__(self) -> str:
        return self.words


class NeedQuerySet(WrittenQuerySet):
    def open(self) -> Self:
        """What still holds: neither ended nor entered in error."""
        return self.standing().filter(ended_on=None)


@kept()
class Need(Written):
    """Something a pupil needs, or is good at: a word of the school's list, what it looks like here, or both."""

    area = models.CharField(max_length=10, choices=NeedArea)
    word = models.ForeignKey(
        NeedWord, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    detail = models.TextField(max_length=1000, blank=True)
    found_at = models.CharField(max_length=10, choices=FoundAt)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_words = models.CharField("what came of it", max_length=200, blank=True)

    objects = NeedQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = written_constraints(
            SameSchool("word"),
            models.CheckConstraint(
                name="a_need_says_what",
                condition=Q(word__isnull=False) | ~Q(detail=""),
                violation_error_message="Choose words from the list, or write what you see.",
            ),
            models.CheckConstraint(name="a_need_area_is_known", condition=Q(area__in=NeedArea.values)),
            models.CheckConstraint(
                name="a_need_is_found_somewhere", condition=Q(found_at__in=FoundAt.values)
            ),
            models.CheckConstraint(
                name="an_ended_need_says_who",
                condition=Q(ended_on=None, ended_by=None) | Q(ended_by__isnull=False, ended_on__gte=F("day")),
                violation_error_message="It cannot end before it was found.",
            ),
            models.UniqueConstraint(
                fields=["school", "pupil", "word"],
                condition=Q(in_error_at=None, ended_on=None),
                name="a_pupil_has_a_need_once",
                violation_error_message="This is noted for the pupil already.",
            ),
        )
        indexes = [models.Index(fields=["school", "pupil"], name="need_pupil")]

    def __str__(self) -> str:
        return str(self.word) if self.word_id else self.detail[:80]

    @property
    def is_strength(self) -> bool:
        return self.area == NeedArea.STRENGTH
