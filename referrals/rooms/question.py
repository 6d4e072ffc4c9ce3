"""The question about room, put to the solver from what is stored, and its answer told about pupils and sessions."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from iap.schools.calendar import Calendar
from timetables.find_room import Answer, Problem, Proposal, Reason, Seat, Session, Waiting, Week
from timetables.find_room import Forward as CountedOn
from timetables.grids import name_of
from timetables.measures.forecast import WeekAhead
from timetables.models import IapSession
from timetables.supported import Forward

from .line import InLine


@dataclass(frozen=True)
class Start:
    """A start that was found for a pupil: the day it begins, in which sessions, counting on which steps forward."""

    line: InLine
    proposal: Proposal
    monday: dt.date
    first_day: dt.date
    sessions: tuple[IapSession, ...]
    forwards: tuple[Forward, ...]

    @property
    def times(self) -> list[tuple[str, str]]:
        """Week A: Mon P1 P3 · Tue P2"""
        days: dict[str, dict[str, list[str]]] = {}
        for each in self.sessions:
            day = each.period.get_weekday_display()[:3]
            days.setdefault(each.week, {}).setdefault(day, []).append(name_of(each.period))
        return [
            (
                f"Week {week}" if week else "Each week",
                " · ".join(f"{day} {' '.join(names)}" for day, names in of.items()),
            )
            for week, of in days.items()
        ]


@dataclass(frozen=True)
class Question:
    """Weeks ahead, the line, and the steps forward that the lead counts on."""

    weeks: tuple[WeekAhead, ...]
    line: tuple[InLine, ...]
    forwards: tuple[Forward, ...]
    wanted: int
    calendar: Calendar

    @property
    def sessions(self) -> dict[int, IapSession]:
        return {each.session.pk: each.session for week in self.weeks for each in week.occurrences}

    def problem(self) -> Problem:
        return Problem(
            weeks=tuple(Week(week.monday, week.label) for week in self.weeks),
            horizon=len(self.weeks),
            sessions={pk: _said(session, self._places(pk)) for pk, session in self.sessions.items()},
            seats=tuple(self._seats()),
            waiting=tuple(self._waiting(rank, each) for rank, each in enumerate(self.line)),
            forwards=tuple(self._counted_on(each) for each in self.forwards),
            present={
                (each.session.pk, number): each.planned
                for number, week in enumerate(self.weeks)
                for each in week.occurrences
            },
        )

    def _places(self, session: int) -> int:
        return next(
            each.places for week in self.weeks for each in week.occurrences if each.session.pk == session
        )

    def _seats(self) -> list[Seat]:
        """A seat for each session in each week; none free in a week in which it does not run yet, or no more."""
        found = []
        for number, week in enumerate(self.weeks):
            held = {each.session.pk: each for each in week.occurrences}
            for pk, session in self.sessions.items():
                slot = (session.week, session.period_id)
                if (here := held.get(pk)) is not None:
                    found.append(Seat(pk, slot, number, here.free, here.staffing.within_guide))
                elif self._would_run(session, week):
                    found.append(Seat(pk, slot, number, 0))
        return found

    def _would_run(self, session: IapSession, week: WeekAhead) -> bool:
        day = week.monday + dt.timedelta(days=session.period.weekday - 1)
        return session.week in ("", week.label) and self.calendar.is_open(day)

    def _waiting(self, rank: int, each: InLine) -> Waiting:
        return Waiting(
            pupil=each.pupil.pk,
            name=each.pupil.known_as,
            rank=rank,
            wanted=self.wanted,
            sessions=self._open_to(each),
            not_before=self._week_from(each.not_before),
            apart=each.apart,
        )

    def _open_to(self, each: InLine) -> frozenset[int]:
        """Every session but those at the time of a lesson that goes well."""
        if not each.stays:
            return frozenset()
        weeks = {week.label for week in self.weeks}
        return frozenset(
            pk
            for pk, session in self.sessions.items()
            if not any(
                (label, session.period_id) in each.stays
                for label in ([session.week] if session.week else weeks)
            )
        )

    def _week_from(self, day: dt.date | None) -> int:
        """The first of the weeks that ends after a day."""
        if day is None:
            return 0
        return sum(week.monday + dt.timedelta(days=6) < day for week in self.weeks)

    def _counted_on(self, each: Forward) -> CountedOn:
        lesson = each.suggestion.candidate
        when = lesson.name.removeprefix(f"{lesson.subject}, ")
        name = f"{each.placement.pupil.known_as} to {lesson.subject} on {when}"
        return CountedOn(each.placement.pupil_id, name, frozenset(session.pk for session in each.sessions), 0)

    def starts(self, answer: Answer) -> list[Start]:
        """The proposals in order of the line."""
        by_pupil = {each.pupil.pk: each for each in self.line}
        mine = {(self._counted_on(each).pupil, self._counted_on(each).name): each for each in self.forwards}
        return [
            Start(
                by_pupil[each.pupil],
                each,
                self.weeks[each.week].monday,
                self._first_day(each.week, by_pupil[each.pupil].not_before),
                tuple(sorted((self.sessions[pk] for pk in each.sessions), key=_in_the_week)),
                tuple(mine[forward.pupil, forward.name] for forward in each.forwards),
            )
            for each in answer.proposals
        ]

    def _first_day(self, number: int, not_before: dt.date | None) -> dt.date:
        monday = self.weeks[number].monday
        first = max(monday, not_before) if not_before else monday
        return next((day for day in self.calendar.open_days() if day >= first), first)

    def reasons(self, answer: Answer) -> list[tuple[InLine, Reason]]:
        """Those for whom no start was found, with why."""
        by_pupil = {each.pupil.pk: each for each in self.line}
        return [(by_pupil[each.pupil], each) for each in answer.reasons]


def _said(session: IapSession, places: int) -> Session:
    period = session.period
    order = period.weekday, period.starts
    return Session(session.title, period.get_weekday_display(), name_of(period), places, order)


def _in_the_week(session: IapSession) -> Any:
    return session.week, session.period.weekday, session.period.starts, session.title
