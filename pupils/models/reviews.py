"""The review of a plan: what was logged, three voices, how far each target came, and what follows."""

import uuid
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from iap.audit.history import kept
from iap.audit.standing import stays_as_it_was
from iap.schools.models import StaffMember
from iap.schools.models.base import SchoolOwned, school_owned
from iap.tenancy.constraints import SameSchool

from .plans import Plan, Reached, Target
from .written import IN_ERROR, Written, written_constraints


class PartOfHeldReview(pgtrigger.Trigger):
    """The rows of a review change no more once it is held."""

    name = "a_held_review_keeps_its_rows"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

    def get_func(self, model: Any) -> str:
        review = Review._meta.db_table
        return f"""
            IF EXISTS (
                SELECT 1 FROM {review} WHERE held_at IS NOT NULL
                AND id = CASE WHEN TG_OP = 'DELETE' THEN OLD.review_id ELSE NEW.review_id END
            ) THEN
                RAISE EXCEPTION 'A held review keeps its rows' USING ERRCODE = 'restrict_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """


class PupilsWay(models.TextChoices):
    """How a pupil's view was heard."""

    SPOKEN = "spoken", "Told somebody they trust"
    WRITTEN = "written", "Wrote or drew it"
    MEETING = "meeting", "Said it at the meeting"
    SPOKEN_FOR = "spoken-for", "Somebody who knows them spoke for them"
    NOT_NOW = "not-now", "Chose not to say"


class FamilysWay(models.TextChoices):
    """How a parent's or carer's view was heard."""

    MEETING = "meeting", "Came to the meeting"
    PHONE = "phone", "By telephone"
    WRITTEN = "written", "In writing"
    NOT_REACHED = "not-reached", "Could not be reached yet"


@kept()
class Review(Written):
    """The review of one plan. `day` is that of the meeting. Until it is held it is prepared, section by section."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reviews", db_constraint=False)
    went_well = models.TextField("what went well", max_length=3000, blank=True)
    was_hard = models.TextField("what was hard, and what we learnt", max_length=3000, blank=True)
    pupil_says = models.TextField("the pupil’s own words", max_length=2000, blank=True)
    pupil_how = models.CharField("how they were heard", max_length=12, choices=PupilsWay, blank=True)
    family_says = models.TextField("the family’s words", max_length=2000, blank=True)
    family_how = models.CharField("how they were heard", max_length=12, choices=FamilysWay, blank=True)
    agreed = models.TextField("what we agreed", max_length=2000, blank=True)
    place = models.CharField("time and room", max_length=120, blank=True)
    facts = models.JSONField(
        default=list, blank=True, editable=False, help_text="What was gathered, as it stood when it was held."
    )
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        constraints = written_constraints(
            SameSchool("plan", also=("pupil",)),
            models.UniqueConstraint(
                fields=["school", "plan"],
                condition=Q(in_error_at=None),
                name="a_plan_is_reviewed_once",
                violation_error_message="This plan has a review already.",
            ),
            models.CheckConstraint(
                name="a_held_review_says_who_held_it",
                condition=Q(held_at=None, held_by=None) | Q(held_at__isnull=False, held_by__isnull=False),
            ),
            models.CheckConstraint(
                name="how_a_pupil_was_heard_is_known", condition=Q(pupil_how__in=["", *PupilsWay.values])
            ),
            models.CheckConstraint(
                name="how_a_family_was_heard_is_known", condition=Q(family_how__in=["", *FamilysWay.values])
            ),
        )
        triggers = stays_as_it_was(but=IN_ERROR, when="OLD.held_at IS NOT NULL")

    def __str__(self) -> str:
        return f"Review of plan {self.plan_id}"

    @property
    def is_held(self) -> bool:
        return self.held_at is not None


class Then(models.TextChoices):
    """What becomes of a target in the next cycle."""

    CARRY = "carry", "Carry on with it"
    CHANGE = "change", "Change it"
    END = "end", "It has done its work"


@kept()
class TargetOutcome(SchoolOwned):
    """How far a target came by its review, and what becomes of it."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="outcomes", db_constraint=False)
    target = models.ForeignKey(Target, models.PROTECT, related_name="outcomes", db_constraint=False)
    reached = models.PositiveSmallIntegerField("step reached", choices=Reached, null=True, blank=True)
    words = models.CharField("what shows it", max_length=500, blank=True)
    then = models.CharField("what follows", max_length=8, choices=Then, blank=True)
    new_words = models.CharField("the target from now on, in the pupil’s words", max_length=200, blank=True)

    class Meta:
        constraints = school_owned(
            SameSchool("review"),
            SameSchool("target"),
            models.UniqueConstraint(fields=["school", "review", "target"], name="a_target_has_one_outcome"),
            models.CheckConstraint(
                name="an_outcome_is_on_the_scale",
                condition=Q(reached=None) | Q(reached__gte=1, reached__lte=5),
            ),
            models.CheckConstraint(
                name="what_follows_a_target_is_known", condition=Q(then__in=["", *Then.values])
            ),
        )
        triggers = [PartOfHeldReview()]

    def __str__(self) -> str:
        return f"{self.target}: {self.get_reached_display() or 'not said yet'}"


