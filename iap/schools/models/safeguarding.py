"""Who at a school is spoken to about a worry, and how they are reached."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from iap.audit.history import kept

from .base import SchoolOwned, SchoolQuerySet, school_owned


class SafeguardingPersonQuerySet(SchoolQuerySet):
    def current(self) -> Self:
        """Those to speak to now: the lead first, then deputies in the school's order."""
        return self.filter(is_current=True).order_by("is_deputy", "position", "pk")


@kept()
class SafeguardingPerson(SchoolOwned):
    """The designated safeguarding lead or a deputy, as everybody is shown them. Not an account."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)
    is_deputy = models.BooleanField("deputy", default=False)
    phone = models.CharField(max_length=40, blank=True)
    room = models.CharField("where to find them", max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_current = models.BooleanField(default=True, help_text="Earlier ones stay for what was handed to them.")

    objects = SafeguardingPersonQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            models.CheckConstraint(
                name="a_person_to_speak_to_has_a_name",
                condition=~Q(name=""),
                violation_error_message="Enter a name.",
            ),
            models.CheckConstraint(
                name="a_person_to_speak_to_can_be_reached",
                condition=~Q(phone="", room=""),
                violation_error_message="Enter a telephone number or where to find them.",
            ),
        )
        ordering = ["is_deputy", "position", "pk"]

    def __str__(self) -> str:
        return self.name
