"""The heat map of one week, and its figures at a glance."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from iap.schools.models import Weekday
from iap.ui.words import plural
from timetables.grids import name_of
from timetables.measures.forecast import Occurrence, WeekAhead

from .what_if import Answer


@dataclass(frozen=True)
class Part:
    """One session of a slot: how many are expected in it, of how many places."""

    title: str
    size: int
    places: int

    @property
    def over(self) -> bool:
        return self.size > self.places

    @property
    def css(self) -> str:
        return _ramp(self.size, self.places, self.over)


@dataclass(frozen=True)
class Cell:
    """All sessions of one slot together: a school may run several side by side."""

    day: dt.date
    bell: str
    parts: tuple[Part, ...]
    delta: int
    staffing: str
    gap: bool

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)

    @property
    def places(self) -> int:
        return sum(part.places for part in self.parts)

    @property
    def over(self) -> bool:
        return any(part.over for part in self.parts)

    @property
    def css(self) -> str:
        return _ramp(self.size, self.places, self.over)


def _ramp(size: int, places: int, over: bool) -> str:
    """The ramp says how full; over is hatched, never a colour alone."""
    if over:
        return "over"
    share = size / places if places else 1
    return "occ-4" if share >= 1 else "occ-3" if share >= 0.85 else "occ-2" if share >= 0.55 else "occ-1"


@dataclass
class Heat:
    days: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[Cell | None]]] = field(default_factory=list)


def heat_of(week: WeekAhead, answer: Answer) -> Heat:
    """Rows by the bell, a column for each weekday; None where no session runs or the school is closed."""
    slots: dict[tuple[str, int], list[Occurrence]] = defaultdict(list)
    starts: dict[str, dt.time] = {}
    for each in week.occurrences:
        period = each.session.period
        name = name_of(period)
        slots[name, period.weekday].append(each)
        starts[name] = min(starts.get(name, period.starts), period.starts)
    rows = [
        (name, [_cell(of, answer) if (of := slots.get((name, day.value))) else None for day in Weekday])
        for name in sorted(starts, key=lambda each: starts[each])
    ]
    return Heat([day.label[:3] for day in Weekday], rows)


def _cell(of: list[Occurrence], answer: Answer) -> Cell:
    first = of[0]
    gaps = [each for each in of if each.needs_cover]
    return Cell(
        first.day,
        first.session.period.name,
        tuple(Part(each.session.title, answer.size(each), each.places) for each in of),
        sum(answer.delta(each) for each in of),
        _gap(gaps) if gaps else _cover(of),
        bool(gaps),
    )


def _cover(of: list[Occurrence]) -> str:
    teachers = sum(adult.qualified for each in of for adult in each.staffing.adults)
    others = sum(not adult.qualified for each in of for adult in each.staffing.adults)
    said = "Teacher" if teachers == 1 else f"{teachers} teachers"
    return f"{said} + {others}" if teachers else "Nobody planned"


def _gap(gaps: list[Occurrence]) -> str:
    worst = min(gaps, key=lambda each: (each.staffing.has_teacher, len(each.staffing.adults)))
    return worst.missing.replace("one", "1").capitalize() or "Clash"


def glance(week: WeekAhead) -> dict[str, Any]:
    """Places used, sessions full and over, sessions staffed within the guide, and the most in one room.

    Who has a lesson then counts as staff, as in every report; their session is among those to cover.
    """
    held = week.occurrences
    used, places = sum(each.size for each in held), sum(each.places for each in held)
    with_pupils = [each for each in held if each.planned]
    over, to_cover = sum(each.free < 0 for each in held), sum(each.needs_cover for each in with_pupils)
    return {
        "used": used,
        "places_words": f"of {places}",
        "percent_words": f"{round(100 * used / places)}% of the week" if places else "",
        "full": sum(each.free == 0 for each in held),
        "over_words": f"plus {over} over" if over else "none over",
        "staffed": sum(each.staffing.within_guide for each in with_pupils),
        "held_words": f"of {len(with_pupils)}",
        "cover_words": f"{plural(to_cover, 'session')} to cover" if to_cover else "all covered",
        "most": week.busiest,
    }
