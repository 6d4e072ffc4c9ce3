"""A request that a pupil be given a place, from its draft to the place."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.urls import reverse

from iap.audit.history import kept
from iap.errors import Refused
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool
from pupils.models import Pupil
from referrals.states import ACCEPTED_ONES, NEXT, OPEN, UNDECIDED, State


class Reason(models.TextChoices):
    """Why a place is asked for."""

    EXCLUSION = "exclusion", "Risk of suspension or permanent exclusion"
    ABSENCE = "absence", "Severe absence, or not coming into lessons"
    LEARNING = "learning", "Cannot learn in class at present"
    WELLBEING = "wellbeing", "Wellbeing"
    TRANSITION = "transition", "New to the school, or back after a long time away"
    OTHER = "other", "Something else"


class Hardest(models.TextChoices):
    """When the day is hardest."""

    FIRST = "first", "First thing"
    LESSONS = "lessons", "In particular lessons"
    SOCIAL = "social", "Break and lunch"
    MOVING = "moving", "Moving between lessons"
    END = "end", "End of the day"


class Agrees(models.TextChoices):
    YES = "yes", "Yes"
    NOT_YET = "not-yet", "Not yet decided"
    NO = "no", "No"


class Risk(models.TextChoices):
    """How near exclusion is, as the referrer judges it. The panel sees the school's own log beside it."""

    NONE = "none", "Not at present"
    RISING = "rising", "Suspensions are likely"
    HIGH = "high", "Permanent exclusion is likely without a change"


class Fit(models.TextChoices):
    """How the pupil would fit with the groups there are now, as the lead judges it."""

    UNKNOWN = "unknown", "Not judged yet"
    GOOD = "good", "Fits a group with room"
    CAREFUL = "careful", "Fits with some changes"
    APART = "apart", "Not with the present groups"


class ReferralQuerySet(SchoolQuerySet):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def sent(self) -> Self:
        """All but drafts: a draft is its writer's alone."""
        return self.exclude(submitted_at=None)

    def undecided(self) -> Self:
        return self.filter(state__in=UNDECIDED)

    def waiting_for_a_place(self) -> Self:
        return self.filter(state__in=ACCEPTED_ONES)

    def written_by(self, user: object) -> Self:
        return self.filter(referrer=user)

    def with_effects(self) -> Self:
        """With `effects`, what came of each thing that was tried, in the order it was written."""
        return self.annotate(
            effects=ArrayAgg(
                "strategies__effect",
                filter=Q(strategies__isnull=False),
                order_by="strategies__pk",
                default=Value([]),
            )
        )

    def back_from_deferral(self, day: dt.date) -> Self:
        return self.filter(state=State.DEFERRED, deferred_to__lte=day)


