"""What an adult in the room would want to be told. Each rule is one function with its limit beside it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from iap.ui.moments import clock
from pupils.models import Placement, Pupil
from pupils.models.entries import Readiness

if TYPE_CHECKING:
    from .build import Board, Tile

NOT_HERE_AFTER = 10  # minutes into the session
LONG_BREAK = dt.timedelta(minutes=10)
UNSETTLED = {Readiness.STUCK, Readiness.SHAKY}


@dataclass(frozen=True)
class Attention:
    """One thing to look at. `urgent` marks the pupil's tile as well."""

    icon: str
    pupil: Pupil
    words: str
    detail: str
    tile: Any = None
    urgent: bool = True


def look_at(board: "Board", without_week: list[Placement]) -> list[Attention]:
    """Everything worth a look now, the most pressing first."""
    tiles = [tile for group in board.groups for tile in group.tiles]
    found = [each for rule in RULES for tile in tiles for each in rule(board, tile)]
    found += [
        Attention(
            "table-cells",
            placement.pupil,
            "has a place and no timetable yet",
            "The lead can publish the first step",
        )
        for placement in without_week
    ]
    return found


def _not_here(board: "Board", tile: "Tile") -> Iterator[Attention]:
    starts = board.moment.lesson.starts
    late = board.moment.is_today and board.moment.minutes_since(starts) >= NOT_HERE_AFTER
    if tile.here is False:
        yield Attention("map-pin", tile.pupil, "is not here", f"Since {clock(starts)}", tile)
    elif tile.here is None and late and tile.check_in is None:
        yield Attention(
            "map-pin", tile.pupil, "is not marked here yet", f"Due at {clock(starts)}", tile, urgent=False
        )


def _unsettled(board: "Board", tile: "Tile") -> Iterator[Attention]:
    latest = tile.check_in
    if latest is not None and latest.value in UNSETTLED and tile.here is not False:
        word = Readiness(latest.value).label
        before = f"{tile.before}, then {word}, today" if tile.before else f"{word} at {clock(latest.at)}"
        yield Attention("chat-bubble-left-ellipsis", tile.pupil, "could use a quiet word", before, tile)


def _long_break(board: "Board", tile: "Tile") -> Iterator[Attention]:
    pause = tile.state.running_break
    if pause is not None and board.moment.now - pause.at >= LONG_BREAK:
        yield Attention("clock", tile.pupil, "is still on a movement break", f"Since {clock(pause.at)}", tile)


def _follow_up(board: "Board", tile: "Tile") -> Iterator[Attention]:
    if tile.state.follow_ups:
        yield Attention(
            "pencil-square", tile.pupil, "has a note to follow up", "Written today", tile, urgent=False
        )


RULES = (_not_here, _unsettled, _long_break, _follow_up)
