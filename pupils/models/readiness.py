"""How ready a pupil is for a next lesson, by our own short scale, filled in by staff with the pupil."""

from django.db import models
from django.db.models import Q

from iap.audit.history import kept

from .written import Written, written_constraints


class Step(models.IntegerChoices):
    """How much of it holds now. Not a mark: areas are looked at one by one, and no sum is shown."""

    NOT_YET = 1, "Not yet"
    BESIDE = 2, "With an adult beside me"
    REMINDER = 3, "With a reminder"
    ALONE = 4, "By myself"


# The five areas and what the pupil says of each.
STATEMENTS = {
    "arriving": ("Arriving", "I come in and am ready to begin within a few minutes."),
    "feelings": ("Feelings", "I notice when it gets too much, and do something that helps."),
    "learning": ("Learning", "I stay with a task for most of a lesson."),
    "people": ("People", "I work next to others, and put it right when we fall out."),
    "asking": ("Asking", "I ask an adult before it gets too hard."),
}
AREAS = tuple(STATEMENTS)
HOLDS = Step.REMINDER  # from here on an area speaks for a next lesson


def within_the_scale(name: str) -> models.CheckConstraint:
    """Every area has a step from 1 to 4."""
    return models.CheckConstraint(
        name=f"%(class)s_{name}_is_1_to_4",
        condition=Q(**{f"{name}__gte": 1, f"{name}__lte": 4}),
        violation_error_message="Choose one of the four.",
    )


@kept()
class PupilReadiness(Written):
    """The five areas on one day, as the pupil and an adult saw them together."""

    arriving = models.PositiveSmallIntegerField(choices=Step)
    feelings = models.PositiveSmallIntegerField(choices=Step)
    learning = models.PositiveSmallIntegerField(choices=Step)
    people = models.PositiveSmallIntegerField(choices=Step)
    asking = models.PositiveSmallIntegerField(choices=Step)
    pupil_words = models.CharField("in the pupil’s own words", max_length=300, blank=True)

    class Meta:
        constraints = written_constraints(
            *(within_the_scale(name) for name in AREAS),
            models.UniqueConstraint(
                fields=["school", "pupil", "day"],
                condition=Q(in_error_at=None),
                name="readiness_is_looked_at_once_a_day",
                violation_error_message="Readiness was looked at on that day already.",
            ),
        )
        indexes = [models.Index(fields=["school", "pupil", "-day"], name="pupil_readiness_pupil")]

    def __str__(self) -> str:
        return f"Readiness on {self.day}"

    @property
    def steps(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in AREAS}

    @property
    def holding(self) -> int:
        """In how many of the five areas it holds with a reminder or by themselves."""
        return sum(step >= HOLDS for step in self.steps.values())
