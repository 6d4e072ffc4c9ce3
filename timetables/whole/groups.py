"""The week by group: what runs in each slot, with whom."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from iap.schools.models import Period
from iap.ui import words
from pupils.models import Pupil
from timetables.grids import grid_of
from timetables.models import IapSession

from .week import Week, periods_of, places_in, pupils_in, sessions_in, staffing_in


@dataclass
class Held:
    """One coming of a session."""

    session: IapSession
    adults: list[str] = field(default_factory=list)
    pupils: list[Pupil] = field(default_factory=list)

    @property
    def look(self) -> words.Look:
        return words.strand(self.session.strand)


@dataclass(frozen=True)
class Slot:
    """What runs in one period of one day; nothing where the school is closed."""

    held: list[Held]
    closed: bool = False

    @property
    def css(self) -> str:
        """The colour of what runs; the provision's own where several of different kinds do."""
        kinds = {each.look.css for each in self.held}
        return kinds.pop() if len(kinds) == 1 else words.place("session").css


def by_group(week: Week, *, today: dt.date, day: str = "") -> tuple[Any, list[Pupil]]:
    """The grid of slots that have sessions, and the pupils it names.

    The same number of queries however many pupils and sessions there are.
    """
    held: dict[tuple[dt.date, int], Held] = {}
    slots: dict[tuple[dt.date, int], list[Held]] = defaultdict(list)
    for on, session, staffed in staffing_in(week, sessions_in(week)):
        adults = [f"{adult.name}{' (cover)' if adult.covers else ''}" for adult in staffed.adults]
        held[on, session.pk] = each = Held(session, adults)
        slots[on, session.period_id].append(each)
    places = places_in(week)
    shown = []
    for pupil in pupils_in(week):
        its = [
            held[on, row.session_id]
            for (pk, on, _), row in places.items()
            if pk == pupil.pk and row.session_id is not None and (on, row.session_id) in held
        ]
        for each in its:
            each.pupils.append(pupil)
        if its:
            shown.append(pupil)
    used = {each.session.period.name for each in held.values()}
    periods = [period for period in periods_of(week.school) if period.name in used]

    def cell(period: Period) -> Any:
        on = week.days[period.weekday - 1]
        return Slot(slots[on, period.pk], closed=not week.calendar.is_open(on))

    is_this = today in week.days and week.calendar.is_open(today)
    return grid_of(periods, cell, today=today if is_this else None, day=day), shown
