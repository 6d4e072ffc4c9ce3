"""The question made ready: for whom a session is open, from which week on."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache

from .answer import Cause
from .problem import Forward, Problem, Seat, Slot, Waiting

Options = dict[int, tuple[int, ...]]  # weeks to start in, each with the sessions open from it on


class Seats:
    """Seats within the horizon, in one order whatever order they were given in."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.horizon = problem.horizon
        self.cycle = sorted({week.label for week in problem.weeks[: problem.horizon]})
        self.waiting = sorted(problem.waiting, key=lambda each: (each.rank, each.pupil))
        self.forwards = sorted(
            problem.forwards, key=lambda each: (each.week, each.pupil, sorted(each.sessions))
        )
        self.of: dict[int, dict[int, Seat]] = defaultdict(dict)
        for seat in sorted(problem.seats, key=lambda each: (each.session, each.week)):
            if 0 <= seat.week < self.horizon:
                self.of[seat.session][seat.week] = seat
        self.slot: dict[int, Slot] = {key: next(iter(of.values())).slot for key, of in self.of.items()}
        self.freeing = cache(self._freeing)
        self.open_since = cache(self._open_since)
        self.apart = self._apart()

    def _apart(self) -> dict[int, frozenset[int]]:
        """Whom each pupil is kept from: it is enough that one of two says so."""
        found: dict[int, set[int]] = defaultdict(set)
        for each in self.waiting:
            found[each.pupil] |= each.apart - {each.pupil}
            for other in each.apart - {each.pupil}:
                found[other].add(each.pupil)
        return {pupil: frozenset(others) for pupil, others in found.items()}

    def _freeing(self, session: int, week: int) -> dict[int, tuple[int, ...]]:
        """Placed pupils who may have left the session by that week, with the steps forward that do it."""
        found: dict[int, tuple[int, ...]] = {}
        for number, forward in enumerate(self.forwards):
            if session in forward.sessions and forward.week <= week:
                found[forward.pupil] = (*found.get(forward.pupil, ()), number)
        return found

    def placed_apart(self, pupil: int, session: int, week: int) -> frozenset[int]:
        """Placed pupils of the session in that week from whom this pupil is kept."""
        return self.problem.present.get((session, week), frozenset()) & self.apart.get(pupil, frozenset())

    def runs_in(self, session: int, label: str) -> bool:
        """Whether the session is part of that week of the cycle."""
        return self.slot[session][0] in {"", label}

    def running(self, waiting: Waiting, week: int) -> tuple[int, ...]:
        """Sessions the pupil could start in that run in that week or after it, with a seat or not."""
        return tuple(
            session
            for session, of in self.of.items()
            if max(of) >= week and (not waiting.sessions or session in waiting.sessions)
        )

    def open_to(self, waiting: Waiting, week: int) -> tuple[int, ...]:
        """Sessions that would be open to the pupil from that week on if nobody else waited.

        All steps forward are counted on.
        """
        return tuple(
            session
            for session in self.running(waiting, week)
            if self.open_since(waiting.pupil, session) <= week
        )

    def options(self, waiting: Waiting) -> Options:
        """Weeks in which the pupil might start. In any other week no start is possible, whoever waits."""
        weeks = range(max(waiting.not_before, 0), self.horizon)
        found = {week: self.open_to(waiting, week) for week in weeks}
        return {week: of for week, of in found.items() if self.slots_of(of) >= waiting.wanted}

    def _open_since(self, pupil: int, session: int) -> int:
        """The week from which nothing bars the pupil from the session until the horizon."""
        barred = (
            week
            for week in reversed(self.of[session])
            if self._barred(pupil, self.of[session][week], self.freeing(session, week))
        )
        return next(barred, -1) + 1

    def _barred(self, pupil: int, seat: Seat, freeing: dict[int, tuple[int, ...]]) -> bool:
        if not seat.staffed or seat.free + len(freeing) < 1:
            return True
        return bool(self.placed_apart(pupil, seat.session, seat.week) - freeing.keys())

    def slots_of(self, sessions: Iterable[int]) -> int:
        """Slots of these sessions in the week of the cycle that has fewest."""
        held = list(sessions)
        return min(
            len({self.slot[key][1] for key in held if self.runs_in(key, label)}) for label in self.cycle
        )

    def asks_no_more(self, one: Waiting, other: Waiting) -> bool:
        """Whether `one`, who is ahead, could be given whatever `other` could, but for their first week."""
        if one.wanted > other.wanted or (one.sessions and not other.sessions):
            return False
        behind = {each.pupil for each in self.waiting if (each.rank, each.pupil) >= (one.rank, one.pupil)}
        kept = self.apart.get(one.pupil, frozenset()) - behind
        return kept <= self.apart.get(other.pupil, frozenset()) and (
            not one.sessions or other.sessions <= one.sessions
        )

    def cause(self, pupil: int, seat: Seat, others: frozenset[int], gone: frozenset[int]) -> Cause | None:
        """What keeps a pupil from this seat when `others` who wait start in it and those placed have `gone`."""
        placed = self.placed_apart(pupil, seat.session, seat.week) - gone
        if placed or others & self.apart.get(pupil, frozenset()):
            return Cause.APART
        if not seat.staffed:
            return Cause.UNSTAFFED
        return Cause.FULL if seat.free + len(gone) <= len(others) else None

    def gone(self, session: int, week: int, counted_on: Collection[int]) -> frozenset[int]:
        """Placed pupils who have left the session by that week, by the steps forward counted on."""
        freeing = self.freeing(session, week)
        return frozenset(pupil for pupil, numbers in freeing.items() if set(numbers) & set(counted_on))

    def named(self, numbers: Iterable[int]) -> tuple[Forward, ...]:
        return tuple(self.forwards[number] for number in sorted(numbers))
