from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from iap.audit.history import kept
from iap.schools.models.base import SchoolOwned, school_owned


@kept()
class Nightly(SchoolOwned):
    """How a school's data comes by itself, and when it last did. The key to Wonde is not here: it is the machine's."""

    school = models.OneToOneField("schools.School", models.PROTECT, related_name="+")
    wonde_id = models.CharField(
        "the school’s identifier in Wonde",
        max_length=40,
        blank=True,
        validators=[
            RegexValidator(r"^[A-Za-z0-9]+$", "Enter the identifier as Wonde shows it: A1930499544.")
        ],
    )
    wonde_on = models.BooleanField("ask Wonde every night", default=False)
    wonde_asked_at = models.DateTimeField(null=True)
    wonde_given_at = models.DateTimeField(null=True, help_text="When all of it was last fetched.")
    wonde_problem = models.CharField(max_length=300, blank=True)
    folder_taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = school_owned(
            models.CheckConstraint(
                name="wonde_is_asked_for_a_school_it_knows",
                condition=Q(wonde_on=False) | ~Q(wonde_id=""),
                violation_error_message="Enter the school’s identifier in Wonde first.",
            )
        )

    def __str__(self) -> str:
        return f"Nightly imports of {self.school}"
