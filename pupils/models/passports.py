"""A pupil's passport: one page in their own words about what helps, in versions, with who has read which."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from iap.audit.history import kept
from iap.audit.standing import stays_as_it_was
from iap.schools.models.base import SchoolOwned, school_owned
from iap.tenancy.constraints import SameSchool

from .written import IN_ERROR, Written, WrittenQuerySet, written_constraints


class PassportQuerySet(WrittenQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-version", "-pk")


@kept()
class Passport(Written):
    """One version of a pupil's passport. It never changes: what is new is a version of its own."""

    version = models.PositiveIntegerField()
    own_words = models.TextField(
        "about me, in my own words", max_length=700, help_text="What the pupil would like adults to know."
    )
    strengths = models.TextField("what I am good at", max_length=500, blank=True)
    helps = models.TextField(
        "what helps me", max_length=500, help_text="A line each; the first three show to teachers."
    )
    avoid = models.TextField("what makes it harder", max_length=500, blank=True)
    early_signs = models.TextField("early signs that I need help", max_length=500, blank=True)
    script = models.TextField(
        "what adults say then",
        max_length=500,
        blank=True,
        help_text="The words that were agreed, as they are said.",
    )
    exit_card = models.TextField(
        "my exit card", max_length=300, blank=True, help_text="How I show it, where I go, who comes."
    )

    PARTS = ("own_words", "strengths", "helps", "avoid", "early_signs", "script", "exit_card")

    objects = PassportQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = written_constraints(
            models.UniqueConstraint(
                fields=["school", "pupil", "version"], name="a_passport_has_one_of_each_version"
            ),
            models.CheckConstraint(
                name="a_passport_has_the_pupils_words_and_what_helps",
                condition=~Q(own_words="") & ~Q(helps=""),
                violation_error_message="Write the pupil’s own words, and what helps.",
            ),
        )
        triggers = stays_as_it_was(but=IN_ERROR)

    def __str__(self) -> str:
        return f"Passport, version {self.version}"

    @staticmethod
    def lines_of(text: str) -> list[str]:
        """A line each, without the dashes and dots that people put before them."""
        return [line for each in text.splitlines() if (line := each.strip(" -–•·"))]

    @property
    def lines(self) -> list[str]:
        """What helps, a line each."""
        return self.lines_of(self.helps)


class PassportRead(SchoolOwned):
    """Somebody has read one version of a passport."""

    append_only = True

    passport = models.ForeignKey(Passport, models.PROTECT, related_name="reads", db_constraint=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = school_owned(
            SameSchool("passport"),
            models.UniqueConstraint(
                fields=["school", "passport", "by"], name="a_passport_version_is_read_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.by} has read {self.passport_id}"