@kept()
class Invitation(SchoolOwned):
    """Somebody who is asked to a review: when, whether they came, and what they think."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="invitations", db_constraint=False)
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField("who", max_length=120)
    part = models.CharField("as", max_length=60, blank=True, help_text="Mum, social worker, tutor.")
    invited_on = models.DateField("invited on", null=True, blank=True)
    came = models.BooleanField("came", null=True, blank=True)
    views = models.CharField("their view", max_length=500, blank=True)

    class Meta:
        constraints = school_owned(
            SameSchool("review"),
            models.CheckConstraint(
                name="an_invitation_names_somebody",
                condition=~Q(name=""),
                violation_error_message="Name who is invited.",
            ),
        )
        ordering = ["position", "pk"]
        triggers = [PartOfHeldReview()]

    def __str__(self) -> str:
        return self.name


class HowItGoes(models.TextChoices):
    """A teacher's answer in one tap."""

    WELL = "well", "Going well"
    MIXED = "mixed", "Mixed"
    HARD = "hard", "Hard at the moment"


@kept()
class TeacherVoice(SchoolOwned):
    """A teacher is asked how it is going in their lessons; one tap and one line answer it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, related_name="voices", db_constraint=False)
    teacher = models.ForeignKey(StaffMember, models.PROTECT, related_name="+", db_constraint=False)
    classes = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=HowItGoes, blank=True)
    line = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = school_owned(
            SameSchool("review"),
            SameSchool("teacher"),
            models.UniqueConstraint(
                fields=["school", "review", "teacher"], name="a_teacher_is_asked_once_for_a_review"
            ),
            models.CheckConstraint(
                name="a_teachers_answer_is_known",
                condition=Q(answer="", answered_at=None)
                | Q(answer__in=HowItGoes.values, answered_at__isnull=False),
            ),
        )
        triggers = [PartOfHeldReview()]

    def __str__(self) -> str:
        return f"{self.teacher}: {self.get_answer_display() or 'asked'}"


class ReviewCorrection(SchoolOwned):
    """What a held review should have said. The review stays as it was; this stands beside it, with who and why."""

    append_only = True

    review = models.ForeignKey(Review, models.PROTECT, related_name="corrections", db_constraint=False)
    field = models.CharField(max_length=60)
    was = models.TextField(blank=True)
    now = models.TextField(blank=True)
    why = models.CharField("why it is put right", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = school_owned(
            SameSchool("review"),
            models.CheckConstraint(
                name="a_correction_says_why",
                condition=~Q(why=""),
                violation_error_message="Say in a few words why it is put right.",
            ),
        )
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.field}, put right by {self.by}"
