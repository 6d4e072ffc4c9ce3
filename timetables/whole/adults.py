"""The week by adult: which sessions each of them is in, cover counted."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from iap.schools.models import StaffMember
from timetables.models import Cover, IapSession

from .week import Week, sessions_in, staffing_in


@dataclass(frozen=True)
class Turn:
    """One session in an adult's week: held by the timetable, as cover, or left out for the day."""

    session: IapSession
    covers: bool = False
    away: bool = False


@dataclass
class AdultWeek:
    name: str
    qualified: bool
    days: dict[dt.date, list[Turn]] = field(default_factory=lambda: defaultdict(list))

    @property
    def number(self) -> int:
        return sum(not turn.away for turns in self.days.values() for turn in turns)


def by_adult(week: Week) -> list[tuple[AdultWeek, list[list[Turn]]]]:
    """Each adult with their turns from Monday to Friday, in order of name."""
    held = sessions_in(week)
    found: dict[int, AdultWeek] = {}
    for day, session, staffed in staffing_in(week, held):
        for adult in staffed.adults:
            of = found.setdefault(adult.id, AdultWeek(adult.name, adult.qualified))
            of.days[day].append(Turn(session, covers=adult.covers))
    for person, day, session in _away(week, held):
        of = found.setdefault(person.pk, AdultWeek(str(person), person.qualified))
        of.days[day].append(Turn(session, away=True))
    for each in found.values():
        for turns in each.days.values():
            turns.sort(key=lambda turn: (turn.session.period.starts, turn.session.title))
    ordered = sorted(found.items(), key=lambda item: (item[1].name.split()[-1], item[1].name, item[0]))
    return [(each, [each.days[day] for day in week.days]) for _, each in ordered]


def _away(
    week: Week, held: list[tuple[dt.date, IapSession]]
) -> list[tuple[StaffMember, dt.date, IapSession]]:
    sessions = {(day, session.pk): session for day, session in held}
    rows = Cover.objects.filter(school=week.school, day__range=(week.monday, week.last), adult__isnull=False)
    return [
        (row.adult, row.day, sessions[row.day, row.session_id])
        for row in rows.select_related("adult").order_by("pk")
        if row.adult is not None and (row.day, row.session_id) in sessions
    ]
