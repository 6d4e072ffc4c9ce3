"""The weeks of a school year, as a page shows and proposes them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .actions.calendar import CLOSED
from .calendar import monday_of
from .models import AcademicYear, Closure, CycleWeek, School, Term

WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True)
class Week:
    """One calendar week of a year: its label (or CLOSED), and what else is known about it."""

    monday: dt.date
    label: str
    term: str
    closed_days: int

    @property
    def friday(self) -> dt.date:
        return self.monday + dt.timedelta(days=4)


def of_year(school: School, year: AcademicYear) -> list[Week]:
    """Every calendar week that touches the year: three queries."""
    mondays = mondays_between(year.starts_on, year.ends_on)
    span = (mondays[0], mondays[-1] + WEEK)
    labels = dict(CycleWeek.objects.at([school]).filter(monday__range=span).values_list("monday", "label"))
    closed_on = Closure.objects.at([school]).filter(day__range=span).values_list("day", flat=True)
    closed = Counter(monday_of(day) for day in closed_on)
    terms = list(Term.objects.at([school]).filter(starts_on__lte=span[1], ends_on__gte=span[0]))
    return [Week(day, labels.get(day, CLOSED), _term(terms, day), closed[day]) for day in mondays]


def proposed(school: School, year: AcademicYear, first: str) -> dict[dt.date, str]:
    """A starting point: labels in turn from `first`, for the weeks that fall in a term.

    Only a proposal: holidays shift the cycle in ways that each school decides, so a person checks it.
    Without terms, every week of the year is proposed as open.
    """
    terms = list(Term.objects.at([school]).filter(starts_on__lte=year.ends_on, ends_on__gte=year.starts_on))
    mondays = mondays_between(year.starts_on, year.ends_on)
    opens = [monday for monday in mondays if not terms or _term(terms, monday)]
    labels = school.weeks
    start = labels.index(first) if first in labels else 0
    in_turn = {monday: labels[(start + n) % len(labels)] for n, monday in enumerate(opens)}
    return {monday: in_turn.get(monday, CLOSED) for monday in mondays}


def mondays_between(first: dt.date, last: dt.date) -> list[dt.date]:
    monday, found = monday_of(first), []
    while monday <= last:
        found.append(monday)
        monday += WEEK
    return found


def year_on(years: Sequence[AcademicYear], day: dt.date) -> AcademicYear | None:
    """The year that a day falls in, or the next one, or the last there was."""
    coming = (year for year in sorted(years, key=lambda y: y.starts_on) if year.ends_on >= day)
    return next(coming, None) or (max(years, key=lambda y: y.starts_on) if years else None)


def _term(terms: Iterable[Term], monday: dt.date) -> str:
    friday = monday + dt.timedelta(days=4)
    return next((t.name for t in terms if t.starts_on <= friday and t.ends_on >= monday), "")
