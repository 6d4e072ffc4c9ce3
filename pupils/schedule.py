"""When which assessment is due again: first scores for those who join, and repeats by each person who was asked."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.urls import reverse

from iap.inbox.duties import Due
from iap.schools.calendar import Calendar, monday_of
from iap.ui.moments import day as said

from .models import Assessment, Informant, Placement, Tool

FIRST_WITHIN = dt.timedelta(weeks=3)
COUNTS_AS_FIRST = dt.timedelta(
    weeks=13
)  # scores from the time before the place that still are its first ones
AHEAD = dt.timedelta(weeks=60)


@dataclass(frozen=True)
class Wanted:
    """A tool that is asked for, by when, and whose views. `first` where there is none since the place was near."""

    placement: Placement
    tool: Tool
    on: dt.date
    informants: tuple[str, ...]
    first: bool = False

    @property
    def whose(self) -> str:
        return ", ".join(str(Informant(each).label).lower() for each in self.informants)

    @property
    def text(self) -> str:
        return f"First scores: {self.tool}" if self.first else f"{self.tool} again ({self.whose})"

    @property
    def within(self) -> str:
        """The same within a sentence: a tool keeps its own capitals."""
        return f"first scores: {self.tool}" if self.first else self.text


Last = Mapping[tuple[int, int], Mapping[str, dt.date]]  # pupil, tool → informant → last day


def wanted_of(school: Any, placements: Iterable[Placement], day: dt.date) -> list[Wanted]:
    """What is wanted of these open places, by the day on which it is due: three queries, however many they are."""
    rows = list(placements)
    tools = list(Tool.objects.filter(school=school, valid_to=None))
    if not rows or not tools:
        return []
    last = _last(school, [row.pupil_id for row in rows])
    known = [when for of in last.values() for when in of.values()]
    calendar = Calendar.of(school, min([day, *known]), day + AHEAD)
    found = [
        wanted for row in rows for tool in tools for wanted in _of(row, tool, last, calendar.open_weeks())
    ]
    return sorted(found, key=lambda each: (each.on, each.tool.name, each.placement.pk))


def _last(school: Any, pupils: Iterable[int]) -> Last:
    days = Assessment.objects.filter(school=school, pupil__in=list(pupils)).standing().order_by()
    found: dict[tuple[int, int], dict[str, dt.date]] = defaultdict(dict)
    for pupil, tool, informant, day in days.values_list("pupil", "tool", "informant").annotate(Max("day")):
        found[pupil, tool][informant] = day
    return found


def _of(place: Placement, tool: Tool, last: Last, weeks: list[dt.date]) -> list[Wanted]:
    since = place.starts_on - COUNTS_AS_FIRST
    asked = {who: on for who, on in last.get((place.pupil_id, tool.pk), {}).items() if on >= since}
    if not asked:
        by = place.starts_on + FIRST_WITHIN
        return [Wanted(place, tool, by, tuple(tool.informants), first=True)] if tool.at_start else []
    if tool.repeat_weeks is None:
        return []
    again = {who: on for who, day in asked.items() if (on := _after(day, tool.repeat_weeks, weeks))}
    if not again:
        return []
    # One line for a tool: due on the first of its days, by whoever is due within the three weeks after it.
    first = min(again.values())
    whose = tuple(who for who in Informant.values if who in again and again[who] - first <= FIRST_WITHIN)
    return [Wanted(place, tool, first, whose)]


def _after(day: dt.date, number: int, weeks: list[dt.date]) -> dt.date | None:
    """The Monday of the school week that comes so many school weeks after the day's; nothing beyond the calendar."""
    later = [monday for monday in weeks if monday > monday_of(day)]
    return later[number - 1] if len(later) >= number else None


def assessments_due(school: Any, day: dt.date) -> list[Due]:
    """For the list of what waits: assessments whose day has come."""
    places = Placement.objects.filter(school=school).open_on(day).select_related("pupil")
    return [
        Due(
            f"{each.placement.pupil.short_name}: {each.within}, due {said(each.on, weekday=False)}",
            reverse("pupils:scores", args=[each.placement.pupil.uuid, each.tool.uuid]),
            each.on,
            each.placement.pupil,
        )
        for each in wanted_of(school, places, day)
        if each.on <= day
    ]
