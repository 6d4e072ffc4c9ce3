"""The panel: when it meets, who sits, what it decides and why."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from iap.audit.history import kept
from iap.schools.models import ProvisionModel, StaffMember
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool
from referrals.states import State

from .referrals import Referral


@kept()
class Meeting(SchoolOwned):
    """A meeting of the panel."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    day = models.DateField()
    starts = models.TimeField()
    room = models.CharField(max_length=40, blank=True)
    minutes = models.TextField(blank=True, max_length=5000)
    closed_at = models.DateTimeField(null=True, help_text="From then on its minutes stand.")

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(
                fields=["school", "day", "starts"],
                name="one_panel_at_a_time",
                violation_error_message="A panel is already planned for that day and time.",
            ),
        )
        ordering = ["day", "starts"]

    def __str__(self) -> str:
        return f"Panel of {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("referrals:panel", args=[self.uuid])


@kept()
class Member(SchoolOwned):
    """Somebody who sits on one meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="members", db_constraint=False)
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = school_owned(
            SameSchool("meeting"),
            models.UniqueConstraint(fields=["meeting", "name"], name="a_member_sits_once"),
        )
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.post}" if self.post else self.name


class AgendaItemQuerySet(SchoolQuerySet):
    def to_decide(self) -> Self:
        """What a meeting still has before it: at panel, and put on no agenda since."""
        since = AgendaItem.objects.filter(referral=OuterRef("referral"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(since), referral__state=State.AT_PANEL)


@kept()
class AgendaItem(SchoolOwned):
    """A referral on the agenda of a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", db_constraint=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="agenda_items", db_constraint=False)

    objects = AgendaItemQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("meeting"),
            SameSchool("referral"),
            models.UniqueConstraint(fields=["meeting", "referral"], name="a_referral_is_on_an_agenda_once"),
        )
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.referral}, {self.meeting}"


class Outcome(models.TextChoices):
    """What a panel decides. Each names the state it leads to."""

    ACCEPT = "accepted", "Accept now"
    WAIT = "waiting", "Accept to the waiting list"
    MORE = "more-information", "Ask for more information"
    DECLINE = "declined", "Decline, with advice"
    DEFER = "deferred", "Defer to a date"


class Decision(SchoolOwned):
    """A decision and its reasons, refusals too. Nobody edits it away: the table takes no change."""

    append_only = True

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="decisions", db_constraint=False)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="decisions", db_constraint=False
    )
    outcome = models.CharField(max_length=20, choices=Outcome)
    rationale = models.TextField("reasons", max_length=2000)
    conditions = models.TextField(blank=True, max_length=1000)
    model = models.CharField("kind of place", max_length=20, choices=ProvisionModel, blank=True)
    starts_on = models.DateField("hoped-for start", null=True, blank=True)
    key_adult = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    first_review_on = models.DateField("first review", null=True, blank=True)
    tells_family = models.CharField("who tells the family", max_length=120, blank=True)
    tells_family_by = models.DateField("by when", null=True, blank=True)
    advice = models.TextField("what would help instead", blank=True, max_length=2000)
    support_by = models.CharField("who gives the other support", blank=True, max_length=120)
    asked_of = models.CharField("who finds out", blank=True, max_length=120)
    asked_by_day = models.DateField("by when", null=True, blank=True)
    deferred_to = models.DateField(null=True, blank=True)
    priority = models.PositiveSmallIntegerField()
    parts = models.JSONField(default=list, help_text="The parts of the priority as they stood.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = school_owned(
            SameSchool("referral"),
            SameSchool("meeting"),
            SameSchool("key_adult"),
            models.CheckConstraint(
                name="a_decision_gives_its_reasons",
                condition=~Q(rationale=""),
                violation_error_message="Say why the panel decided so.",
            ),
            models.CheckConstraint(
                name="who_declines_says_what_helps_and_who",
                condition=~Q(outcome=Outcome.DECLINE) | (~Q(advice="") & ~Q(support_by="")),
                violation_error_message="Say what would help instead, and who gives it.",
            ),
            models.CheckConstraint(
                name="who_defers_says_until_when",
                condition=~Q(outcome=Outcome.DEFER) | Q(deferred_to__isnull=False),
                violation_error_message="Say to which date it is deferred.",
            ),
            models.CheckConstraint(
                name="who_asks_says_whom_and_by_when",
                condition=~Q(outcome=Outcome.MORE) | (~Q(asked_of="") & Q(asked_by_day__isnull=False)),
                violation_error_message="Say who finds out, and by when.",
            ),
            models.CheckConstraint(name="an_outcome_is_known", condition=Q(outcome__in=Outcome.values)),
        )
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.at:%d/%m/%Y}"