@kept()
class Referral(SchoolOwned):
    """A colleague's request for a place, what they see, and how far it has come."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(null=True, help_text="Counted per school, given when it is sent.")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="referrals", db_constraint=False)
    referrer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    referrer_post = models.CharField("your role with the pupil", max_length=80, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    state_at = models.DateTimeField()
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    deferred_to = models.DateField(null=True)

    happening = models.TextField("what is happening?", blank=True, max_length=2000)
    hardest = ArrayField(models.CharField(max_length=10, choices=Hardest), default=list, blank=True)
    goes_well = models.TextField("what goes well, and who do they trust?", blank=True, max_length=2000)
    interests = models.CharField("strengths and interests", blank=True, max_length=300)

    reasons = ArrayField(models.CharField(max_length=12, choices=Reason), default=list, blank=True)
    exclusion_risk = models.CharField("risk of exclusion", max_length=8, choices=Risk, blank=True)
    needs = models.TextField("presenting needs", blank=True, max_length=1000)
    risks = models.TextField("risks to plan for", blank=True, max_length=1000)
    agencies = models.CharField("agencies involved", blank=True, max_length=300)

    pupil_words = models.TextField("the pupil’s own words", blank=True, max_length=1000)
    family_informed_on = models.DateField("parent or carer told on", null=True, blank=True)
    family_agrees = models.CharField("parent or carer agrees", max_length=8, choices=Agrees, blank=True)
    family_views = models.TextField("parent’s or carer’s views", blank=True, max_length=1000)
    outcomes = models.TextField("what we hope for", blank=True, max_length=1000)

    supported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_punishment = models.BooleanField("is this place itself a punishment?", null=True, blank=True)
    said_punishment = models.BooleanField(default=False, help_text="Sent with a Yes at least once. Counted.")
    talked_at = models.DateTimeField(null=True)
    talked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    talk = models.TextField("what came of the talk", blank=True, max_length=500)

    fit = models.CharField(max_length=8, choices=Fit, default=Fit.UNKNOWN)
    fit_note = models.TextField(blank=True, max_length=500, help_text="Seen by the lead alone.")
    override = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 to 100")
    override_reason = models.CharField(max_length=300, blank=True)
    override_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    family_told_on = models.DateField(null=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = ReferralQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("pupil"),
            models.UniqueConstraint(fields=["school", "number"], name="a_referral_number_is_used_once"),
            models.CheckConstraint(name="a_referral_state_is_known", condition=Q(state__in=State.values)),
            models.UniqueConstraint(
                fields=["school", "pupil"],
                condition=Q(state__in=OPEN),
                name="one_open_referral_per_pupil",
                violation_error_message="This pupil already has an open referral.",
            ),
            models.CheckConstraint(
                name="a_sent_referral_has_a_number",
                condition=Q(submitted_at=None, number=None)
                | Q(submitted_at__isnull=False, number__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_no_draft_was_sent",
                condition=Q(submitted_at__isnull=False) | Q(state__in=[State.DRAFT, State.WITHDRAWN]),
            ),
            models.CheckConstraint(
                name="a_punishment_never_goes_to_panel",
                condition=Q(state__in=[State.DRAFT, State.SUBMITTED, State.MORE_INFORMATION, State.WITHDRAWN])
                | Q(is_punishment=False),
                violation_error_message="A place is never a punishment. Talk with the referrer first.",
            ),
            models.CheckConstraint(
                name="a_deferred_referral_comes_back",
                condition=Q(state=State.DEFERRED, deferred_to__isnull=False)
                | (~Q(state=State.DEFERRED) & Q(deferred_to=None)),
                violation_error_message="Say when a deferred referral comes back.",
            ),
            models.CheckConstraint(
                name="an_override_gives_a_reason",
                condition=Q(override=None, override_by=None, override_reason="")
                | (Q(override__lte=100, override_by__isnull=False) & ~Q(override_reason="")),
                violation_error_message="Say why the order is changed.",
            ),
            models.CheckConstraint(name="a_referral_fit_is_known", condition=Q(fit__in=Fit.values)),
        )
        indexes = [models.Index(fields=["school", "state"], name="referral_state")]

    def __str__(self) -> str:
        return f"Referral {self.number}" if self.number else "A draft referral"

    def get_absolute_url(self) -> str:
        return reverse("referrals:detail", args=[self.uuid])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_to_talk_about(self) -> bool:
        """Sent with the answer that the place is a punishment: the lead talks with the referrer first."""
        return bool(self.is_punishment) and self.state == State.SUBMITTED

    def become(self, state: State, *, at: dt.datetime) -> None:
        """Move to `state`, or refuse. Changes the object only; saving is the action's part."""
        if state not in NEXT[State(self.state)]:
            raise Refused(f"This referral is already “{self.get_state_display().lower()}”.")
        if state == State.AT_PANEL and self.is_punishment is not False:
            raise Refused(
                "This referral says that the place is a punishment. Talk with the referrer first; "
                "it cannot go to panel as it is."
            )
        self.state, self.state_at = state, at
        if state != State.DEFERRED:
            self.deferred_to = None
