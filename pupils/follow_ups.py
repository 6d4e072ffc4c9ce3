"""When to ask whether what came after a place holds: 2, 6 and 12 school weeks after its end."""

import datetime as dt

from django.urls import reverse

from iap.inbox.duties import Due
from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import School

from .models import AFTER_WEEKS, FollowUpCheck

WEEK = dt.timedelta(weeks=1)
# Twelve school weeks lie within this, whatever holidays there are.
LOOK_AHEAD = dt.timedelta(weeks=12 + 20)


def days_to_ask(school: School, ends_on: dt.date) -> dict[int, dt.date]:
    """The day for each of 2, 6 and 12 school weeks after a place without which `ends_on` is the first day.

    Weeks in which the school is closed are passed over. Weeks after the last that the calendar knows are taken to
    be open, until it knows better. One query.
    """
    calendar = Calendar.of(school, ends_on, ends_on + LOOK_AHEAD)
    return {weeks: school_weeks_after(calendar, ends_on, weeks) for weeks in AFTER_WEEKS}


def school_weeks_after(calendar: Calendar, day: dt.date, weeks: int) -> dt.date:
    """The same weekday so many school weeks later, or the nearest open day of that week.

    Counting begins with the first school day on or after `day`.
    """
    first = calendar.first_open_after(day - dt.timedelta(days=1)) or _weekday(day)
    monday = monday_of(first)
    for _ in range(weeks):
        monday = _next_school_week(calendar, monday)
    open_days = [each for n in range(5) if calendar.is_open(each := monday + dt.timedelta(days=n))]
    wanted = monday + dt.timedelta(days=first.weekday())
    later = [each for each in open_days if each >= wanted]
    return (later or open_days[-1:] or [wanted])[0]


def _next_school_week(calendar: Calendar, monday: dt.date) -> dt.date:
    known = calendar.open_weeks()
    later = [each for each in known if each > monday]
    return later[0] if later else monday + WEEK


def _weekday(day: dt.date) -> dt.date:
    return day if day.weekday() < 5 else monday_of(day) + WEEK


def follow_ups_due(school: School, day: dt.date) -> list[Due]:
    """Checks whose day has come and that nobody has answered: one query."""
    found = FollowUpCheck.objects.due_by(day).filter(school=school).select_related("pupil", "placement")
    return [
        Due(
            f"After {check.weeks} school weeks: does it hold?",
            reverse("pupils:exit", args=[check.pupil.uuid, check.placement.uuid]),
            check.due_on,
            check.pupil,
        )
        for check in found.order_by("due_on", "pk")
    ]
