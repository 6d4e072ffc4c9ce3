import datetime as dt
import uuid
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from iap.audit.history import kept
from iap.schools.models.base import SchoolOwned, SchoolQuerySet, school_owned
from iap.tenancy.constraints import SameSchool


class Sex(models.TextChoices):
    FEMALE = "F", "Female"
    MALE = "M", "Male"


class PupilQuerySet(SchoolQuerySet):
    def on_roll(self, day: dt.date) -> Self:
        return self.filter(Q(joined_on=None) | Q(joined_on__lte=day)).filter(
            Q(left_on=None) | Q(left_on__gt=day)
        )

    def named_like(self, text: str) -> Self:
        """Every word typed begins or stands within one of the names, in any order."""
        for word in text.split():
            self = self.filter(
                Q(given_name__icontains=word)
                | Q(family_name__icontains=word)
                | Q(preferred_name__icontains=word)
            )
        return self

    def in_register_order(self) -> Self:
        return self.order_by("family_name", "preferred_name", "given_name", "pk")


@kept()
class Pupil(SchoolOwned):
    """A child on the roll of one school, as the school's own system knows them."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    upn = models.CharField("unique pupil number", max_length=13)
    mis_id = models.CharField("admission number", max_length=20, blank=True)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    preferred_name = models.CharField(max_length=100, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)  # OneRoster may not say it
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    year_group = models.CharField(max_length=2)
    tutor_group = models.CharField(max_length=20, blank=True)
    sen_stage = models.CharField("SEN stage", max_length=1, blank=True)
    sen_type = models.CharField("SEN type", max_length=4, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    pupil_premium = models.BooleanField(default=False)
    free_meals = models.BooleanField("eligible for free school meals", default=False)
    in_care = models.BooleanField(default=False)
    social_worker = models.BooleanField("has a social worker", default=False)
    first_language = models.CharField(max_length=10, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(
        null=True, blank=True, help_text="The first day on which they are no longer on roll."
    )

    objects = PupilQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(
                fields=["school", "upn"],
                name="a_upn_is_one_pupil_of_a_school",
                violation_error_message="Another pupil of this school has that UPN.",
            ),
            models.CheckConstraint(
                name="a_upn_has_the_right_shape",
                condition=Q(upn__regex=r"^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$"),
                violation_error_message="A UPN is a letter, 11 digits, and a digit or letter.",
            ),
            models.CheckConstraint(
                name="a_pupil_leaves_after_joining",
                condition=Q(left_on=None) | Q(joined_on=None) | Q(left_on__gt=F("joined_on")),
                violation_error_message="A pupil cannot leave before they have joined.",
            ),
        )
        indexes = [
            GinIndex(
                fields=["given_name", "family_name", "preferred_name"],
                opclasses=["gin_trgm_ops"] * 3,
                name="pupil_names",
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("pupils:detail", args=[self.uuid])

    @property
    def known_as(self) -> str:
        return self.preferred_name or self.given_name

    @property
    def full_name(self) -> str:
        return f"{self.known_as} {self.family_name}"

    @property
    def short_name(self) -> str:
        """First name and an initial, for screens that a pupil may see over a shoulder."""
        return f"{self.known_as} {self.family_name[:1]}."

    @property
    def initials(self) -> str:
        return f"{self.known_as[:1]}{self.family_name[:1]}".upper()

    def is_on_roll(self, day: dt.date) -> bool:
        return (self.joined_on is None or self.joined_on <= day) and (
            self.left_on is None or self.left_on > day
        )


@kept()
class Contact(SchoolOwned):
    """A parent, carer or other contact, as the school's own system lists them."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="contacts", db_constraint=False)
    priority = models.PositiveSmallIntegerField()
    relationship = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    parental_responsibility = models.BooleanField(default=False)

    class Meta:
        constraints = school_owned(
            SameSchool("pupil"),
            models.UniqueConstraint(
                fields=["school", "pupil", "priority"], name="a_contact_has_its_own_priority"
            ),
        )
        ordering = ["priority"]

    def __str__(self) -> str:
        return self.name
