"""That a worry was told to the designated safeguarding lead. Never what it is about."""

import uuid as uuids

from django.conf import settings
from django.db import models
from django.db.models import Q

from iap.audit.history import kept
from iap.schools.models import SafeguardingPerson
from iap.tenancy.constraints import SameSchool

from .written import Written, WrittenQuerySet, written_constraints

REFERENCE = r"^[A-Za-z0-9][A-Za-z0-9/._-]{0,23}$"


class HandOffError(models.TextChoices):
    """Why a hand-off was entered in error: a choice, since words could tell what it was about."""

    PUPIL = "About another pupil", "About another pupil"
    PERSON = "To somebody else, or at another time", "To somebody else, or at another time"
    TWICE = "Entered twice", "Entered twice"


class HandOffQuerySet(WrittenQuerySet):
    def unconfirmed(self) -> "HandOffQuerySet":
        return self.standing().filter(confirmed_at=None)


@kept()
class HandOff(Written):
    """Somebody has spoken to the safeguarding lead about a pupil: to whom, when, and where it is recorded.

    The record itself lives outside this product; `reference` is a number there, too short for a story.
    """

    entry = models.UUIDField(default=uuids.uuid4, help_text="Made with the form: sent twice, kept once.")
    told_at = models.DateTimeField("when you spoke")
    to = models.ForeignKey(
        SafeguardingPerson, models.PROTECT, related_name="+", db_constraint=False, verbose_name="to whom"
    )
    reference = models.CharField("reference in the safeguarding record", max_length=24, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = HandOffQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = written_constraints(
            SameSchool("to"),
            models.UniqueConstraint(fields=["school", "entry"], name="a_hand_off_is_kept_once"),
            models.CheckConstraint(
                name="a_hand_off_reference_is_no_story",
                condition=Q(reference="") | Q(reference__regex=REFERENCE),
                violation_error_message="Enter the reference alone: letters and digits, without spaces.",
            ),
            models.CheckConstraint(
                name="a_hand_off_error_is_a_choice",
                condition=Q(in_error_why="") | Q(in_error_why__in=HandOffError.values),
            ),
            models.CheckConstraint(
                name="a_confirmation_says_who",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        )
        indexes = [
            models.Index(
                fields=["school"],
                condition=Q(confirmed_at=None, in_error_at=None),
                name="hand_off_unconfirmed",
            )
        ]

    def __str__(self) -> str:
        return f"Told to {self.to}"
