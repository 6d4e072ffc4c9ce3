"""What staff write about a pupil, once, to be found wherever it is needed."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool

from .pupils import Pupil

IN_ERROR = ("in_error_at", "in_error_by", "in_error_why")


class WrittenQuerySet(SchoolQuerySet):
    def standing(self) -> Self:
        """What was not entered in error."""
        return self.filter(in_error_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-day", "-pk")


def written_constraints(*constraints: models.BaseConstraint) -> list[models.BaseConstraint]:
    """A model's constraints, with those that everything written carries."""
    return school_owned(
        SameSchool("pupil"),
        models.CheckConstraint(
            name="%(class)s_in_error_says_who_and_why",
            condition=Q(in_error_at=None, in_error_by=None, in_error_why="")
            | (Q(in_error_at__isnull=False, in_error_by__isnull=False) & ~Q(in_error_why="")),
            violation_error_message="Say why it was entered in error.",
        ),
        *constraints,
    )


class Written(SchoolOwned):
    """A record that somebody writes about a pupil. Wrong ones stay, struck through, with the reason."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+", db_constraint=False)
    day = models.DateField(help_text="The day it is about.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    in_error_at = models.DateTimeField(null=True, blank=True, editable=False)
    in_error_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    in_error_why = models.CharField(max_length=200, blank=True, editable=False)

    objects = WrittenQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        abstract = True

    @property
    def stands(self) -> bool:
        return self.in_error_at is None
