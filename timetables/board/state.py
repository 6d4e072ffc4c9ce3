"""What was logged for pupils on a day, in one query."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from pupils.actions.entries import UNDO_WITHIN
from pupils.models import CheckIn, MovementBreak, Note
from pupils.models.entries import Readiness
from timetables.models import SessionMark

NAMES: dict[str, type[Any]] = {
    "check-in": CheckIn,
    "mark": SessionMark,
    "break": MovementBreak,
    "note": Note,
}


@dataclass(frozen=True)
class Logged:
    """One entry that stands, of any kind.

    `value`: readiness, here, or whether a note needs a follow-up. `where`: a check-in's period, a mark's session.
    """

    what: str
    entry: UUID
    pupil: int
    at: dt.datetime
    saved_at: dt.datetime
    by: int
    value: int
    where: int
    ended_at: dt.datetime | None


@dataclass
class State:
    """How a pupil's day stands."""

    entries: list[Logged] = field(default_factory=list)

    def of(self, what: str) -> list[Logged]:
        return [entry for entry in self.entries if entry.what == what]

    def check_in(self, period: int) -> Logged | None:
        """The latest of this period."""
        return next((entry for entry in reversed(self.of("check-in")) if entry.where == period), None)

    def before(self, entry: Logged) -> str:
        """The word of the day's check-in before this one."""
        earlier = [e for e in self.of("check-in") if e.at < entry.at]
        return Readiness(earlier[-1].value).label if earlier else ""

    @property
    def running_break(self) -> Logged | None:
        return next((entry for entry in self.of("break") if entry.ended_at is None), None)

    @property
    def follow_ups(self) -> int:
        return sum(entry.value for entry in self.of("note"))

    def is_here(self, session: int) -> bool | None:
        """Whether the pupil is here by the latest mark of this session; nothing while nobody has marked."""
        marks = [entry for entry in self.of("mark") if entry.where == session]
        return bool(marks[-1].value) if marks else None

    def undoable(self, user: Any, now: dt.datetime) -> Logged | None:
        """The latest entry, where this person tapped it within ten minutes."""
        last = max(self.entries, key=lambda entry: entry.saved_at, default=None)
        if last is None or last.by != user.pk or now - last.saved_at > UNDO_WITHIN:
            return None
        return last


# Written out, since it runs with every tap and building it from four querysets takes longer than running it.
STANDING = """
SELECT 'check-in', entry, pupil_id, at, saved_at, by_id, readiness, coalesce(period_id, 0), NULL::timestamptz
  FROM pupils_checkin
  WHERE school_id = %(school)s AND day = %(day)s AND pupil_id = ANY(%(pupils)s) AND undone_at IS NULL
UNION ALL
SELECT 'mark', entry, pupil_id, at, saved_at, by_id, here::int, session_id, NULL
  FROM timetables_sessionmark
  WHERE school_id = %(school)s AND day = %(day)s AND pupil_id = ANY(%(pupils)s) AND undone_at IS NULL
UNION ALL
SELECT 'break', entry, pupil_id, at, saved_at, by_id, 0, 0, ended_at
  FROM pupils_movementbreak
  WHERE school_id = %(school)s AND day = %(day)s AND pupil_id = ANY(%(pupils)s) AND undone_at IS NULL
UNION ALL
SELECT 'note', entry, pupil_id, at, saved_at, by_id, follow_up::int, 0, NULL
  FROM pupils_note
  WHERE school_id = %(school)s AND day = %(day)s AND pupil_id = ANY(%(pupils)s) AND undone_at IS NULL
ORDER BY 4, 5
"""


def states(school: Any, pupils: Iterable[int], day: dt.date) -> dict[int, State]:
    """What stands for these pupils on a day, in the order in which it was tapped: one query."""
    asked = {"school": getattr(school, "pk", school), "day": day, "pupils": list(pupils)}
    found: dict[int, State] = defaultdict(State)
    with connection.cursor() as cursor:
        cursor.execute(STANDING, asked)
        for row in cursor.fetchall():
            found[row[2]].entries.append(Logged(*row))
    return found
