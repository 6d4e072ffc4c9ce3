"""Packs that make themselves: after each term or half term, for the people who are named."""

import datetime as dt

from iap.schools.actions.settings import lock
from iap.schools.models import School, User
from reporting.actions.packs import ask
from reporting.models import Pack, PackKind, Schedule
from reporting.periods import Kind, Period, Periods

LATE = dt.timedelta(days=28)  # after that a period that has closed is no news


def ask_for_due(school: School, today: dt.date) -> list[Pack]:
    """Ask for each pack whose period has closed and for which nobody was made one. Twice on a day, once."""
    schedules = list(Schedule.objects.at([school]).filter(active=True).order_by("pk"))
    if not schedules:
        return []
    lock(school)
    periods = Periods(school, today)
    made = []
    for schedule in schedules:
        period = last_closed(periods, Kind(schedule.rhythm))
        if period is None or today - period.closes > LATE or _made_already(schedule, period):
            continue
        people = User.objects.filter(is_active=True, memberships__school=school)
        wanted = people.filter(pk__in=schedule.recipients.values("user")).distinct()
        kind = PackKind(schedule.kind)
        made.append(ask(school, kind, period.name, by=None, period=period, readers=wanted))
    return made


def last_closed(periods: Periods, kind: Kind) -> Period | None:
    """The last period of that kind that is over."""
    return next((each for each in periods.past(kind) if each.closes < periods.today), None)


def _made_already(schedule: Schedule, period: Period) -> bool:
    by_itself = Pack.objects.filter(school=schedule.school_id, kind=schedule.kind, asked_by=None)
    return by_itself.filter(period=period.key).exists()
