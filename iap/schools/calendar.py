"""Questions about a school's calendar: is it open, which week is it, what period is it now."""

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Value

from .models import Closure, CycleWeek, School


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


@dataclass(frozen=True)
class Calendar:
    """The open days of a school between two dates, read once.

    Days, labels and counts follow the stored weeks: a week without a row is five closures.
    """

    labels: dict[dt.date, str] = field(default_factory=dict)
    closures: dict[dt.date, str] = field(default_factory=dict)

    @classmethod
    def of(cls, school: School, first: dt.date, last: dt.date) -> "Calendar":
        """The calendar of the whole weeks from `first` to `last`: one query."""
        first, last = monday_of(first), monday_of(last) + dt.timedelta(days=6)
        weeks = CycleWeek.objects.filter(school=school, monday__range=(first, last))
        closed = Closure.objects.filter(school=school, day__range=(first, last))
        both = weeks.values_list("monday", "label", Value(True)).union(
            closed.values_list("day", "reason", Value(False)), all=True
        )
        labels: dict[dt.date, str] = {}
        closures: dict[dt.date, str] = {}
        for day, words, is_week in both:
            (labels if is_week else closures)[day] = words
        return cls(labels, closures)

    def is_open(self, day: dt.date) -> bool:
        return day.weekday() < 5 and monday_of(day) in self.labels and day not in self.closures

    def week_label(self, day: dt.date) -> str:
        """The label of the day's week; empty in a one-week cycle and where the school is closed."""
        return self.labels.get(monday_of(day), "")

    @cached_property
    def _open_days(self) -> list[dt.date]:
        days = (monday + dt.timedelta(days=i) for monday in sorted(self.labels) for i in range(5))
        return [day for day in days if self.is_open(day)]

    def open_days(self) -> list[dt.date]:
        return list(self._open_days)

    def open_weeks(self) -> list[dt.date]:
        """Mondays of the weeks with at least one open day."""
        return sorted({monday_of(day) for day in self.open_days()})

    def last_open(self, day: dt.date) -> dt.date | None:
        """The day itself if the school is open, or the last open day before it."""
        return max((d for d in self.open_days() if d <= day), default=None)

    def first_open_after(self, day: dt.date) -> dt.date | None:
        return min((d for d in self.open_days() if d > day), default=None)

    def school_days_between(self, start: dt.date, end: dt.date) -> int:
        """School days after `start` up to and with `end`: day 0 is the starting event."""
        return max(bisect_right(self._open_days, end) - bisect_right(self._open_days, start), 0)
