"""What the figures of a school are made from, read once for all of them.

Each kind of fact is read when a figure first asks for it and then kept for as long as this object lives: one
page, one paper. A figure of the period and one of the period before share what is read, so that any number of
figures costs the same number of queries.
"""

import datetime as dt
from functools import cached_property

from iap.schools.calendar import Calendar
from iap.schools.models import School
from pupils.models import Placement

from .periods import Periods


class Facts:
    """The facts of one school as they stand on a day."""

    def __init__(self, school: School, today: dt.date, periods: Periods | None = None) -> None:
        self.school, self.today = school, today
        self.periods = periods or Periods(school, today)

    @property
    def calendar(self) -> Calendar:
        return self.periods.calendar

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
