import datetime as dt
import uuid
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from iap.audit.history import kept

from .base import SchoolOwned, school_owned


class Phase(models.TextChoices):
    PRIMARY = "primary", "Primary"
    SECONDARY = "secondary", "Secondary"
    ALL_THROUGH = "all-through", "All-through"
    SPECIAL = "special", "Special"


class ProvisionModel(models.TextChoices):
    REINTEGRATION = "reintegration", "Reintegration"
    STABLE_COHORT = "stable", "Stable cohort"
    SHORT_ASSESSMENT = "short", "Short assessment"


class Stage(models.TextChoices):
    PLANNING = "planning", "Planning"
    DEVELOPING = "developing", "Developing"
    ESTABLISHED = "established", "Established"


class Trust(models.Model):
    """A group of schools."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class DirectoryQuerySet(models.QuerySet["School"]):
    def where(self, user: Any, *roles: str) -> Self:
        """Schools in which `user` holds one of these roles. Role and person are matched in one filter."""
        return self.filter(memberships__user=user, memberships__role__in=roles).distinct()

    def by_name(self) -> Self:
        return self.order_by("name", "pk")


class School(models.Model):
    """A school. Its row is a directory entry, open to every query; what belongs to it is not."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    trust = models.ForeignKey(Trust, models.PROTECT, null=True, blank=True, related_name="schools")
    urn = models.CharField(
        "URN",
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^\d{6}$", "Enter the school's URN: six digits.")],
    )
    name = models.CharField(max_length=120)
    phase = models.CharField(max_length=20, choices=Phase)
    cycle_weeks = models.PositiveSmallIntegerField(
        "weeks in the timetable cycle", choices=[(1, "One week"), (2, "Two weeks, A and B")], default=1
    )

    objects = DirectoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="school_urn_is_six_digits", condition=Q(urn__regex=r"^\d{6}$")),
            models.CheckConstraint(name="school_phase_is_known", condition=Q(phase__in=Phase.values)),
            models.CheckConstraint(
                name="school_cycle_is_one_or_two_weeks", condition=Q(cycle_weeks__in=[1, 2])
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def weeks(self) -> list[str]:
        """The labels of the cycle's weeks; a one-week cycle has one week without a label."""
        return ["A", "B"] if self.cycle_weeks == 2 else [""]


def _hours(label: str, usual: float, help_text: str = "") -> Any:
    return models.FloatField(
        label,
        default=usual,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=help_text,
    )


@kept()
class Provision(SchoolOwned):
    """The school's internal alternative provision and the settings it works by."""

    school = models.OneToOneField(School, models.PROTECT, related_name="provision")
    name = models.CharField(
        max_length=60, default="The Base", help_text="What your school calls it. Every page uses this name."
    )
    model = models.CharField(max_length=20, choices=ProvisionModel, default=ProvisionModel.REINTEGRATION)
    places = models.PositiveSmallIntegerField(
        "places in a session",
        default=9,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text="Used where a session has no number of its own. Guide: fewer than 10.",
    )
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.PLANNING)
    pace_weeks = models.PositiveSmallIntegerField(
        "school weeks between two changes of a pupil’s week",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text="No further lesson is suggested before they have passed. People decide.",
    )
    pace_lessons = models.PositiveSmallIntegerField(
        "lessons suggested for one step",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    ready_areas = models.PositiveSmallIntegerField(
        "areas of a pupil’s readiness that speak for a next lesson",
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text="Of five, those that hold with a reminder or by themselves. Advice only: people decide.",
    )
    room_areas = models.PositiveSmallIntegerField(
        "areas of a lesson’s readiness that speak for it",
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text="Of five, those that are mostly or fully in place. Advice only: people decide.",
    )
    plan_weeks = models.PositiveSmallIntegerField(
        "school weeks from a plan to its review",
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text="Usual: 6 weeks. Each plan may choose another day.",
    )
    good_news_in = models.PositiveSmallIntegerField(
        "at least one contact with home in so many is good news",
        default=3,
        validators=[MinValueValidator(2), MaxValueValidator(10)],
        help_text="Otherwise the next contact begins with a prompt for some.",
    )
    hand_offs_chased_at = models.TimeField(
        "hand-offs nobody has confirmed are chased at",
        default=dt.time(14, 30),
        help_text="On the same day: the designated safeguarding lead and deputies are told again.",
    )
    hours_week = _hours(
        "hours in a whole school week", 32.5, "With registration, breaks and lunch. Expected: 32.5 hours."
    )
    hours_ks1 = _hours("lesson hours a week, years 1 and 2", 21, "Older guideline: 21 hours.")
    hours_ks2 = _hours("lesson hours a week, years 3 to 6", 23.5, "Older guideline: 23.5 hours.")
    hours_ks3 = _hours("lesson hours a week, years 7 to 10", 24, "Older guideline: 24 hours.")
    hours_year_11 = _hours("lesson hours a week, year 11", 25, "Older guideline: 25 hours.")

    HOURS = ("hours_week", "hours_ks1", "hours_ks2", "hours_ks3", "hours_year_11")

    class Meta:
        constraints = school_owned(
            models.CheckConstraint(
                name="provision_model_is_known", condition=Q(model__in=ProvisionModel.values)
            ),
            models.CheckConstraint(name="provision_stage_is_known", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(
                name="provision_has_between_1_and_30_places", condition=Q(places__gte=1, places__lte=30)
            ),
            models.CheckConstraint(
                name="a_pace_is_between_1_and_12",
                condition=Q(pace_weeks__gte=1, pace_weeks__lte=12, pace_lessons__gte=1, pace_lessons__lte=12),
                violation_error_message="Enter a number between 1 and 12.",
            ),
            models.CheckConstraint(
                name="a_readiness_threshold_is_between_1_and_5",
                condition=Q(ready_areas__gte=1, ready_areas__lte=5, room_areas__gte=1, room_areas__lte=5),
                violation_error_message="Enter a number between 1 and 5.",
            ),
            models.CheckConstraint(
                name="a_plan_lasts_1_to_20_weeks",
                condition=Q(plan_weeks__gte=1, plan_weeks__lte=20),
                violation_error_message="Enter a number between 1 and 20.",
            ),
            models.CheckConstraint(
                name="good_news_comes_in_2_to_10",
                condition=Q(good_news_in__gte=2, good_news_in__lte=10),
                violation_error_message="Enter a number between 2 and 10.",
            ),
            *(
                models.CheckConstraint(
                    name=f"provision_{name}_fit_a_week",
                    condition=Q(**{f"{name}__gte": 1, f"{name}__lte": 60}),
                )
                for name in ("hours_week", "hours_ks1", "hours_ks2", "hours_ks3", "hours_year_11")
            ),
        )

    def __str__(self) -> str:
        return self.name
