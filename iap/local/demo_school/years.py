"""A school year around today, so that the demo is open whatever day of the year it is."""

import datetime as dt
from dataclasses import dataclass

from iap.schools.calendar import monday_of

WEEKS_BEFORE, WEEKS_AFTER = 15, 24  # of today's week
HOLIDAYS = {-8: "Half term", 4: "Holiday", 5: "Holiday", 12: "Half term"}  # weeks from today's
TRAINING_DAYS = {-15: (0, 1), -3: (4,), 7: (0,)}  # weeks from today's, and days of that week


@dataclass(frozen=True)
class Year:
    """The open weeks with their labels, and the weekdays closed within them."""

    today: dt.date
    labels: dict[dt.date, str]
    closures: dict[dt.date, str]

    @property
    def days(self) -> list[dt.date]:
        found = [monday + dt.timedelta(days=i) for monday in self.labels for i in range(5)]
        return [day for day in found if day not in self.closures]

    @property
    def past(self) -> list[dt.date]:
        """Open days before today."""
        return [day for day in self.days if day < self.today]

    @property
    def mondays_past(self) -> list[dt.date]:
        """Mondays of the weeks that have begun, this one included, the first week first."""
        return [monday for monday in self.labels if monday <= self.today]

    def label(self, day: dt.date) -> str:
        return self.labels[monday_of(day)]


def year_around(today: dt.date, cycle_weeks: int) -> Year:
    labels: dict[dt.date, str] = {}
    closures: dict[dt.date, str] = {}
    this_week = monday_of(today)
    cycle = ["A", "B"] if cycle_weeks == 2 else [""]
    for week in range(-WEEKS_BEFORE, WEEKS_AFTER + 1):
        if week in HOLIDAYS:
            continue
        monday = this_week + dt.timedelta(weeks=week)
        labels[monday] = cycle[len(labels) % len(cycle)]
        for i in TRAINING_DAYS.get(week, ()):
            closures[monday + dt.timedelta(days=i)] = "Staff training"
    return Year(today, labels, closures)
