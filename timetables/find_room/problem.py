"""What is asked when room is sought: who waits, which seats there are, and what must hold.

Nothing here knows the database. Weeks are counted from 0, school weeks in order.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

Slot = tuple[str, int]  # the week of the cycle, empty for every week, and the period


@dataclass(frozen=True)
class Week:
    """A school week: its first day, and its name in a two-week cycle."""

    starts: dt.date
    label: str = ""


@dataclass(frozen=True)
class Session:
    """What is said about a session: its title, when it is, and how many places it has; `order` is that of the week."""

    title: str
    day: str
    period: str
    places: int
    order: tuple[int, dt.time] = (0, dt.time.min)


@dataclass(frozen=True)
class Seat:
    """A session in one week. `free` is what published steps leave, below 0 where there are too many.

    A week in which the session does not run for a holiday has no seat, and none is needed. Weeks before a
    session begins or after it ends are given with 0 free, so that nobody starts in what will not last.
    """

    session: int
    slot: Slot
    week: int
    free: int
    staffed: bool = True  # two adults, one of them qualified


@dataclass(frozen=True)
class Waiting:
    """A pupil who waits. `wanted` is slots with a session in each week of the cycle."""

    pupil: int
    name: str
    rank: int
    wanted: int
    sessions: frozenset[int] = frozenset()  # where they could start; empty for any
    not_before: int = 0
    apart: frozenset[int] = frozenset()  # pupils they must not share a session with


@dataclass(frozen=True)
class Forward:
    """A step forward that may be counted on: from `week` its pupil leaves these sessions."""

    pupil: int
    name: str
    sessions: frozenset[int]
    week: int


Present = Mapping[tuple[int, int], frozenset[int]]  # pupils placed in a session in a week


@dataclass(frozen=True)
class Problem:
    """The whole question. Starts and seats are looked at in the first `horizon` weeks."""

    weeks: tuple[Week, ...]
    horizon: int
    sessions: Mapping[int, Session]
    seats: tuple[Seat, ...]
    waiting: tuple[Waiting, ...]
    forwards: tuple[Forward, ...] = ()
    present: Present = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 1 <= self.horizon <= len(self.weeks):
            raise ValueError("Look at one week at least, and at no more than are given.")
        if len({each.pupil for each in self.waiting}) < len(self.waiting):
            raise ValueError("A pupil waits once.")
        if len({(each.session, each.week) for each in self.seats}) < len(self.seats):
            raise ValueError("A session has its seats once in a week.")
        if len({(each.session, each.slot) for each in self.seats}) > len(
            {each.session for each in self.seats}
        ):
            raise ValueError("A session has one slot.")
        if not {each.session for each in self.seats} <= self.sessions.keys():
            raise ValueError("Every session with seats has its title.")
        if any(each.wanted < 1 for each in self.waiting):
            raise ValueError("A pupil wants one session a week at least.")
