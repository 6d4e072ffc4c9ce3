"""What is made so far, and how much is to be."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from iap.schools.calendar import monday_of
from iap.schools.models import Period, School, StaffMember, User
from pupils.models import Placement, Pupil
from timetables.models import HybridStep, IapSession, MainstreamLesson

WEEK, DAY = dt.timedelta(weeks=1), dt.timedelta(days=1)


@dataclass(frozen=True)
class Size:
    """How much of a school to make."""

    years: int = 3
    roll: int = 1000
    places: int = 60
    logged: bool = True  # marks, check-ins and feedback of every day


@dataclass
class Made:
    """What others are made from, on the way."""

    school: School
    today: dt.date
    chance: Random
    by: User
    size: Size
    days: list[dt.date] = field(default_factory=list)
    labels: dict[dt.date, str] = field(default_factory=dict)
    periods: list[Period] = field(default_factory=list)
    staff: list[StaffMember] = field(default_factory=list)
    sessions: dict[tuple[str, int], IapSession] = field(default_factory=dict)
    lessons: dict[tuple[str, int], MainstreamLesson] = field(default_factory=dict)
    pupils: list[Pupil] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    steps: dict[int, list[tuple[HybridStep, set[int]]]] = field(
        default_factory=dict
    )  # with slots in mainstream

    @property
    def slots(self) -> list[tuple[str, Period]]:
        return [(week, period) for week in self.school.weeks for period in self.periods if period.is_lesson]

    @property
    def past(self) -> list[dt.date]:
        return [day for day in self.days if day <= self.today]

    def label(self, day: dt.date) -> str:
        return self.labels[monday_of(day)]

    def moment(self, day: dt.date, time: dt.time = dt.time(9)) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(day, time))
