"""What would happen if pupils who wait began in a week: which sessions have room, and which would go over."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from timetables.measures.forecast import Occurrence, WeekAhead


@dataclass(frozen=True)
class Wish:
    """A pupil who waits: how many slots a week they begin with, whom they are kept apart from, and slots that stay
    in mainstream because lessons go well there, as (week, period).
    """

    pupil: int
    name: str
    slots: int
    apart: frozenset[int] = frozenset()
    mainstream: frozenset[tuple[str, int]] = frozenset()


@dataclass
class Answer:
    """The week with the wishes in it: pupils added by occurrence, and those who found too few slots."""

    added: dict[tuple[int, dt.date], list[Wish]] = field(default_factory=dict)
    short: list[tuple[Wish, int]] = field(default_factory=list)

    def size(self, occurrence: Occurrence) -> int:
        return occurrence.size + len(self.added.get((occurrence.session.pk, occurrence.day), ()))

    def delta(self, occurrence: Occurrence) -> int:
        return len(self.added.get((occurrence.session.pk, occurrence.day), ()))

    def over(self, week: WeekAhead) -> list[Occurrence]:
        """Occurrences that would have more pupils than places."""
        return [each for each in week.occurrences if self.size(each) > each.places]


def what_if(week: WeekAhead, wishes: Sequence[Wish]) -> Answer:
    """Give each pupil in turn the slots with most room, staffed ones first, never beside somebody kept apart.

    Pure, and the same for the same week and wishes. Where no slot has room left the fullest is not hidden: the
    pupil is placed over the places, and `over` says where; where there is no slot at all, `short` says so.
    """
    answer, in_order = Answer(), sorted(week.occurrences, key=_place_in_week)
    for wish in wishes:
        chosen = _choose(in_order, week.label, wish, answer)
        for occurrence in chosen:
            answer.added.setdefault((occurrence.session.pk, occurrence.day), []).append(wish)
        if len(chosen) < wish.slots:
            answer.short.append((wish, len(chosen)))
    return answer


def _choose(in_order: Sequence[Occurrence], label: str, wish: Wish, answer: Answer) -> list[Occurrence]:
    slots: dict[tuple[dt.date, int], Occurrence] = {}
    possible = [each for each in in_order if _may(each, wish, label, answer)]
    for each in sorted(possible, key=lambda one: _how_full(one, answer)):
        slots.setdefault((each.day, each.session.period_id), each)
    return list(slots.values())[: wish.slots]


def _may(occurrence: Occurrence, wish: Wish, label: str, answer: Answer | None = None) -> bool:
    """Whether the pupil may be there: not beside somebody kept apart, and not in the way of a lesson that stays."""
    if wish.mainstream:
        period = occurrence.session.period_id
        if ("", period) in wish.mainstream or (label, period) in wish.mainstream:
            return False
    here = occurrence.planned
    if answer and (added := answer.added.get((occurrence.session.pk, occurrence.day))):
        here |= {each.pupil for each in added}
    return wish.pupil not in here and wish.apart.isdisjoint(here)


def _place_in_week(occurrence: Occurrence) -> tuple[dt.date, dt.time, int]:
    return occurrence.day, occurrence.session.period.starts, occurrence.session.pk


def _how_full(occurrence: Occurrence, answer: Answer) -> tuple[bool, int]:
    """Staffed before not, most room first; among equals the order of the week is left as it is."""
    return not occurrence.staffing.within_guide, answer.size(occurrence) - occurrence.places


def first_weeks(weeks: Sequence[WeekAhead], wishes: Sequence[Wish]) -> Mapping[int, WeekAhead | None]:
    """For each wish alone, the first week in which it fits within the places and the staffing."""
    open_ones = [
        (week, [each for each in week.occurrences if each.free > 0 and each.staffing.within_guide])
        for week in weeks
    ]
    return {
        wish.pupil: next((week for week, with_room in open_ones if _fits(week, with_room, wish)), None)
        for wish in wishes
    }


def _fits(week: WeekAhead, with_room: Sequence[Occurrence], wish: Wish) -> bool:
    free = {(each.day, each.session.period_id) for each in with_room if _may(each, wish, week.label)}
    return len(free) >= wish.slots
