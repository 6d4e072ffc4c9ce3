"""What is found, in sentences."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from .answer import Bind, Cause, Why
from .problem import Forward, Session, Waiting
from .seats import Seats

NAMED = 3  # sessions named in a sentence


class Words:
    """Says a proposal or a reason. Why is said of sessions, never of who else is in them."""

    def __init__(self, seats: Seats) -> None:
        self.seats, self.weeks, self.horizon = seats, seats.problem.weeks, seats.horizon

    def proposal(self, waiting: Waiting, week: int, forwards: Sequence[Forward], why: Why | None) -> str:
        start = f"{waiting.name} could start in the week of {self._day(week)} in {_count(waiting.wanted)}"
        if why is not None:
            start += f"; before that {self._had(waiting, why)}"
        return " ".join([f"{start}.", *self._because(why), *self._counts_on(forwards)])

    def reason(self, waiting: Waiting, why: Why | None) -> str:
        if why is None:
            if waiting.not_before < len(self.weeks):
                return (
                    f"{waiting.name} can start from the week of {self._day(waiting.not_before)}, "
                    "which is after the weeks looked at."
                )
            return f"{waiting.name} can start only after the weeks looked at."
        last = self._day(self.horizon - 1)
        start = (
            f"There is no start for {waiting.name} up to the week of {last} yet: {self._had(waiting, why)}."
        )
        return " ".join([start, *self._because(why)])

    def _had(self, waiting: Waiting, why: Why) -> str:
        wanted = waiting.wanted
        if why.had >= wanted:
            return "not everything was tried in the time there was"
        one = "the session" if wanted == 1 else f"of the {wanted}"
        if not why.binds:
            verb = "runs" if why.had < 2 else "run"
        elif all(bind.cause is Cause.FULL for bind in why.binds):
            verb = "has a seat" if why.had < 2 else "have a seat"
        else:
            verb = "is open to them" if why.had < 2 else "are open to them"
        if wanted == 1:
            return {"runs": "no session runs", "has a seat": "no session has a seat"}.get(
                verb, "no session is open to them"
            )
        return f"only {why.had} {one} wanted {verb}" if why.had else f"none {one} wanted {verb}"

    def _because(self, why: Why | None) -> list[str]:
        """A sentence for each cause and time, and what would do."""
        if why is None or not why.binds:
            return []
        ordered = sorted(why.binds, key=self._order)
        said, left = ordered[:NAMED], len(ordered) - NAMED
        found = [
            self._bound(cause, self._time(first, until, why.week), list(binds))
            for (cause, first, until), binds in groupby(said, lambda b: (b.cause, b.first, b.until))
        ]
        if left > 0:
            found.append(f"The same is so of {left} more." if left > 1 else "The same is so of one more.")
        if why.any_one:
            found.append(
                "One seat more there would do." if len(said) == 1 else "One seat more in any would do."
            )
        return found

    def _order(self, bind: Bind) -> tuple[Any, ...]:
        """By cause and time, then as the sessions stand in the cycle."""
        label, _ = self.seats.slot[bind.session]
        held = self._session(bind)
        return bind.cause, bind.until or self.horizon, bind.first, label, held.order, bind.session

    def _bound(self, cause: Cause, time: str, binds: list[Bind]) -> str:
        sessions = [self._session(bind) for bind in binds]
        are = "is" if len({self.seats.slot[bind.session] for bind in binds}) == 1 else "are"
        if cause is Cause.FULL:
            taken = dict.fromkeys(
                f"{self._session(bind).title} has {_places(self._session(bind).places)} and "
                f"{bind.taken} {'is' if bind.taken == 1 else 'are'} taken"
                for bind in binds
            )
            return f"{_slots(sessions, self._labels(binds))} {are} full {time}: {_listed(list(taken), '; ')}."
        named = ", ".join(
            f"{session.title} on {_slots([session], [label])}"
            for session, label in zip(sessions, self._labels(binds), strict=True)
        )
        if cause is Cause.UNSTAFFED:
            have = "has" if len(binds) == 1 else "have"
            return f"{named} {have} not got two adults, one of them qualified, in every week {time}."
        return f"{named} {'has' if len(binds) == 1 else 'have'} somebody they are kept apart from {time}."

    def _session(self, bind: Bind) -> Session:
        return self.seats.problem.sessions[bind.session]

    def _labels(self, binds: Iterable[Bind]) -> list[str]:
        return [self.seats.slot[bind.session][0] for bind in binds]

    def _time(self, first: int, until: int | None, asked: int) -> str:
        since = f"from the week of {self._day(first)} " if first > asked else ""
        if until is None and asked < first == self.horizon - 1:
            return f"in the week of {self._day(first)}"
        if until is None:
            return f"{since}up to the week of {self._day(self.horizon - 1)}"
        return f"{since}until {self._day(until)}"

    def _counts_on(self, forwards: Sequence[Forward]) -> list[str]:
        """One sentence for the steps forward of each week."""
        weeks: dict[int, list[str]] = {}
        for each in forwards:
            weeks.setdefault(max(each.week, 0), []).append(each.name)
        return [
            f"This counts on the {'step' if len(names) == 1 else 'steps'} forward of {_listed(names)} "
            f"in the week of {self._day(week)}."
            for week, names in sorted(weeks.items())
        ]

    def _day(self, week: int) -> str:
        day: dt.date = self.weeks[week].starts
        words = f"{day.day} {day:%B}"
        return words if day.year == self.weeks[0].starts.year else f"{words} {day.year}"


def _count(sessions: int) -> str:
    return "1 session a week" if sessions == 1 else f"{sessions} sessions a week"


def _places(places: int) -> str:
    return "1 place" if places == 1 else f"{places} places"


def _listed(parts: Sequence[str], comma: str = ", ") -> str:
    return (
        comma.join(parts) if comma != ", " or len(parts) < 2 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    )


def _slots(sessions: Sequence[Session], labels: Sequence[str]) -> str:
    """Monday P1 and P2, Tuesday P3 (week A)"""
    days: dict[tuple[str, str], list[str]] = {}
    for session, label in zip(sessions, labels, strict=True):
        periods = days.setdefault((session.day, label), [])
        if session.period not in periods:
            periods.append(session.period)
    return ", ".join(
        f"{day} {_listed(periods)}" + (f" (week {label})" if label else "")
        for (day, label), periods in days.items()
    )
