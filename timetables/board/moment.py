"""Which day and period a board is of."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from iap.schools.calendar import Calendar
from iap.schools.models import Period, PeriodKind
from iap.ui.moments import day as said

AROUND = dt.timedelta(days=45)  # longer than any holiday


@dataclass(frozen=True)
class Moment:
    """One period of one school day, as the bell has it."""

    day: dt.date
    calendar: Calendar
    periods: list[Period]
    period: Period
    now: dt.datetime
    notices: list[str] = field(default_factory=list)

    @property
    def week(self) -> str:
        return self.calendar.week_label(self.day)

    @property
    def is_today(self) -> bool:
        return self.day == timezone.localdate(self.now)

    @property
    def is_now(self) -> bool:
        """Whether the bell has rung for this period and not yet for the next."""
        time = timezone.localtime(self.now).time()
        return self.is_today and self.period.starts <= time < self.period.ends

    @property
    def lesson(self) -> Period:
        """The period to work in: this one, or the lesson that a registration or break leads up to."""
        if self.period.is_lesson:
            return self.period
        later = [p for p in self.periods if p.is_lesson and p.starts >= self.period.starts]
        earlier = [p for p in self.periods if p.is_lesson]
        return (later or earlier[-1:] or [self.period])[0]

    @property
    def next_lesson(self) -> Period | None:
        return next((p for p in self.periods if p.is_lesson and p.starts > self.lesson.starts), None)

    @property
    def previous(self) -> Period | None:
        before = [p for p in self.periods if p.starts < self.period.starts]
        return before[-1] if before else None

    @property
    def next(self) -> Period | None:
        return next((p for p in self.periods if p.starts > self.period.starts), None)

    @property
    def day_before(self) -> dt.date | None:
        return self.calendar.last_open(self.day - dt.timedelta(days=1))

    @property
    def day_after(self) -> dt.date | None:
        return self.calendar.first_open_after(self.day)

    def minutes_since(self, time: dt.time) -> int:
        """Minutes from a time of this day until now; negative before it."""
        then = timezone.make_aware(dt.datetime.combine(self.day, time))
        return int((self.now - then).total_seconds() // 60)


def moment(school: Any, now: dt.datetime, day: dt.date | None = None, slug: str = "") -> Moment | None:
    """The moment asked for, or this one; nothing while the school has no open day or no bell. Three queries.

    On a closed day it is the last school day before; an unknown period gives the one that fits best. Both are
    said in `notices`.
    """
    today = timezone.localdate(now)
    asked = day or today
    calendar = Calendar.of(school, asked - AROUND, asked + AROUND)
    shown = calendar.last_open(asked) or calendar.first_open_after(asked)
    if shown is None:
        return None
    periods = list(Period.objects.filter(school=school).on_weekday(shown).in_order())
    if not periods:
        return None
    notices = []
    if shown != asked:
        notices.append(f"The school is closed on {said(asked)}. This is {said(shown)}.")
    period = next((p for p in periods if slug and slugify(p.name) == slug), None)
    if period is None:
        period = _fitting(periods, timezone.localtime(now).time() if shown == today else None)
        if slug:
            notices.append(f"{said(shown)} has no period “{slug}”. This is {name_of(period)}.")
    return Moment(shown, calendar, periods, period, now, notices)


def _fitting(periods: list[Period], time: dt.time | None) -> Period:
    """The period the bell is in; before school the first, after school the last; on other days lesson one."""
    if time is None:
        return next((p for p in periods if p.is_lesson), periods[0])
    return next((p for p in periods if time < p.ends), periods[-1])


def short(period: Period) -> str:
    """P3, where periods are numbered; otherwise the name."""
    return f"P{period.name}" if period.name.isdigit() else period.name


def name_of(period: Period) -> str:
    """Period 3; Break."""
    numbered = period.kind == PeriodKind.LESSON and period.name[:1].isdigit()
    return f"Period {period.name}" if numbered else period.name
