"""The question as CP-SAT is asked it: all these pupils start, each in one of the weeks offered to them."""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from ortools.sat.python import cp_model

from .seats import Options, Seats

SEED = 7
WORK = 3.0  # seconds that one unit of CP-SAT's own measure takes at most on a machine with two cores
MAKING = 4e-5  # seconds to put one place of one pupil into the question
LITTLE = 0.1  # seconds a question may always have, however late it is


Take = tuple[int, int, int]  # a pupil, the week they start in, and a session of theirs


class Found(NamedTuple):
    """A start for every pupil asked about: week and sessions, and the steps forward counted on."""

    starts: dict[int, tuple[int, tuple[int, ...]]]
    forwards: frozenset[int]
    bound: int  # no objective is below it


class Effort:
    """How much may still be searched. One worker and a fixed seed: the same question has the same answer.

    Seconds are reckoned from CP-SAT's own measure of work, so that an answer cut short is the same again too;
    the clock only stands behind it, for a machine that is slower or has more to do than usual.
    """

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self.until = time.monotonic() + seconds

    @property
    def over(self) -> bool:
        return self.left <= 0 or time.monotonic() > self.until

    def spend(self, work: float, takes: int) -> None:
        self.left -= WORK * work + MAKING * takes

    def solver(self) -> Any:
        """A solver that may use half of what is left, and always a little."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = SEED
        # Pupils and sessions are much alike; linear relaxation sees that seats do not suffice where probing
        # and looking for symmetry would spend the time: measured, four times as fast.
        solver.parameters.linearization_level = 2
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        solver.parameters.max_deterministic_time = max(self.left / 2, LITTLE) / WORK
        solver.parameters.max_time_in_seconds = max(self.until - time.monotonic(), LITTLE)
        return solver


class Model:
    """Variables: the pupil starts in this session from this week; the step forward is counted on.

    Because everybody stays until the horizon, a session only fills. A week therefore needs no row of its own
    if a later one has no more seats, and none if fewer pupils could come than it has seats. A wish is a seat
    that is not there; it counts as one of the pupil's slots, and takes no other pupil's seat.
    """

    def __init__(
        self,
        seats: Seats,
        options: Mapping[int, Options],
        wanted: Mapping[int, int],
        wishes: Iterable[Take] = (),
    ) -> None:
        self.seats = seats
        self.cp = cp_model.CpModel()
        self.used = [self.cp.new_bool_var("") for _ in seats.forwards]
        self.starts: dict[tuple[int, int], Any] = {}
        self.takes: dict[Take, Any] = {}
        self.wishes: dict[Take, Any] = {wish: self.cp.new_bool_var("") for wish in wishes}
        self.in_session: dict[int, list[tuple[int, int, Any]]] = defaultdict(list)
        self._gone: dict[tuple[int, ...], Any] = {}
        for pupil, weeks in options.items():
            self._starts(pupil, weeks)
        self._slots(wanted)
        for session in self.in_session:
            self._seats(session)
        self._kept_apart()

    def _starts(self, pupil: int, weeks: Options) -> None:
        for week, sessions in weeks.items():
            self.starts[pupil, week] = self.cp.new_bool_var("")
            for session in sessions:
                take = self.takes[pupil, week, session] = self.cp.new_bool_var("")
                self.in_session[session].append((pupil, week, take))
        self.cp.add_exactly_one(self.starts[pupil, week] for week in weeks)

    def _slots(self, wanted: Mapping[int, int]) -> None:
        """Exactly as many slots as wanted in each week of the cycle, one session in each."""
        chosen: dict[tuple[int, int, str], list[Any]] = defaultdict(list)
        at: dict[tuple[int, int, str, int], list[Any]] = defaultdict(list)
        for (pupil, week, session), take in chain(self.takes.items(), self.wishes.items()):
            for label in self.seats.cycle:
                if self.seats.runs_in(session, label):
                    chosen[pupil, week, label].append(take)
                    at[pupil, week, label, self.seats.slot[session][1]].append(take)
        for (pupil, week), start in self.starts.items():
            for label in self.seats.cycle:
                self.cp.add(sum(chosen[pupil, week, label]) == wanted[pupil] * start)
        for takes in at.values():
            if len(takes) > 1:
                self.cp.add_at_most_one(takes)

    def _seats(self, session: int) -> None:
        """No more pupils in any week than there are seats."""
        entries = self.in_session[session]
        asked: list[tuple[int, frozenset[tuple[int, tuple[int, ...]]]]] = []
        for week, seat in reversed(self.seats.of[session].items()):
            coming = [(pupil, take) for pupil, start, take in entries if start <= week]
            freeing = self.seats.freeing(session, week)
            gone = frozenset(freeing.items())
            if any(free + len(more - gone) <= seat.free for free, more in asked):
                continue
            asked.append((seat.free, gone))
            if len({pupil for pupil, _ in coming}) > seat.free:
                self._row(seat.free, [take for _, take in coming], freeing)

    def _row(self, free: int, coming: Sequence[Any], freeing: dict[int, tuple[int, ...]]) -> None:
        room = free + sum(self.gone(numbers) for numbers in freeing.values())
        row = self.cp.add(sum(coming) <= room)
        if free < 0:  # a session that has too many stays as it is until enough have left
            anybody = self.cp.new_bool_var("")
            for take in coming:
                self.cp.add_implication(take, anybody)
            row.only_enforce_if(anybody)

    def gone(self, numbers: tuple[int, ...]) -> Any:
        """Whether one of these steps forward is counted on; a pupil frees a seat once."""
        if len(numbers) == 1:
            return self.used[numbers[0]]
        if numbers not in self._gone:
            self._gone[numbers] = self.cp.new_bool_var("")
            self.cp.add_max_equality(self._gone[numbers], [self.used[number] for number in numbers])
        return self._gone[numbers]

    def _kept_apart(self) -> None:
        for session, entries in self.in_session.items():
            together: dict[int, list[Any]] = defaultdict(list)
            for pupil, start, take in entries:
                together[pupil].append(take)
                self._apart_from_placed(pupil, session, start, take)
            for one, takes in together.items():
                for other in sorted(self.seats.apart.get(one, frozenset()) & together.keys()):
                    if one < other:
                        self.cp.add_at_most_one([*takes, *together[other]])

    def _apart_from_placed(self, pupil: int, session: int, start: int, take: Any) -> None:
        """In with a placed pupil only once they have left; where they cannot, the session is not offered."""
        if pupil not in self.seats.apart or not self.seats.freeing(session, self.seats.horizon):
            return
        for week in self.seats.of[session]:
            if week >= start:
                freeing = self.seats.freeing(session, week)
                for other in sorted(self.seats.placed_apart(pupil, session, week)):
                    self.cp.add_implication(take, self.gone(freeing[other]))

    def hint(self, starts: Mapping[int, tuple[int, tuple[int, ...]]]) -> None:
        """Where to look first."""
        for (pupil, week, session), take in self.takes.items():
            if pupil in starts:
                self.cp.add_hint(take, week == starts[pupil][0] and session in starts[pupil][1])

    def solve(self, objective: Any, effort: Effort) -> tuple[Found | None, bool]:
        """The best found, or None; and whether the search came to its end."""
        solver = effort.solver()
        if objective is not None:
            self.cp.minimize(objective)
        status = solver.solve(self.cp)
        effort.spend(solver.deterministic_time, len(self.takes))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, status == cp_model.INFEASIBLE
        self.chosen = solver.boolean_value
        return self._read(solver), status == cp_model.OPTIMAL

    def _read(self, solver: Any) -> Found:
        held: dict[tuple[int, int], list[int]] = defaultdict(list)
        for (pupil, week, session), take in self.takes.items():
            if solver.boolean_value(take):
                held[pupil, week].append(session)
        starts = {
            pupil: (week, tuple(sorted(held[pupil, week])))
            for (pupil, week), start in self.starts.items()
            if solver.boolean_value(start)
        }
        forwards = frozenset(n for n, used in enumerate(self.used) if solver.boolean_value(used))
        return Found(starts, forwards, round(solver.best_objective_bound))
