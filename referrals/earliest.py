"""When there could be a place: weeks with enough slots that have a seat left, by the steps that are published.

A first form of the forecast: it counts the pupils whose steps hold in each week, and assumes that those before in
line take a seat in every slot first.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from iap.schools.calendar import Calendar, monday_of
from timetables.measures.places import Stay, stays
from timetables.models import IapSession

AHEAD = 20  # school weeks that are looked at
HORIZON = dt.timedelta(weeks=30)  # in which they lie, holidays included


@dataclass(frozen=True)
class Start:
    """The first day of the first week with room, and the slots a week that have it."""

    day: dt.date
    slots: int


@dataclass(frozen=True)
class Room:
    """For each coming week, how many seats each slot has left; slots without one are left out."""

    weeks: tuple[tuple[dt.date, tuple[int, ...]], ...] = ()
    wanted: int = 8

    @classmethod
    def of(cls, school: Any, day: dt.date, wanted: int, calendar: Calendar) -> "Room":
        """From the next school day on, by a calendar up to the `HORIZON`: two queries."""
        sessions = list(IapSession.objects.standing_from(day).filter(school=school).select_related("period"))
        placed = stays(school, [session.pk for session in sessions], day)
        usual = school.provision.places
        weeks = []
        for monday, opens in _coming(calendar, day):
            label = calendar.week_label(monday)
            weeks.append((opens, _seats(sessions, placed, label, monday, usual, opens)))
        return cls(tuple(weeks), wanted)

    def start_for(self, rank: int) -> Start | None:
        """The earliest start of the pupil so many in line (0 is next); None within the weeks looked at."""
        for day, seats in self.weeks:
            slots = sum(seat > rank for seat in seats)
            if slots >= self.wanted:
                return Start(day, slots)
        return None

    @property
    def free_now(self) -> int:
        """How many pupils could begin this week or next."""
        soon = (sorted(seats, reverse=True) for _, seats in self.weeks[:2])
        return max((seats[self.wanted - 1] for seats in soon if len(seats) >= self.wanted), default=0)


def _coming(calendar: Calendar, day: dt.date) -> list[tuple[dt.date, dt.date]]:
    """The weeks to come, each by its Monday, with the first day after `day` on which it is open."""
    first: dict[dt.date, dt.date] = {}
    for each in calendar.open_days():
        if each > day:
            first.setdefault(monday_of(each), each)
    return list(first.items())[:AHEAD]


def _seats(
    sessions: Iterable[IapSession],
    placed: dict[int, list[Stay]],
    label: str,
    monday: dt.date,
    usual: int,
    opens: dt.date,
) -> tuple[int, ...]:
    """Seats left in each slot of a week from the day it opens, over the sessions that run in it."""
    slots: dict[int, int] = defaultdict(int)
    for session in sessions:
        day = monday + dt.timedelta(days=session.period.weekday - 1)
        runs = (
            opens <= day
            and session.valid_from <= day
            and (session.valid_to is None or day < session.valid_to)
        )
        if runs and session.week in ("", label):
            taken = sum(
                start <= day and (end is None or day < end) for start, end in placed.get(session.pk, [])
            )
            slots[session.period_id] += max((session.places or usual) - taken, 0)
    return tuple(seats for seats in slots.values() if seats)
