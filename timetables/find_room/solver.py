"""Finds start weeks that let pupils in soonest, the waiting list's order respected.

Sooner for a pupil counts before everything for the pupils behind. One weighted sum cannot say that: thirty
pupils and twelve weeks need weights up to 13³⁰, beyond what the solver counts with. So the list is gone
through in order. Each pupil has the soonest week that is possible while those ahead start in the weeks they
have; their sessions stay open to be changed. Those behind are not in the question yet, so they can take
nothing away, and with the weeks ahead settled what is left to decide is little more than who sits where.

For each pupil two questions are asked. The first leaves the sessions of those ahead as they are: it is small
and mostly answers at once. Only if its week is not the soonest that could be at all, the second asks whether
any sooner week is possible with everybody's sessions open. What was ruled out for one pupil is not asked
again for another who asks for as much. Last, fewest steps forward for the same weeks.
"""

import time
from dataclasses import dataclass, field

from .answer import Answer, Proposal, Reason, Why
from .model import Effort, Found, Model
from .problem import Forward, Problem, Waiting
from .seats import Options, Seats
from .why import Explain
from .words import Words

Starts = dict[int, tuple[int, tuple[int, ...]]]
SEARCHED = 0.8  # of the time; the rest is for those the search did not come to, and for saying why


def solve(problem: Problem, *, limit: float = 5.0) -> Answer:
    """Proposals and reasons for everybody who waits, in about `limit` seconds at most.

    If the search ends early, the best so far is given with its gap, and nothing in it breaks a rule.
    """
    began = time.perf_counter()
    search = _Search(Seats(problem), Effort(limit * SEARCHED))
    for waiting in search.seats.waiting:
        search.admit(waiting)
    search.fewest_forwards()
    proposals, reasons = _told(search)
    return Answer(
        proposals=proposals,
        reasons=reasons,
        forwards=search.seats.named(search.forwards),
        gap=search.gap,
        optimal=search.gap == 0 and search.fewest,
        seconds=round(time.perf_counter() - began, 3),
    )


@dataclass
class _Search:
    """What is settled so far for the pupils ahead."""

    seats: Seats
    effort: Effort
    starts: Starts = field(default_factory=dict)
    options: dict[int, Options] = field(default_factory=dict)
    wanted: dict[int, int] = field(default_factory=dict)
    not_before: dict[int, int] = field(default_factory=dict)  # proven of each pupil settled
    forwards: frozenset[int] = frozenset()
    gap: int = 0
    fewest: bool = True

    def admit(self, waiting: Waiting) -> None:
        """Settle the soonest week for the next pupil, if there is one."""
        options = self._still_open(waiting)
        self.wanted[waiting.pupil] = waiting.wanted
        bound = self.seats.horizon
        if options:
            as_they_are = {pupil: {week: of} for pupil, (week, of) in self.starts.items()}
            found, _ = self._soonest(waiting, options, as_they_are)
            week = self._take(found, waiting, options) if found else self.seats.horizon
            bound = self._sooner(waiting, week, options)
        self.not_before[waiting.pupil] = bound

    def _still_open(self, waiting: Waiting) -> Options:
        """Weeks not ruled out by a pupil ahead who asks for no more than this one and had no start in them.

        That pupil could have taken what this one would be given, so nothing has to be searched again.
        """
        ruled_out = {
            week
            for other in self.seats.waiting
            if other.pupil in self.not_before and self.seats.asks_no_more(other, waiting)
            for week in range(other.not_before, self.not_before[other.pupil])
        }
        options = self.seats.options(waiting)
        return {week: of for week, of in options.items() if week not in ruled_out}

    def _sooner(self, waiting: Waiting, week: int, options: Options) -> int:
        """Take a week before `week` if it is possible with the sessions of those ahead open. The bound."""
        sooner = {each: of for each, of in options.items() if each < week}
        if not sooner:
            return week
        found, done = (None, False)
        if not self.effort.over:
            found, done = self._soonest(waiting, sooner, self._ahead())
        if found:
            week = self._take(found, waiting, options)
        bound = week if done else max(found.bound if found else 0, min(sooner))
        self.gap += week - bound
        return bound

    def _ahead(self) -> dict[int, Options]:
        """Those who have a week keep it, in any sessions open to them from it on."""
        return {pupil: {week: self.options[pupil][week]} for pupil, (week, _) in self.starts.items()}

    def _soonest(
        self, waiting: Waiting, weeks: Options, ahead: dict[int, Options]
    ) -> tuple[Found | None, bool]:
        model = Model(self.seats, {**ahead, waiting.pupil: weeks}, self.wanted)
        model.hint(self.starts)
        week = sum(week * start for (pupil, week), start in model.starts.items() if pupil == waiting.pupil)
        return model.solve(week, self.effort)

    def _take(self, found: Found, waiting: Waiting, options: Options) -> int:
        self.starts, self.forwards = found.starts, found.forwards
        self.options[waiting.pupil] = options
        return found.starts[waiting.pupil][0]

    def fewest_forwards(self) -> None:
        """The same weeks with no more steps forward than they need."""
        if self.forwards:
            model = Model(self.seats, self._ahead(), self.wanted)
            model.hint(self.starts)
            found, self.fewest = model.solve(sum(model.used), self.effort)
            if found and len(found.forwards) <= len(self.forwards):
                self.starts, self.forwards = found.starts, found.forwards


def _told(search: _Search) -> tuple[tuple[Proposal, ...], tuple[Reason, ...]]:
    explain = Explain(search.seats, search.starts, search.forwards, search.effort)
    words = Words(search.seats)
    proposals, reasons = [], []
    for waiting in search.seats.waiting:
        if waiting.pupil not in search.starts:
            why = explain.not_at_all(waiting)
            reasons.append(Reason(waiting.pupil, why, words.reason(waiting, why)))
            continue
        week, sessions = search.starts[waiting.pupil]
        proposals.append(_proposal(words, waiting, week, sessions, explain))
    return tuple(proposals), tuple(reasons)


def _proposal(
    words: Words, waiting: Waiting, week: int, sessions: tuple[int, ...], explain: Explain
) -> Proposal:
    why: Why | None = explain.not_sooner(waiting, week)
    needed: tuple[Forward, ...] = explain.forwards_for(waiting, week, sessions)
    sentence = words.proposal(waiting, week, needed, why)
    return Proposal(waiting.pupil, week, sessions, needed, why, sentence)
