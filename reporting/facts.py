"""What the figures of a school are made from, read once for all of them.

Each kind of fact is read when a figure first asks for it and then kept for as long as this object lives: one
page, one paper. A figure of the period and one of the period before share what is read, so that any number of
figures costs the same number of queries.
"""

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar, cast

from iap.schools.calendar import Calendar
from iap.schools.learning import learnt
from iap.schools.models import School, TrainingTopic
from pupils.attendance import Window
from pupils.models import FollowUpCheck, Placement, Pupil
from pupils.windows import Asked, Outcome, outcomes_in, whole_weeks, windows
from referrals.measures import Way, ways
from referrals.models import Rules
from timetables.measures.check_ins import Said, said_between
from timetables.measures.forecast import Occurrence, occurrences
from timetables.measures.groups import here_between
from timetables.measures.share import Share, shares_of, step_on, steps_of
from timetables.models import AgreedChange, HybridStep

from .models import Costs
from .periods import Period, Periods

Kept = TypeVar("Kept")

LOOK_BACK = 12  # school weeks before a period that are drawn with it
READ_BY_DAY = ("_occurrences", "here", "outcomes", "_check_ins", "late_steps", "late_shares")
COUNTED_BY = (
    "sex", "year_group", "sen_stage", "ethnicity", "pupil_premium", "free_meals", "in_care",
)  # fmt: skip


