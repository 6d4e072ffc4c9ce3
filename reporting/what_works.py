"""What works here: by programme, what became of the interventions that have ended. Fewer than 5 pupils are hidden.

Ended: interventions with a last day that were not entered in error; a pupil counts once, by the latest. Moved the
good way: of those with the same score before and after, whose later one lies on the good side of the earlier.
Change: the mean of these differences, the good way. Given: sessions given as a share of those planned.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pupils.models import Ending, Intervention, Programme
from timetables.interventions import SCORES, Given, given

from .suppression import hidden_among, is_small


@dataclass(frozen=True)
class Works:
    """One programme. None is what cannot be told of so few; `pupils` alone is then said as "fewer than 5"."""

    programme: Programme
    pupils: int | None
    completed: int | None = None
    given_percent: int | None = None
    measured: int | None = None
    better: int | None = None
    change: float | None = None


def what_works(school: Any) -> list[Works]:
    """Every programme that somebody has ended, by name: two queries, however many there are."""
    rows = Intervention.objects.filter(school=school).standing().exclude(ended_on=None)
    of: dict[int, dict[int, Given]] = defaultdict(dict)
    listed = rows.select_related("programme__measure__tool", *SCORES).order_by("ended_on", "pk")
    for each in given(school.pk, listed):
        of[each.intervention.programme_id][each.intervention.pupil_id] = each
    found = [works(list(by_pupil.values())) for by_pupil in of.values()]
    return sorted(found, key=lambda each: str(each.programme).casefold())


def works(ended: list[Given]) -> Works:
    """One programme's interventions, one for each pupil."""
    programme = ended[0].intervention.programme
    if is_small(len(ended)):
        return Works(programme, None)
    completed = sum(each.intervention.ending == Ending.COMPLETED for each in ended)
    measured = _same_score(each for each in ended if each.change is not None)
    changes = [each.change for each in measured if each.change is not None]
    better = sum(change > 0 for change in changes)
    planned = sum(each.dose.planned for each in ended)
    return Works(
        programme=programme,
        pupils=len(ended),
        completed=_told(completed, len(ended)),
        given_percent=round(100 * sum(min(e.dose.given, e.dose.planned) for e in ended) / planned),
        measured=_told(len(changes), len(ended)),
        better=None
        if is_small(len(changes)) or _told(len(changes), len(ended)) is None
        else _told(better, len(changes)),
        change=None if len(changes) < 5 else round(float(sum(changes) / len(changes)), 1),
    )


def _same_score(measured: Iterable[Given]) -> list[Given]:
    """Those looked at by one and the same score: means of different ones would say nothing."""
    by_field: dict[int, list[Given]] = defaultdict(list)
    for each in measured:
        if each.intervention.entry is not None:
            by_field[each.intervention.entry.field_id].append(each)
    return max(by_field.values(), key=len, default=[])


def _told(part: int, whole: int) -> int | None:
    """The part, unless it or what is left of the whole is of 1 to 4 pupils."""
    return None if hidden_among({"part": part, "rest": whole - part}) else part
