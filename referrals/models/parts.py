"""What belongs to one referral: what was tried, lessons that go well, what teachers say, files."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from iap.audit.history import kept
from iap.schools.models import StaffMember
from iap.schools.models.base import SchoolOwned, school_owned
from iap.tenancy.constraints import SameSchool
from timetables.models import MainstreamClass

from .referrals import Referral


class Effect(models.TextChoices):
    HELPED = "helped", "It helped"
    SOME = "some", "It helped a little"
    NONE = "none", "No change yet"
    HARDER = "harder", "It made things harder"


@kept()
class Strategy(SchoolOwned):
    """Something that was tried, and what came of it."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="strategies", db_constraint=False)
    what = models.CharField("what was tried", max_length=200)
    weeks = models.PositiveSmallIntegerField("for how many weeks", null=True, blank=True)
    led_by = models.CharField("who led it", max_length=80, blank=True)
    effect = models.CharField(max_length=8, choices=Effect)
    effect_words = models.CharField("what changed", max_length=300, blank=True)

    class Meta:
        constraints = school_owned(
            SameSchool("referral"),
            models.CheckConstraint(name="an_effect_is_known", condition=Q(effect__in=Effect.values)),
        )
        ordering = ["pk"]
        verbose_name_plural = "strategies"

    def __str__(self) -> str:
        return self.what


@kept()
class GoodLesson(SchoolOwned):
    """A class in which the pupil succeeds now, as the referrer sees it."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="good_lessons", db_constraint=False)
    mainstream_class = models.ForeignKey(
        MainstreamClass, models.PROTECT, related_name="+", db_constraint=False
    )

    class Meta:
        constraints = school_owned(
            SameSchool("referral"),
            SameSchool("mainstream_class"),
            models.UniqueConstraint(
                fields=["referral", "mainstream_class"], name="a_good_lesson_is_named_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.mainstream_class)


class Going(models.IntegerChoices):
    """How it goes in a teacher's lesson: the same three words as after a visit."""

    WELL = 2, "Well"
    MIXED = 1, "Mixed"
    HARD = 0, "Hard"


@kept()
class TeacherView(SchoolOwned):
    """What one of the pupil's teachers is asked when a referral is sent, and answers."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="views", db_constraint=False)
    teacher = models.ForeignKey(StaffMember, models.PROTECT, related_name="+", db_constraint=False)
    classes = models.CharField(max_length=200, help_text="English, 8x/En1")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    going = models.SmallIntegerField("how is it going in my lesson?", choices=Going, null=True)
    works = models.CharField("what works", max_length=300, blank=True)
    back_first = models.BooleanField("would you have them back first?", null=True)

    class Meta:
        constraints = school_owned(
            SameSchool("referral"),
            SameSchool("teacher"),
            models.UniqueConstraint(fields=["referral", "teacher"], name="a_teacher_is_asked_once"),
            models.CheckConstraint(
                name="an_answer_says_how_it_goes",
                condition=Q(answered_at=None, going=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False, going__in=Going.values),
            ),
        )

    def __str__(self) -> str:
        return f"{self.teacher}, {self.classes}"


@kept()
class Attachment(SchoolOwned):
    """A file sent with a referral. Its content lies outside the web root and is served as a download only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="attachments", db_constraint=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=80, help_text="As found in the content, never as claimed.")
    size = models.PositiveIntegerField(help_text="Bytes")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content, in hexadecimal.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = school_owned(SameSchool("referral"))
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
