"""Who is where in one period: every pupil with a place, under the place that has them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from iap.ui import words
from pupils.models import Pupil
from timetables.board.build import Board, Elsewhere, Group


@dataclass
class Spot:
    """A session, a lesson or another place, and the pupils whom the step in force puts there."""

    look: words.Look
    title: str
    where: str = ""
    adults: list[str] = field(default_factory=list)
    pupils: list[tuple[Pupil, bool]] = field(default_factory=list)  # and whether they were marked not here


def spots_of(board: Board) -> list[Spot]:
    """The sessions by room, the lessons, the other places, and last those for whom nothing is planned."""
    sessions = [_session(group) for group in board.groups]
    lessons = _gathered(board.mainstream, by_detail=True)
    others = _gathered(board.elsewhere)
    found = [*sessions, *lessons, *others]
    known = {pupil.pk for spot in found for pupil, _ in spot.pupils}
    rest = [(pupil, False) for pupil in board.pupils if pupil.pk not in known]
    if rest:
        found.append(Spot(words.UNKNOWN, "Nothing planned in this period", pupils=rest))
    return found


def _session(group: Group) -> Spot:
    adults = [f"{adult.name}{' (cover)' if adult.covers else ''}" for adult in group.staffing.adults]
    pupils = [(tile.pupil, tile.here is False) for tile in group.tiles]
    session = group.session
    return Spot(words.strand(session.strand), session.title, session.room, adults, pupils)


def _gathered(away: Iterable[Elsewhere], *, by_detail: bool = False) -> list[Spot]:
    """One spot for each lesson, or for each place of another kind, in order of its title."""
    found: dict[tuple[str, str, str], Spot] = {}
    for each in away:
        key = each.look.label, each.title, each.detail if by_detail else ""
        spot = found.setdefault(key, Spot(each.look, each.title, key[2]))
        spot.pupils.append((each.pupil, False))
    return [found[key] for key in sorted(found)]