class Facts:
    """The facts of one school as they stand on a day. With a `pupil`, check-ins are theirs alone."""

    def __init__(
        self, school: School, today: dt.date, periods: Periods | None = None, *, pupil: Pupil | None = None
    ) -> None:
        self.school, self.today, self.pupil = school, today, pupil
        self.periods = periods or Periods(school, today)
        self._periods: set[Period] = set()
        self._changes: dict[dt.date, list[Any]] = {}
        self._learnt: dict[dt.date, list[tuple[TrainingTopic, str, dict[int, bool]]]] = {}
        self._once: dict[str, Any] = {}

    def look_at(self, period: Period) -> None:
        """Whatever is read by the day will be read for this period and the one before, at once."""
        wanted = {period, *([period.before] if period.before else ())}
        if not wanted <= self._periods:
            self._periods |= wanted
            for name in READ_BY_DAY:
                self.__dict__.pop(name, None)

    def once(self, name: str, make: Callable[[], Kept]) -> Kept:
        """What several figures need that `make` works out from these facts, worked out for the first of them."""
        if name not in self._once:
            self._once[name] = make()
        return cast(Kept, self._once[name])

    @property
    def _between(self) -> Window:
        return min(each.first for each in self._periods), max(each.last for each in self._periods)

    @property
    def calendar(self) -> Calendar:
        return self.periods.calendar

    @cached_property
    def open_days(self) -> list[dt.date]:
        return self.calendar.open_days()

    def days_in(self, first: dt.date, last: dt.date) -> list[dt.date]:
        return [day for day in self.open_days if first <= day <= last]

    # Places and the way back

    @cached_property
    def placements(self) -> list[Placement]:
        """All places that there ever were, in order of start, with their pupil: one query."""
        return list(Placement.objects.at([self.school]).select_related("pupil").by_start())

    def open_in(self, first: dt.date, last: dt.date) -> list[Placement]:
        """Places that were open on some day from `first` to `last`."""
        return [
            place
            for place in self.placements
            if place.starts_on <= last and (place.ends_on is None or place.ends_on > first)
        ]

    @cached_property
    def steps(self) -> dict[int, list[HybridStep]]:
        """The steps of each pupil in order: one query."""
        return steps_of(self.school, {place.pupil_id for place in self.placements})

    @cached_property
    def shares(self) -> dict[int, Share]:
        """The share of the week in mainstream of each step: one query."""
        return shares_of(self.school, [step for steps in self.steps.values() for step in steps])

    @cached_property
    def late_steps(self) -> dict[int, list[HybridStep]]:
        """Of the steps those that matter to the periods that are looked at, and to the weeks before: one query."""
        before = [monday for monday in self.calendar.open_weeks() if monday <= self._between[0]][-LOOK_BACK:]
        since = min([*before, self._between[0]])
        pupils = {place.pupil_id for place in self.open_in(since, self._between[1])}
        return steps_of(self.school, pupils, since)

    @cached_property
    def late_shares(self) -> dict[int, Share]:
        """Their share of the week in mainstream: one query."""
        return shares_of(self.school, [step for steps in self.late_steps.values() for step in steps])

    def step_on(self, pupil: int, day: dt.date) -> HybridStep | None:
        """The step in force on a day of the periods that are looked at."""
        return step_on(self.late_steps.get(pupil, []), day)

    def share_on(self, pupil: int, day: dt.date) -> Share | None:
        """By the step in force that day; nothing without one."""
        step = self.step_on(pupil, day)
        return self.late_shares[step.pk] if step else None

    @cached_property
    def follow_ups(self) -> list[FollowUpCheck]:
        """What people said of places that had ended six school weeks before: one query."""
        rows = FollowUpCheck.objects.at([self.school]).filter(weeks=6).exclude(answer="")
        return list(rows.select_related("placement"))

    # Sessions

    def occurrences(self, period: Period) -> list[Occurrence]:
        """Each session on each day: four queries, whatever the periods that are looked at."""
        return [each for each in self._occurrences if each.day in period]

    @cached_property
    def _occurrences(self) -> list[Occurrence]:
        return occurrences(self.school, *self._between, calendar=self.calendar)

    @cached_property
    def here(self) -> dict[tuple[int, dt.date], int]:
        """How many were marked here in each occurrence: one query."""
        return here_between(self.school, *self._between)

    # Referrals

    @cached_property
    def ways(self) -> list[Way]:
        """How far each referral has come: one query."""
        return ways(self.school)

    @cached_property
    def rules(self) -> Rules:
        return Rules.of(self.school)

    # What the school has changed

    def changes_on(self, day: dt.date) -> list[Any]:
        """What had been agreed by a day that classrooms change, with class and pupil, each with how it stood
        then (`state_then`, `since`): one query for each day asked about.
        """
        if day not in self._changes:
            rows = (
                AgreedChange.objects.at([self.school])
                .as_on(day)
                .select_related("class_return__mainstream_class")
            )
            self._changes[day] = list(
                rows.order_by("class_return__mainstream_class__subject", "due_on", "pk")
            )
        return self._changes[day]

    # Before, during and after

    @cached_property
    def outcomes(self) -> dict[tuple[int, str, dt.date], Outcome]:
        """What lies in each equal window of each place that was open, by the window's name and the day it was whole
        by: three queries, whatever the periods that are looked at.
        """
        weeks = whole_weeks(self.open_days)
        named = {
            (place.pk, name, period.last): Asked(place.pupil_id, *window)
            for period in self._periods
            for place in self.open_in(*period.window)
            for name, window in windows(place, weeks, period.last).items()
        }
        return dict(zip(named, outcomes_in(self.school, list(named.values())), strict=True))

    # Check-ins

    def check_ins(self, period: Period) -> list[Said]:
        """Every check-in of the period, of one pupil where these facts are of one: six queries for all periods that
        are looked at.
        """
        return [each for each in self._check_ins if each.day in period]

    @cached_property
    def _check_ins(self) -> list[Said]:
        return said_between(self.school, *self._between, self.calendar, pupil=self.pupil)

    # Everybody

    @cached_property
    def roll(self) -> list[Any]:
        """Every pupil that the school has or had, with what they are counted by: one query."""
        rows = Pupil.objects.at([self.school]).order_by("pk")
        return list(rows.values_list("pk", "joined_on", "left_on", *COUNTED_BY, named=True))

    # Staff

    def learnt(self, day: dt.date) -> list[tuple[TrainingTopic, str, dict[int, bool]]]:
        """Topics of training, by group, and who has each fresh on a day: four queries for each day asked about."""
        if day not in self._learnt:
            self._learnt[day] = learnt(self.school, day)
        return self._learnt[day]

    # Money

    @cached_property
    def costs(self) -> list[Costs]:
        """What the provision costs, as the school has entered it: one query."""
        return list(Costs.objects.at([self.school]).order_by("starts_on"))
