"""Room sought for thirty pupils in sixty slots of a two-week cycle, over twelve weeks.

Scarce, as it is in life: seats come free slowly, some pupils are kept apart, and not all find room.
"""

import datetime as dt
import random
from typing import Any

from timetables.find_room import Forward, Problem, Seat, Session, Waiting, Week, solve

PUPILS, WEEKS, LESSONS = 30, 12, 6
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
TITLES = ("Maths", "English", "Science", "Cooking")
PLACED = range(1000, 1060)


def room_figures() -> dict[str, Any]:
    """Seconds, whether the answer is proven, and how many of the pupils it lets in."""
    answer = solve(a_term())
    return {"seconds": answer.seconds, "optimal": answer.optimal, "admitted": len(answer.proposals)}


def a_term(seed: int = 1, *, kept_apart: float = 0.05) -> Problem:
    """The question, the same again for the same seed."""
    chance = random.Random(seed)  # noqa: S311  figures, not secrets
    monday = dt.date(2027, 1, 4)
    weeks = tuple(Week(monday + dt.timedelta(weeks=n), "AB"[n % 2]) for n in range(WEEKS))
    sessions: dict[int, Session] = {}
    seats: list[Seat] = []
    for number in range(2 * len(DAYS) * LESSONS):
        label, period = "AB"[number % 2], number // 2
        for title in chance.sample(TITLES, 2):
            key = len(sessions)
            sessions[key] = Session(title, DAYS[period // LESSONS], f"P{period % LESSONS + 1}", 9)
            seats += _seats(key, (label, period), chance)
    forwards = tuple(
        Forward(pupil, f"Pupil {pupil}", frozenset(chance.sample(sorted(sessions), 4)), chance.randrange(8))
        for pupil in chance.sample(PLACED, 6)
    )
    present = {(each.session, each.week): frozenset(chance.sample(PLACED, 8)) for each in seats}
    waiting = tuple(_waiting(number, chance, kept_apart) for number in range(PUPILS))
    return Problem(weeks, WEEKS, sessions, tuple(seats), waiting, forwards, present)


def _seats(key: int, slot: tuple[str, int], chance: random.Random) -> list[Seat]:
    """Seats come free as pupils step forward; in a few weeks somebody is away and nobody comes."""
    free, found = chance.choice((-1, 0, 1, 1, 2, 3)), []
    staffed_since = chance.choice((0,) * 9 + (4,))
    for week in range("AB".index(slot[0]), WEEKS, 2):
        free += chance.random() < 0.2
        found.append(Seat(key, slot, week, free, week >= staffed_since))
    return found


def _waiting(number: int, chance: random.Random, kept_apart: float) -> Waiting:
    others = [*range(number), *PLACED]
    return Waiting(
        pupil=number,
        name=f"Pupil {number}",
        rank=number,
        wanted=chance.choice((4, 6, 8, 10)),
        not_before=chance.choice((0, 0, 0, 1, 3)),
        apart=frozenset(other for other in others if chance.random() < kept_apart),
    )
