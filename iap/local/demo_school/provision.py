"""The provision's sessions and the adults in them, set up by its lead."""

from dataclasses import dataclass

from iap.schools.models import Period, School, StaffMember, User
from timetables.actions.sessions import set_up_session
from timetables.actions.staffing import staff_session
from timetables.models import IapSession

from . import clock
from .plans import LESSONS, WEEKDAYS, Group
from .school import Invented

Slot = tuple[str, str, str]  # week, weekday, period
WITHOUT_A_TEACHER = ("Friday", "5")  # of the last group: every school has one of these
SUPPORTS_ONLY_THERE = "JBR"


@dataclass(frozen=True)
class Base:
    """What has been set up, to be found again by slot."""

    school: School
    lead: User
    staff: dict[str, StaffMember]
    periods: dict[tuple[str, str], Period]
    sessions: dict[tuple[int, Slot], IapSession]


def set_up(invented: Invented, school: School, lead: User) -> Base:
    """One session per group in every slot, staffed from the first day of the year."""
    staff = {member.code: member for member in StaffMember.objects.filter(school=school)}
    periods = {(WEEKDAYS[p.weekday - 1], p.name): p for p in Period.objects.filter(school=school)}
    base = Base(school, lead, staff, periods, {})
    with clock.at(invented.year.days[0]):
        for index, group in enumerate(invented.plan.groups):
            for number, slot in enumerate(slots(invented)):
                base.sessions[index, slot] = _session(base, invented, group, number, slot)
    return base


def slots(invented: Invented) -> list[Slot]:
    return [(week, day, period) for week in invented.weeks for day in WEEKDAYS for period in LESSONS]


def _session(base: Base, invented: Invented, group: Group, number: int, slot: Slot) -> IapSession:
    week, day, period = slot
    title, strand = group.sessions[number % len(group.sessions)]
    since = invented.year.days[0]
    session = set_up_session(
        base.school,
        by=base.lead,
        week=week,
        period=base.periods[day, period],
        title=title,
        strand=strand,
        room=group.room,
        places=group.places,
        valid_from=since,
    )
    for code, role in _adults(invented, group, slot):
        staff_session(session, by=base.lead, adult=base.staff[code], role=role, valid_from=since)
    return session


def _adults(invented: Invented, group: Group, slot: Slot) -> list[tuple[str, str]]:
    last = group is invented.plan.groups[-1] and len(invented.plan.groups) > 1
    if last and slot[1:] == WITHOUT_A_TEACHER:
        return [(code, role) for code, role in group.adults if role != "qt"] + [
            (SUPPORTS_ONLY_THERE, "support")
        ]
    return list(group.adults)
