"""Talking with home and with agencies: what was said, what was agreed, what is planned, and what was sent."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from iap.audit.history import kept
from iap.schools.models import StaffMember
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool

from .agencies import Agency
from .pupils import Pupil
from .written import Written, WrittenQuerySet, written_constraints


class How(models.TextChoices):
    PHONE = "phone", "Telephone"
    MEETING = "meeting", "Meeting"
    MESSAGE = "message", "Message or e-mail"
    VISIT = "visit", "Home visit"
    GATE = "gate", "At the gate"


class Tone(models.TextChoices):
    """What a contact with home was about. Not how anybody behaved."""

    GOOD = "good", "Good news"
    PLAIN = "plain", "Everyday, or both"
    HARD = "hard", "Something difficult"


class ContactLogQuerySet(WrittenQuerySet):
    def with_home(self) -> Self:
        return self.filter(agency=None)

    def reached(self) -> Self:
        """Contacts in which somebody was spoken to."""
        return self.standing().filter(reached=True)


@kept()
class ContactLog(Written):
    """One contact about a pupil, with somebody at home or of an agency."""

    with_name = models.CharField("with whom", max_length=120)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="contacts", db_constraint=False
    )
    how = models.CharField(max_length=8, choices=How)
    reached = models.BooleanField("we spoke", default=True)
    shared = models.BooleanField("we told them something about the pupil", default=True)
    tone = models.CharField("what it was about", max_length=8, choices=Tone, blank=True)
    said = models.TextField("what was said", max_length=2000)

    objects = ContactLogQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = written_constraints(
            SameSchool("agency", also=("pupil",)),
            models.CheckConstraint(
                name="a_contact_is_with_somebody",
                condition=~Q(with_name="") & ~Q(said=""),
                violation_error_message="Say with whom, and what was said.",
            ),
            models.CheckConstraint(
                name="a_contact_with_home_says_what_it_was_about",
                condition=(Q(agency=None) & ~Q(tone="")) | Q(agency__isnull=False, tone=""),
                violation_error_message="Choose what it was about.",
            ),
            models.CheckConstraint(name="how_a_contact_was_made_is_known", condition=Q(how__in=How.values)),
        )
        indexes = [models.Index(fields=["school", "pupil", "-day"], name="contact_log_pupil")]

    def __str__(self) -> str:
        return f"{self.get_how_display()}, {self.with_name}"


class AgreedActionQuerySet(SchoolQuerySet):
    def open(self) -> Self:
        """Not done yet, of a contact that stands."""
        return self.filter(done_on=None, contact__in_error_at=None)


@kept()
class AgreedAction(SchoolOwned):
    """Something agreed in a contact: what, who sees to it, by when. A colleague, or somebody else by name."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contact = models.ForeignKey(ContactLog, models.PROTECT, related_name="actions", db_constraint=False)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+", db_constraint=False)
    what = models.CharField(max_length=200)
    owner = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    owner_name = models.CharField("somebody else", max_length=120, blank=True)
    due_on = models.DateField("by")
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AgreedActionQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            SameSchool("contact"),
            SameSchool("pupil"),
            SameSchool("owner"),
            models.CheckConstraint(
                name="an_agreed_action_says_what", condition=~Q(what=""), violation_error_message="Say what."
            ),
            models.CheckConstraint(
                name="an_agreed_action_has_one_owner",
                condition=Q(owner__isnull=False, owner_name="") | (Q(owner=None) & ~Q(owner_name="")),
                violation_error_message="Choose a colleague, or name somebody else.",
            ),
            models.CheckConstraint(
                name="an_agreed_action_is_done_by_somebody",
                condition=Q(done_on=None, done_by=None) | Q(done_on__isnull=False, done_by__isnull=False),
            ),
        )
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["school", "due_on"], condition=Q(done_on=None), name="agreed_action_to_do")
        ]

    def __str__(self) -> str:
        return self.what


class PlannedContactQuerySet(WrittenQuerySet):
    def to_be_made(self) -> Self:
        """Nobody has made it, or the contact that did was entered in error."""
        not_made = Q(made=None) | Q(made__in_error_at__isnull=False)
        return self.standing().filter(not_made, dropped_on=None)


@kept()
class PlannedContact(Written):
    """A contact that somebody means to make by `day`, with whom and why."""

    with_name = models.CharField("with whom", max_length=120)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    why = models.CharField("what for", max_length=200, blank=True)
    made = models.OneToOneField(
        ContactLog, models.PROTECT, null=True, blank=True, related_name="planned", db_constraint=False
    )
    dropped_on = models.DateField(null=True, blank=True)

    objects = PlannedContactQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = written_constraints(
            SameSchool("agency", also=("pupil",)),
            SameSchool("made"),
            models.CheckConstraint(name="a_planned_contact_is_with_somebody", condition=~Q(with_name="")),
            models.CheckConstraint(
                name="a_planned_contact_is_made_or_dropped", condition=Q(made=None) | Q(dropped_on=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.with_name} by {self.day}"


@kept(but=("paper",))
class Letter(Written):
    """A letter home: its words as they were when it was made, and the paper itself as it was sent."""

    kind = models.CharField(max_length=40)
    to_name = models.CharField("to", max_length=120)
    title = models.CharField(max_length=160)
    text = models.TextField("words", max_length=6000)
    signed = models.CharField("signed by", max_length=160)
    reply = models.BooleanField("with a slip to send back", default=False)
    paper = models.BinaryField(editable=False)
    sent_on = models.DateField(null=True, blank=True)
    sent_how = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = written_constraints(
            models.CheckConstraint(
                name="a_letter_has_words",
                condition=~Q(text="") & ~Q(to_name="") & ~Q(title=""),
                violation_error_message="A letter needs somebody to read it, a title and words.",
            ),
            models.CheckConstraint(
                name="a_sent_letter_says_how",
                condition=Q(sent_on=None, sent_how="") | (Q(sent_on__isnull=False) & ~Q(sent_how="")),
                violation_error_message="Say how it was sent.",
            ),
        )
        indexes = [models.Index(fields=["school", "pupil", "-day"], name="letter_pupil")]

    def __str__(self) -> str:
        return self.title
