"""Why a pupil does not start sooner, or at all: which sessions would have to have one more seat.

Pupils ahead keep the sessions proposed to them, so that what is said can be checked against the plan.
Pupils behind are left out, since no seat of theirs is one that somebody ahead of them lacks.
"""

from collections.abc import Collection
from typing import NamedTuple

from .answer import Bind, Cause, Why
from .model import Effort, Model
from .problem import Forward, Waiting
from .seats import Options, Seats

NAMED = 3  # sessions that would each do; more than these nobody reads
SHORT = 1000  # a slot short in a week weighs more than all costs of wishes together


class _Wishes(NamedTuple):
    short: int
    sessions: tuple[int, ...]


class Explain:
    def __init__(
        self,
        seats: Seats,
        starts: dict[int, tuple[int, tuple[int, ...]]],
        forwards: frozenset[int],
        effort: Effort,
    ) -> None:
        self.seats, self.starts, self.forwards, self.effort = seats, starts, forwards, effort
        self.place = {each.pupil: number for number, each in enumerate(seats.waiting)}
        self.wanted = {each.pupil: each.wanted for each in seats.waiting}

    def not_sooner(self, waiting: Waiting, week: int) -> Why | None:
        """Why not in the week before; nothing if the pupil starts as soon as they may."""
        return self._why(waiting, week - 1) if week > max(waiting.not_before, 0) else None

    def not_at_all(self, waiting: Waiting) -> Why | None:
        """Why not in the last week in which enough sessions run; nothing if they may not start in any."""
        weeks = range(self.seats.horizon - 1, max(waiting.not_before, 0) - 1, -1)
        enough = (
            week for week in weeks if self.seats.slots_of(self.seats.running(waiting, week)) >= waiting.wanted
        )
        last = next(enough, weeks[0] if weeks else None)
        return None if last is None else self._why(waiting, last)

    def _why(self, waiting: Waiting, week: int) -> Why:
        running = self.seats.running(waiting, week)
        binds = {
            session: bind for session in running if (bind := self._bind(waiting, session, week)) is not None
        }
        first = self._wishes(waiting, week, binds, ())
        if first is None:  # too few run at all
            return Why(week, min(self.seats.slots_of(running), waiting.wanted - 1))
        any_one = len(first.sessions) == 1 and binds[first.sessions[0]].cause is Cause.FULL
        wished = list(first.sessions)
        while any_one and len(wished) < NAMED:
            another = self._wishes(waiting, week, binds, wished)
            if another is None or another.short > 1 or len(another.sessions) > 1:
                break
            if binds[another.sessions[0]].cause is not Cause.FULL:
                break
            wished += another.sessions
        return Why(week, waiting.wanted - first.short, tuple(binds[s] for s in sorted(wished)), any_one)

    def _wishes(
        self, waiting: Waiting, week: int, binds: dict[int, Bind], without: Collection[int]
    ) -> _Wishes | None:
        """The fewest sessions that, were there a seat for the pupil, would let them start in that week."""
        options: dict[int, Options] = {
            pupil: {start: of}
            for pupil, (start, of) in self.starts.items()
            if self.place[pupil] < self.place[waiting.pupil]
        }
        options[waiting.pupil] = {week: self.seats.open_to(waiting, week)}
        wishes = [(waiting.pupil, week, session) for session in binds if session not in without]
        model = Model(self.seats, options, self.wanted, wishes)
        short = model.cp.new_int_var(0, waiting.wanted, "")
        for label in self.seats.cycle:
            of_week = [w for key, w in model.wishes.items() if self.seats.runs_in(key[2], label)]
            model.cp.add(sum(of_week) <= short)
        costs = sum(int(binds[key[2]].cause) * wish for key, wish in model.wishes.items())
        found, _ = model.solve(SHORT * short + costs, self.effort)
        if found is None:
            return None
        wished = tuple(key[2] for key, wish in model.wishes.items() if model.chosen(wish))
        return _Wishes(self._slots_short(wished), wished)

    def _slots_short(self, wished: tuple[int, ...]) -> int:
        runs = self.seats.runs_in
        return max(sum(runs(session, label) for session in wished) for label in self.seats.cycle)

    def _ahead_in(self, waiting: Waiting, session: int, week: int) -> frozenset[int]:
        """Pupils ahead who by the plan have started in the session by that week."""
        place = self.place[waiting.pupil]
        return frozenset(
            pupil
            for pupil, (start, sessions) in self.starts.items()
            if self.place[pupil] < place and start <= week and session in sessions
        )

    def _bind(self, waiting: Waiting, session: int, week: int) -> Bind | None:
        """What keeps the pupil out of the session from that week on, if anything does."""
        ahead = {each: self._ahead_in(waiting, session, each) for each in self.seats.of[session]}
        gone = {each: self.seats.gone(session, each, self.forwards) for each in self.seats.of[session]}
        causes = {
            each: cause
            for each, seat in self.seats.of[session].items()
            if each >= week
            and (cause := self.seats.cause(waiting.pupil, seat, ahead[each], gone[each])) is not None
        }
        if not causes:
            return None
        first, last = min(causes), max(causes)
        until = last + 1 if last < max(self.seats.of[session]) else None
        free = self.seats.of[session][first].free + len(gone[first])
        taken = self.seats.problem.sessions[session].places - free + len(ahead[first])
        return Bind(session, max(causes.values()), first, until, taken)

    def forwards_for(self, waiting: Waiting, week: int, sessions: tuple[int, ...]) -> tuple[Forward, ...]:
        """The steps forward counted on without which the plan would not hold in one of these sessions."""
        return self.seats.named(
            number
            for number in self.forwards
            if any(self._needs(waiting, week, session, number) for session in sessions)
        )

    def _needs(self, waiting: Waiting, start: int, session: int, number: int) -> bool:
        forward = self.seats.forwards[number]
        if session not in forward.sessions:
            return False
        for week, seat in self.seats.of[session].items():
            if week < start:
                continue
            gone = self.seats.gone(session, week, self.forwards - {number})
            coming = sum(s <= week and session in of for s, of in self.starts.values())
            if coming > seat.free + len(gone):
                return True
            if self.seats.placed_apart(waiting.pupil, session, week) & {forward.pupil} - gone:
                return True
        return False
