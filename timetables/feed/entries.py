"""What somebody's calendar says: the lessons they take to which pupils return, and their sessions in the base.

Numbers of pupils and nothing else about them: an address may be read by whoever has it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from iap.schools.calendar import Calendar
from iap.schools.models import Period, School, StaffMember, User
from iap.ui.words import plural
from timetables.measures.places import stays
from timetables.measures.share import IN_MAINSTREAM, step_on, steps_of
from timetables.models import ClassMember, Cover, IapSession, SessionStaff, StepPlace
from timetables.taken import lessons_taken

from .owner import Owner

BEFORE, AHEAD = dt.timedelta(weeks=2), dt.timedelta(weeks=8)


@dataclass(frozen=True)
class Entry:
    """One event: a period of one day."""

    uid: UUID
    day: dt.date
    starts: dt.time
    ends: dt.time
    summary: str
    room: str


def window(today: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day that a calendar shows."""
    return today - BEFORE, today + AHEAD


def entries_of(owner: Owner, today: dt.date) -> list[Entry]:
    """Everything in the owner's calendar, in order of time: the same number of queries however much it is."""
    if owner.adult is None:
        return []
    first, last = window(today)
    calendar = Calendar.of(owner.school, first, last)
    days = [day for day in calendar.open_days() if first <= day <= last]
    found: list[Entry] = []
    if owner.teaches:
        found += _lessons(owner.school, owner.user, days, calendar)
    if owner.in_the_base:
        found += _sessions(owner.school, owner.adult, days, calendar)
    return sorted(found, key=lambda entry: (entry.day, entry.starts, entry.summary, entry.uid))


def _entry(school: School, kind: str, row: Any, day: dt.date, summary: str) -> Entry:
    """An event keeps its name for as long as its lesson or session stands, whoever comes to it."""
    uid = uuid5(school.uuid, f"{kind} {row.pk} {day.isoformat()}")
    return Entry(uid, day, row.period.starts, row.period.ends, summary, row.room)


def _runs(period: Period, week: str, day: dt.date, calendar: Calendar) -> bool:
    return period.weekday == day.isoweekday() and week in {"", calendar.week_label(day)}


def _lessons(school: School, user: User, days: list[dt.date], calendar: Calendar) -> list[Entry]:
    """One event for each coming of a lesson they take, or cover, to which somebody returns. Four queries."""
    if not days:
        return []
    taken = lessons_taken(school, user, days[0], days[-1])
    returning = _returning(school, [each.lesson for each in taken], days)
    held = {
        (each.lesson.pk, day): each
        for each in sorted(taken, key=lambda each: not each.for_a_day)  # who teaches it does not cover it
        for day in days
        if each.on(day)
        and each.lesson.is_valid_on(day)
        and _runs(each.lesson.period, each.lesson.week, day, calendar)
    }
    found = []
    for (_, day), each in held.items():
        number = returning(each.lesson, day, calendar.week_label(day))
        if number:
            group = each.lesson.mainstream_class
            name = " ".join(part for part in (group.name, group.subject) if part)
            words = f"{plural(number, 'pupil')} returning to {name}{' (cover)' if each.for_a_day else ''}"
            found.append(_entry(school, "lesson", each.lesson, day, words))
    return found


def _returning(school: School, lessons: list[Any], days: list[dt.date]) -> Callable[[Any, dt.date, str], int]:
    """Counts the pupils whose step puts them in mainstream in a lesson of their class on a day."""
    members: dict[int, list[ClassMember]] = defaultdict(list)
    rows = ClassMember.objects.standing_from(days[0]).filter(
        school=school,
        mainstream_class__in={lesson.mainstream_class_id for lesson in lessons},
        valid_from__lte=days[-1],
        pupil__placements__isnull=False,
    )
    for member in rows.distinct():
        members[member.mainstream_class_id].append(member)
    steps = steps_of(school, {member.pupil_id for each in members.values() for member in each})
    placed = set(
        StepPlace.objects.filter(
            school=school,
            step__in=[step.pk for each in steps.values() for step in each],
            period__in={lesson.period_id for lesson in lessons},
            place__in=IN_MAINSTREAM,
        ).values_list("step", "period", "week")
    )

    def count(lesson: Any, day: dt.date, label: str) -> int:
        coming = set()
        for member in members[lesson.mainstream_class_id]:
            step = step_on(steps.get(member.pupil_id, []), day) if member.is_valid_on(day) else None
            if step and any((step.pk, lesson.period_id, week) in placed for week in {"", label}):
                coming.add(member.pupil_id)
        return len(coming)

    return count


def _sessions(school: School, adult: StaffMember, days: list[dt.date], calendar: Calendar) -> list[Entry]:
    """One event for each session that the adult is in: being away takes it out, covering puts it in."""
    if not days:
        return []
    held = {(session.pk, day): (session, covers) for session, day, covers in _held(school, adult, days)}
    placed = stays(school, {pk for pk, _ in held}, days[0])
    found = []
    for (pk, day), (session, covers) in held.items():
        if session.is_valid_on(day) and _runs(session.period, session.week, day, calendar):
            number = sum(start <= day and (end is None or day < end) for start, end in placed.get(pk, []))
            words = f"{session.title}{' (cover)' if covers else ''}, {_pupils(number)}"
            found.append(_entry(school, "session", session, day, words))
    return found


def _pupils(number: int) -> str:
    return plural(number, "pupil") if number else "no pupils"


def _held(
    school: School, adult: StaffMember, days: Iterable[dt.date]
) -> Iterator[tuple[IapSession, dt.date, bool]]:
    """Sessions and the days on which the adult is in them, and whether only as cover. Two queries."""
    days = list(days)
    assigned = (
        SessionStaff.objects.standing_from(days[0])
        .filter(school=school, adult=adult, valid_from__lte=days[-1])
        .select_related("session__period")
    )
    changes = Cover.objects.filter(school=school, day__in=days).select_related("session__period")
    away = set(changes.filter(adult=adult).values_list("session", "day"))
    own = {(row.session_id, day) for row in assigned for day in days if row.is_valid_on(day)} - away
    for change in changes.filter(covered_by=adult):
        if (change.session_id, change.day) not in own:
            yield change.session, change.day, True
    for row in assigned:
        for day in days:
            if (row.session_id, day) in own and row.is_valid_on(day):
                yield row.session, day, False
