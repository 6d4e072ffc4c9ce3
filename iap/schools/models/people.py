"""Users, their roles, and the staff the school's own system knows."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from iap.audit.history import kept
from iap.tenancy.constraints import RowsOfOwnSchool

from .base import SchoolOwned, school_owned


class Role(models.TextChoices):
    STAFF = "staff", "IAP staff"
    LEAD = "lead", "IAP lead"
    LEADER = "leader", "School leader"
    SENCO = "senco", "SENCO"
    DSL = "dsl", "Designated safeguarding lead"
    TEACHER = "teacher", "Mainstream teacher"
    TRUST = "trust", "Trust leader"
    DATA = "data", "Data manager"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractUser):
    """A person who signs in, with an e-mail address and a password. Roles come from memberships."""

    username = None  # type: ignore[assignment]
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120, help_text="As colleagues know them: Ms R. Adeyemi")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="an_address_signs_in_one_person",
                violation_error_message="Somebody already signs in with that address.",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


@kept()
class Membership(SchoolOwned):
    """A role that a person holds in a school. One person may hold several."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "id"], name="%(class)s_of_a_school"),
            RowsOfOwnSchool(name="membership_own_school", own="user"),
            models.UniqueConstraint(
                fields=["school", "user", "role"],
                name="a_role_is_held_once",
                violation_error_message="They already hold that role.",
            ),
            models.CheckConstraint(name="a_role_is_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


@kept()
class StaffMember(SchoolOwned):
    """An adult of the school as its own system knows them; not an account.

    A person links the two (`linked_by`); a matching e-mail address alone never does.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("staff code", max_length=20)
    title = models.CharField(max_length=20, blank=True)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80)
    email = models.EmailField("e-mail address", blank=True)
    post = models.CharField(max_length=80, blank=True)
    qualified = models.BooleanField("qualified teacher", default=False)
    subject = models.CharField(max_length=80, blank=True)
    left_on = models.DateField(null=True, blank=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="staff_records")
    linked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(
                fields=["school", "code"],
                name="a_staff_code_is_used_once",
                violation_error_message="Another member of staff has that code.",
            ),
            models.UniqueConstraint(
                fields=["school", "user"],
                name="an_account_is_one_member_of_staff",
                violation_error_message="That account is already linked to another member of staff.",
            ),
            models.CheckConstraint(
                name="a_link_says_who_made_it",
                condition=Q(user=None, linked_by=None) | Q(user__isnull=False, linked_by__isnull=False),
            ),
        )
        ordering = ["family_name", "given_name"]

    def __str__(self) -> str:
        """As a pupil would say it: Ms Adeyemi."""
        return (
            f"{self.title} {self.family_name}".strip()
            if self.title
            else f"{self.given_name} {self.family_name}"
        )

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()
