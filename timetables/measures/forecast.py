"""Occurrences of sessions between two days: who is planned, how many places, and which adults.

Planned are the pupils whose published step in force on the day places them there; a place that ends takes its
steps with it. Staffing is as in `groups`: assigned and not absent, cover counted.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import School
from timetables.clashes import Clash, clash_on, with_lessons
from timetables.models import Cover, IapSession, SessionStaff, StepPlace

from .groups import GUIDE_SIZE, Member, Staffing, adult_of, present


@dataclass(frozen=True)
class Occurrence:
    """One session on one day."""

    session: IapSession
    day: dt.date
    planned: frozenset[int]  # pupils
    places: int
    staffing: Staffing
    away: tuple[str, ...] = ()  # adults noted as away
    clashes: tuple[Clash, ...] = ()  # adults of it who teach a mainstream lesson at that time

    @property
    def size(self) -> int:
        return len(self.planned)

    @property
    def free(self) -> int:
        """Places left; below 0 where the session is over its places."""
        return self.places - self.size

    @property
    def within_guide(self) -> bool:
        return self.size <= GUIDE_SIZE

    @property
    def needs_cover(self) -> bool:
        """With pupils, and without two adults, one of them qualified; or one of them is asked for elsewhere."""
        return bool(self.planned) and (not self.staffing.within_guide or bool(self.clashes))

    @property
    def missing(self) -> str:
        """What the staffing is short of, in two words; nothing where it is within the guide."""
        if not self.staffing.adults:
            return "no adult"
        if not self.staffing.has_teacher:
            return "no teacher"
        return "" if self.staffing.within_guide else "one adult"

    @property
    def staffing_words(self) -> str:
        """What is short, who is away, and who has a lesson then."""
        away = (f"{name} is away" for name in self.away)
        return ". ".join(filter(None, (self.missing.capitalize(), *away, *map(str, self.clashes))))


@dataclass(frozen=True)
class WeekAhead:
    """One school week, its occurrences in order of day and bell."""

    monday: dt.date
    label: str
    occurrences: tuple[Occurrence, ...]

    @property
    def busiest(self) -> int:
        return max((each.size for each in self.occurrences), default=0)

    @property
    def used(self) -> int:
        return sum(each.size for each in self.occurrences)

    @property
    def places(self) -> int:
        return sum(each.places for each in self.occurrences)


def weeks_ahead(
    school: School,
    first: dt.date,
    last: dt.date,
    *,
    calendar: Calendar | None = None,
    most: int | None = None,
) -> list[WeekAhead]:
    """The open weeks between two days, `most` of them at most. Four queries, and one more without the `calendar`;
    the cost does not depend on other schools.
    """
    calendar = calendar or Calendar.of(school, first, last)
    days = [day for day in calendar.open_days() if first <= day <= last]
    mondays = list(dict.fromkeys(map(monday_of, days)))[:most]
    weeks: dict[dt.date, list[Occurrence]] = {monday: [] for monday in mondays}
    if mondays:
        last = min(last, mondays[-1] + dt.timedelta(days=6))
    for each in occurrences(school, first, last, calendar=calendar):
        weeks[monday_of(each.day)].append(each)
    return [WeekAhead(monday, calendar.week_label(monday), tuple(rows)) for monday, rows in weeks.items()]


def occurrences(school: School, first: dt.date, last: dt.date, *, calendar: Calendar) -> list[Occurrence]:
    """Every occurrence between two days, past or coming, in order of day and bell: four queries."""
    sessions = IapSession.objects.standing_from(first).filter(school=school, valid_from__lte=last)
    listed = list(_with_stays(sessions, school, first, last).order_by("period__starts", "title", "pk"))
    placed = {session.pk: [_stay(span) for span in session.spans or ()] for session in listed}
    assigned = _assigned(school, first, last)
    changes = _changes(school, first, last)
    of_day: dict[tuple[int, str], list[IapSession]] = defaultdict(list)
    for session in listed:
        for label in {session.week} if session.week else {"", *school.weeks}:
            of_day[session.period.weekday, label].append(session)
    found, usual = [], school.provision.places
    for day in calendar.open_days():
        if not first <= day <= last:
            continue
        label = calendar.week_label(day)
        for session in of_day[day.isoweekday(), label]:
            if session.is_valid_on(day):
                room = _Room.on(day, label, assigned[session.pk], changes[session.pk, day])
                found.append(_occurrence(session, day, placed[session.pk], room, usual))
    return found


Stay = tuple[int, dt.date, dt.date | None]  # pupil, from, until


def _with_stays(sessions: Any, school: School, first: dt.date, last: dt.date) -> Any:
    """The sessions with their period, and as `spans` who is placed in them from when until when."""
    rows = StepPlace.objects.standing_from(first).filter(
        school=school, session=OuterRef("pk"), step__starts_on__lte=last
    )
    span = JSONObject(
        pupil="step__pupil", starts="step__starts_on", ends="step__ends_on", leaves="step__placement__ends_on"
    )
    spans = rows.order_by().values("session").annotate(spans=JSONBAgg(span)).values("spans")
    return sessions.select_related("period").annotate(spans=Subquery(spans))


def _stay(span: Mapping[str, Any]) -> Stay:
    until = [dt.date.fromisoformat(each) for each in (span["ends"], span["leaves"]) if each]
    return span["pupil"], dt.date.fromisoformat(span["starts"]), min(until, default=None)


def _assigned(school: School, first: dt.date, last: dt.date) -> dict[int, list[Member]]:
    rows = SessionStaff.objects.standing_from(first).filter(school=school, valid_from__lte=last)
    found: dict[int, list[Member]] = defaultdict(list)
    for row in with_lessons(rows, first).select_related("adult"):
        found[row.session_id].append((row, adult_of(row.adult, row.role)))
    return found


def _changes(school: School, first: dt.date, last: dt.date) -> dict[tuple[int, dt.date], list[Cover]]:
    rows = Cover.objects.filter(school=school, day__range=(first, last))
    found: dict[tuple[int, dt.date], list[Cover]] = defaultdict(list)
    for row in with_lessons(rows, first, adult="covered_by").select_related("adult", "covered_by"):
        found[row.session_id, row.day].append(row)
    return found


@dataclass(frozen=True)
class _Room:
    """The adults of a session on one day."""

    staffing: Staffing
    away: tuple[str, ...]
    clashes: tuple[Clash, ...]

    @classmethod
    def on(cls, day: dt.date, label: str, assigned: list[Member], changes: list[Cover]) -> "_Room":
        here = present(day, assigned, changes)
        clashes = (clash_on(row, adult.name, day, label) for row, adult in here.values() if row.lessons)
        return cls(
            Staffing(tuple(adult for _, adult in here.values())),
            tuple(str(row.adult) for row in changes if row.adult is not None),
            tuple(clash for clash in clashes if clash is not None),
        )


def _occurrence(session: IapSession, day: dt.date, stays: list[Stay], room: _Room, usual: int) -> Occurrence:
    planned = frozenset(
        [pupil for pupil, starts, ends in stays if starts <= day and (ends is None or day < ends)]
    )
    places = session.places or usual
    return Occurrence(session, day, planned, places, room.staffing, room.away, room.clashes)
