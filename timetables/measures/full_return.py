"""Full return: the whole week in mainstream for two school weeks. Then it is suggested that the place ends.

By the steps in force. A step that places no lesson, or was never in force on a school day, says nothing.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from iap.schools.calendar import Calendar
from iap.schools.models import School
from pupils.models import Placement
from timetables.journeys import Journey, journeys_of

HELD = 10  # school days: two school weeks


@dataclass(frozen=True)
class Whole:
    """A place whose whole week has been in mainstream since a day, and is still."""

    placement: Placement
    since: dt.date


def whole_weeks(
    school: School, placements: Iterable[Placement], calendar: Calendar, day: dt.date
) -> list[Whole]:
    """Those of these places that have been so for two school weeks by the end of `day`: one query."""
    found = ((way, held_whole(way, calendar, day)) for way in journeys_of(school, placements).values())
    return [Whole(way.placement, since) for way, since in found if since is not None]


def held_whole(way: Journey, calendar: Calendar, day: dt.date) -> dt.date | None:
    """Since when it is so, once that is two school weeks."""
    since = whole_since(way, calendar, day)
    return since if since is not None and len(_days(calendar, since, day)) >= HELD else None


def whole_since(way: Journey, calendar: Calendar, day: dt.date) -> dt.date | None:
    """The first day of the steps with nothing but mainstream, without a break up to `day`; none where it is not so."""
    since: dt.date | None = None
    for step in way.steps:
        last = min(day, step.ends_on - dt.timedelta(days=1)) if step.ends_on else day
        share = way.shares[step.pk]
        if share.lessons and _days(calendar, step.starts_on, last):
            since = (since or step.starts_on) if share.mainstream == share.lessons else None
    return since if way.now(day) is not None else None


def _days(calendar: Calendar, first: dt.date, last: dt.date) -> list[dt.date]:
    return [day for day in calendar.open_days() if first <= day <= last]
