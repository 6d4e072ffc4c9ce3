"""What a school sets for its referrals: targets in school days, and what counts how much."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from iap.audit.history import kept
from iap.schools.models import School
from iap.schools.models.base import SchoolOwned, school_owned

DAYS = [MinValueValidator(1), MaxValueValidator(200)]


@kept()
class Rules(SchoolOwned):
    """Targets per stage in school days, and the weights of the priority's parts, which make 100 together."""

    school = models.OneToOneField(School, models.PROTECT, related_name="referral_rules")
    first_look_days = models.PositiveSmallIntegerField("new: first look", default=3, validators=DAYS)
    information_days = models.PositiveSmallIntegerField("more information", default=5, validators=DAYS)
    decision_days = models.PositiveSmallIntegerField("referral to decision", default=15, validators=DAYS)
    waiting_days = models.PositiveSmallIntegerField("decision to start", default=20, validators=DAYS)
    offer_days = models.PositiveSmallIntegerField("an offer to be answered", default=5, validators=DAYS)

    sessions_a_week = models.PositiveSmallIntegerField(
        "sessions a week a new pupil begins with",
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text="The earliest start is the first week that has a place in so many slots.",
    )

    weight_exclusion = models.PositiveSmallIntegerField("risk of exclusion", default=25)
    weight_attendance = models.PositiveSmallIntegerField("attendance", default=20)
    weight_care = models.PositiveSmallIntegerField("care or EHCP", default=15)
    weight_need = models.PositiveSmallIntegerField("need and support tried", default=15)
    weight_waiting = models.PositiveSmallIntegerField("time waiting", default=15)
    weight_fit = models.PositiveSmallIntegerField("fit with a group", default=10)

    class Meta:
        constraints = school_owned(
            models.CheckConstraint(
                name="the_weights_make_100",
                condition=Q(
                    weight_fit=100
                    - F("weight_exclusion")
                    - F("weight_attendance")
                    - F("weight_care")
                    - F("weight_need")
                    - F("weight_waiting")
                ),
                violation_error_message="The weights must make 100 together.",
            ),
        )

    def __str__(self) -> str:
        return f"Rules of {self.school}"

    @classmethod
    def of(cls, school: School) -> "Rules":
        """The school's rules, or those it begins with, not stored until somebody changes them."""
        return cls.objects.filter(school=school).first() or cls(school=school)
