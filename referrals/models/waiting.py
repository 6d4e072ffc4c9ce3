"""While a pupil waits: support, who must be kept apart, and the offer of a place."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from iap.audit.history import kept
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool
from pupils.models import Pupil

from .referrals import Referral


@kept()
class InterimSupport(SchoolOwned):
    """What a pupil has while they wait: what, who gives it, and when it is looked at again."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="interim", db_constraint=False)
    what = models.CharField(max_length=200)
    who = models.CharField("who gives it", max_length=120)
    review_on = models.DateField("reviewed on")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review = models.CharField("how it goes", max_length=300, blank=True)

    class Meta:
        constraints = school_owned(SameSchool("referral"))
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return self.what


@kept()
class KeepApart(SchoolOwned):
    """Two pupils who are not placed in one session. Seen by the lead alone."""

    called = ("pair kept apart", "pairs kept apart")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    one = models.ForeignKey(Pupil, models.PROTECT, related_name="+", db_constraint=False)
    other = models.ForeignKey(Pupil, models.PROTECT, related_name="+", db_constraint=False)
    reason = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = school_owned(
            SameSchool("one"),
            SameSchool("other"),
            models.CheckConstraint(
                name="nobody_is_kept_apart_from_themselves",
                condition=Q(one__lt=F("other")),
                violation_error_message="Choose two different pupils.",
            ),
            models.UniqueConstraint(
                fields=["school", "one", "other"],
                name="two_pupils_are_kept_apart_once",
                violation_error_message="These two are kept apart already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"


class Answer(models.TextChoices):
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Not answered in time"
    WITHDRAWN = "withdrawn", "Taken back"


class OfferQuerySet(SchoolQuerySet):
    def unanswered(self) -> Self:
        return self.filter(answer="")

    def run_out(self, day: dt.date) -> Self:
        return self.unanswered().filter(expires_on__lt=day)


@kept()
class Offer(SchoolOwned):
    """A place offered to a family, until a day."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="offers", db_constraint=False)
    starts_on = models.DateField("first day")
    expires_on = models.DateField("to be answered by", help_text="The last day on which it can be accepted.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer_words = models.CharField("what the family said", max_length=300, blank=True)

    objects = OfferQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("referral"),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(answer=""),
                name="one_open_offer_per_referral",
                violation_error_message="A place is already offered.",
            ),
            models.CheckConstraint(
                name="an_offer_is_answered_before_it_begins",
                condition=Q(expires_on__lte=F("starts_on")),
                violation_error_message="The offer must be answered on or before the first day.",
            ),
            models.CheckConstraint(
                name="an_answer_has_a_time",
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        )
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"A place from {self.starts_on}"
