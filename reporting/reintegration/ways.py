"""How far each place has led back: when the first lesson, half of the week and the whole of it were reached.

Of a place, by the steps in force and never later than the day that is asked about:

- **first lesson back**: the first step with more of the week in mainstream than the first week had;
- **half**: the first step with half of the week or more in mainstream, which may be the first day;
- **full return**: the whole week in mainstream for two school weeks, or an end with that destination.

Time is in school weeks: school days after the first day ÷ 5. A pupil who is still in the provision, or whose place
ended otherwise, is followed to that day and then leaves the count.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from iap.schools.calendar import Calendar
from pupils.models import Destination, Placement
from reporting.facts import Facts
from timetables.measures.full_return import HELD
from timetables.measures.share import Share
from timetables.models import HybridStep

WEEK = 5  # school days

Known = Sequence[tuple[HybridStep, Share]]


class Mark(StrEnum):
    FIRST = "first"
    HALF = "half"
    FULL = "full"


@dataclass(frozen=True)
class Way:
    """One place, and on which day each mark was reached; none where it was not. `until` is how far it is known."""

    placement: Placement
    until: dt.date
    first: dt.date | None
    half: dt.date | None
    full: dt.date | None

    def weeks_to(self, mark: Mark, calendar: Calendar) -> Fraction:
        """School weeks from the first day until the mark was reached, or for as long as it was followed."""
        reached: dt.date | None = getattr(self, mark)
        return Fraction(calendar.school_days_between(self.placement.starts_on, reached or self.until), WEEK)


def ways(facts: Facts, placements: Iterable[Placement]) -> list[Way]:
    """The way of each of these places that has begun, in order of start."""
    return [_way(facts, place) for place in placements if place.starts_on <= facts.today]


def _way(facts: Facts, place: Placement) -> Way:
    known = _known(facts, place)
    start = known[0][1] if known else Share()
    until = min(place.ends_on or facts.today, facts.today)
    first = next((step.starts_on for step, share in known if _more(share, start)), None)
    half = next((step.starts_on for step, share in known if 2 * share.mainstream >= share.lessons), None)
    ended = place.destination == Destination.FULL_RETURN and until == place.ends_on
    full = _held(facts, known) or (until if ended else None)
    return Way(place, until, first, half, full)


def _known(facts: Facts, place: Placement) -> Known:
    """The steps of the place that have been in force on a school day, with their share, where they place lessons."""
    mine = (step for step in facts.steps.get(place.pupil_id, ()) if step.placement_id == place.pk)
    return [
        (step, facts.shares[step.pk])
        for step in mine
        if facts.shares[step.pk].lessons and facts.days_in(step.starts_on, _last(step, facts.today))
    ]


def _last(step: HybridStep, day: dt.date) -> dt.date:
    """The last day of a step so far."""
    return min(day, step.ends_on - dt.timedelta(days=1)) if step.ends_on else day


def _more(share: Share, than: Share) -> bool:
    return share.mainstream * than.lessons > than.mainstream * share.lessons


def _held(facts: Facts, known: Known) -> dt.date | None:
    """The last of the first two school weeks with nothing but mainstream."""
    since: dt.date | None = None
    for step, share in known:
        since = (since or step.starts_on) if share.mainstream == share.lessons else None
        if since is not None:
            whole = facts.days_in(since, _last(step, facts.today))
            if len(whole) >= HELD:
                return whole[HELD - 1]
    return None
