"""How ready a receiving lesson is, by our own short scale, filled in by its teacher or by staff."""

from django.db import models

from iap.audit.history import kept
from iap.tenancy.constraints import SameSchool
from pupils.models.readiness import within_the_scale
from pupils.models.written import Written, written_constraints

from .lessons import MainstreamClass


class RoomStep(models.IntegerChoices):
    NOT_YET = 1, "Not yet"
    BEGUN = 2, "Begun"
    MOSTLY = 3, "Mostly"
    IN_PLACE = 4, "In place"


# The five areas and what is said of the room in each.
ROOM = {
    "place": ("Place", "The pupil knows where they sit and how they come in."),
    "work": ("Work", "The first task is one they can begin by themselves."),
    "adults": ("Adults", "Every adult in the room knows what helps and the early signs."),
    "calm": ("Calm", "The lesson begins the same way each time, and there is a way out and back."),
    "welcome": ("Welcome", "They are expected, and begin afresh."),
}
ROOM_AREAS = tuple(ROOM)
ROOM_HOLDS = RoomStep.MOSTLY


@kept()
class RoomReadiness(Written):
    """The five areas of one class for one pupil, as somebody saw them on a day. The latest counts."""

    mainstream_class = models.ForeignKey(
        MainstreamClass, models.PROTECT, related_name="+", db_constraint=False
    )
    place = models.PositiveSmallIntegerField(choices=RoomStep)
    work = models.PositiveSmallIntegerField(choices=RoomStep)
    adults = models.PositiveSmallIntegerField(choices=RoomStep)
    calm = models.PositiveSmallIntegerField(choices=RoomStep)
    welcome = models.PositiveSmallIntegerField(choices=RoomStep)
    next_change = models.CharField("what the room changes next", max_length=160, blank=True)

    class Meta:
        constraints = written_constraints(
            SameSchool("mainstream_class"),
            *(within_the_scale(name) for name in ROOM_AREAS),
            models.UniqueConstraint(
                fields=["school", "pupil", "mainstream_class", "by", "day"],
                condition=models.Q(in_error_at=None),
                name="a_room_is_looked_at_once_a_day_by_each",
                violation_error_message="You have looked at this lesson today already.",
            ),
        )
        indexes = [models.Index(fields=["school", "pupil", "-day"], name="room_readiness_pupil")]

    def __str__(self) -> str:
        return f"{self.mainstream_class} on {self.day}"

    @property
    def steps(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ROOM_AREAS}

    @property
    def holding(self) -> int:
        """In how many of the five areas it is mostly or fully in place."""
        return sum(step >= ROOM_HOLDS for step in self.steps.values())
