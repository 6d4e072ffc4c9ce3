"""An adult of a session who teaches a mainstream lesson at the same time: never hidden, and never settled by us."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Greatest, JSONObject, Least

from iap.schools.models import Period

from .models import LessonTeacher


@dataclass(frozen=True)
class Clash:
    """An adult, and the class they teach when the session runs."""

    adult: Any
    group: str

    def __str__(self) -> str:
        return f"{self.adult} teaches {self.group} at that time"


def with_lessons(rows: Any, first: dt.date, *, adult: str = "adult") -> Any:
    """Staff or cover of sessions, each row with `lessons`: what its adult teaches at that time, on that day or later.

    Part of the same query. A lesson of week A is beside a session of week B too; `clash_on` looks at the week.
    """
    theirs = LessonTeacher.objects.filter(school=OuterRef("school"), teacher=OuterRef(adult))
    taught = theirs.standing_from(first).filter(
        Q(lesson__valid_to=None) | Q(lesson__valid_to__gt=first),
        lesson__period__weekday=OuterRef("period__weekday"),
        lesson__period__starts__lt=OuterRef("period__ends"),
        lesson__period__ends__gt=OuterRef("period__starts"),
    )
    lesson = JSONObject(
        group="lesson__mainstream_class__name",
        week="lesson__week",
        starts=Greatest("valid_from", "lesson__valid_from"),
        ends=Least("valid_to", "lesson__valid_to"),  # PostgreSQL's takes the one that is there
    )
    # Most adults of a provision teach nothing else, which is quicker found than what they teach then.
    lessons = When(Exists(theirs), then=ArraySubquery(taught.order_by("pk").values(json=lesson)))
    return rows.annotate(lessons=Case(lessons))


def clash_on(row: Any, adult: Any, day: dt.date, label: str) -> Clash | None:
    """The lesson that stands in the way of an adult's part in a session, on a day of a week with this label."""
    return next((Clash(adult, each.group) for each in _lessons(row) if each.on(day, label)), None)


def clash_from(row: Any, first: dt.date) -> Clash | None:
    """The lesson that stands in the way of who staffs a session, on that day or later."""
    for each in _lessons(row):
        begins = max(first, row.valid_from, each.starts)
        if row.is_valid_on(begins) and each.on(begins, row.week or each.week):
            return Clash(row.adult, each.group)
    return None


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods share a minute of the same weekday."""
    return one.weekday == other.weekday and one.starts < other.ends and one.ends > other.starts


@dataclass(frozen=True)
class _Lesson:
    group: str
    week: str
    starts: dt.date
    ends: dt.date | None

    def on(self, day: dt.date, label: str) -> bool:
        return self.week in {"", label} and self.starts <= day and (self.ends is None or day < self.ends)


def _lessons(row: Any) -> Iterable[_Lesson]:
    for each in row.lessons or ():
        starts, ends = each["starts"], each["ends"]
        yield _Lesson(
            each["group"],
            each["week"],
            dt.date.fromisoformat(starts),
            dt.date.fromisoformat(ends) if ends else None,
        )
