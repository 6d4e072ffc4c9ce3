"""After a place: how it was handed over, what the pupil says of it, and whether the return holds."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from iap.audit.history import kept
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool

from .placements import Placement
from .pupils import Pupil
from .written import Written, written_constraints

AFTER_WEEKS = (2, 6, 12)  # school weeks after the end of a place


@kept()
class PlacementExit(SchoolOwned):
    """How a place ended: what changed, in words, and who looks after the pupil from then on."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="exits", db_constraint=False)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+", db_constraint=False)
    outcomes = models.TextField("what has changed", max_length=1000, blank=True)
    handed_to = models.CharField("handed over to", max_length=160)
    handover = models.TextField("what they need to know", max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = school_owned(
            SameSchool("placement", also=("pupil",)),
            SameSchool("pupil"),
            models.UniqueConstraint(fields=["school", "placement"], name="a_place_is_handed_over_once"),
            models.CheckConstraint(
                name="a_handover_names_somebody",
                condition=~Q(handed_to=""),
                violation_error_message="Say who looks after the pupil from now on.",
            ),
        )

    def __str__(self) -> str:
        return f"Handed over to {self.handed_to}"


class Holds(models.TextChoices):
    """Whether a return, or what came after the place, holds: said by a person, never worked out."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class FollowUpQuerySet(SchoolQuerySet):
    def unanswered(self) -> Self:
        return self.filter(answer="")

    def due_by(self, day: dt.date) -> Self:
        """Those still to be answered whose day has come."""
        return self.unanswered().filter(due_on__lte=day)


@kept()
class FollowUpCheck(SchoolOwned):
    """Two, six or twelve school weeks after a place has ended: does it hold? One line by a person."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="follow_ups", db_constraint=False)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+", db_constraint=False)
    weeks = models.PositiveSmallIntegerField("school weeks after the end")
    due_on = models.DateField()
    answer = models.CharField("does it hold?", max_length=8, choices=Holds, blank=True)
    line = models.CharField("in one line", max_length=200, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("placement", also=("pupil",)),
            SameSchool("pupil"),
            models.UniqueConstraint(
                fields=["school", "placement", "weeks"], name="a_place_is_followed_up_once_at_each_time"
            ),
            models.CheckConstraint(
                name="a_follow_up_is_after_2_6_or_12_weeks", condition=Q(weeks__in=AFTER_WEEKS)
            ),
            models.CheckConstraint(
                name="a_follow_up_answer_is_known", condition=Q(answer="") | Q(answer__in=Holds.values)
            ),
            models.CheckConstraint(
                name="a_follow_up_is_answered_by_a_person_in_a_line",
                condition=Q(answer="", line="", answered_by=None, answered_at=None)
                | (~Q(answer="") & ~Q(line="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                violation_error_message="Choose an answer, and say in one line how you know.",
            ),
        )
        indexes = [models.Index(fields=["school", "due_on"], name="follow_up_due")]

    def __str__(self) -> str:
        return f"After {self.weeks} school weeks"


class Feels(models.TextChoices):
    BETTER = "better", "Better than when I came"
    SAME = "same", "About the same"
    HARDER = "harder", "Harder than before"


@kept()
class ExitEvaluation(Written):
    """What the pupil says of their time here, at its end: in their own hand, or told to `by`."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="evaluations", db_constraint=False)
    own_hand = models.BooleanField(default=False, help_text="Entered by the pupil on their own page.")
    feels = models.CharField("how school feels now", max_length=8, choices=Feels, blank=True)
    helped = models.TextField("what helped", max_length=500, blank=True)
    hard = models.TextField("what was hard", max_length=500, blank=True)
    proud = models.TextField("what I am proud of", max_length=500, blank=True)
    advice = models.TextField("what I would tell somebody who is new", max_length=500, blank=True)

    class Meta:
        constraints = written_constraints(
            SameSchool("placement", also=("pupil",)),
            models.CheckConstraint(
                name="an_evaluation_says_something",
                condition=~Q(feels="", helped="", hard="", proud="", advice=""),
                violation_error_message="Answer at least one question.",
            ),
            models.CheckConstraint(
                name="how_school_feels_is_known", condition=Q(feels="") | Q(feels__in=Feels.values)
            ),
        )
        indexes = [models.Index(fields=["school", "placement"], name="exit_evaluation_placement")]

    def __str__(self) -> str:
        return f"{self.pupil} on their time here"
