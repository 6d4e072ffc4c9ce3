"""The pupil's own page on the provision's tablet, and what they say there."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from iap.audit.history import kept
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool

from .entries import Entry, entry_constraints
from .pupils import Pupil


class VoiceTimeQuerySet(SchoolQuerySet):
    def running_at(self, moment: dt.datetime) -> Self:
        return self.filter(ended_at=None, opened_at__lte=moment, until__gt=moment)


@kept()
class VoiceTime(SchoolOwned):
    """A member of staff hands the tablet to a pupil: until it ends, it reaches that pupil's own page alone."""

    called = ("time with the tablet", "times with the tablet")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+", db_constraint=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = VoiceTimeQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("pupil"),
            models.CheckConstraint(
                name="a_pupils_time_has_an_end",
                condition=Q(until__gt=F("opened_at")),
                violation_error_message="The time ends after it begins.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pupil}’s page until {self.until:%H:%M}"

    def is_running(self, moment: dt.datetime) -> bool:
        return self.ended_at is None and moment < self.until


class DayMood(models.IntegerChoices):
    """How a pupil says the day was. Theirs to choose; never a mark."""

    REALLY_HARD = 1, "Really hard"
    HARD = 2, "Hard"
    MIXED = 3, "Mixed"
    GOOD = 4, "Good"
    REALLY_GOOD = 5, "Really good"


class Helped(models.TextChoices):
    """What helped today, each with a symbol on screen."""

    ADULT = "adult", "Talking to an adult"
    FRIENDS = "friends", "Friends"
    BREAK = "break", "A break"
    QUIET = "quiet", "A quiet place"
    MOVING = "moving", "Moving about"
    MAKING = "making", "Making something"
    LESSON = "lesson", "A lesson I liked"
    FOOD = "food", "Food or drink"


@kept()
class PupilSaid(Entry):
    """How the day was, in the pupil's own words and symbols. `by` is who handed over the tablet."""

    called = ("thing a pupil said", "things a pupil said")

    mood = models.PositiveSmallIntegerField(choices=DayMood, null=True, blank=True)
    helped = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    words = models.TextField(max_length=500, blank=True)

    CONTENT = (*Entry.CONTENT, "mood", "helped", "words")

    class Meta:
        constraints = entry_constraints(
            models.CheckConstraint(
                name="a_day_has_five_faces", condition=Q(mood=None) | Q(mood__gte=1, mood__lte=5)
            ),
            models.CheckConstraint(
                name="what_helped_is_known", condition=Q(helped__contained_by=Helped.values)
            ),
            models.CheckConstraint(
                name="a_pupil_says_something",
                condition=Q(mood__isnull=False) | ~Q(words="") | ~Q(helped=[]),
                violation_error_message="Choose a face or a picture, or write something.",
            ),
        )
        indexes = [models.Index(fields=["school", "pupil", "-at"], name="pupil_said_pupil")]

    def __str__(self) -> str:
        return self.words[:60] or str(self.get_mood_display() or "")

    @property
    def helped_words(self) -> list[str]:
        return [Helped(each).label for each in self.helped]
