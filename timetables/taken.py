"""The lessons that somebody takes: their own, and those they cover for a day."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from iap.schools.models import School

from .models import MainstreamLesson


@dataclass(frozen=True)
class Taken:
    """A lesson somebody takes: from when until when, or on one day only."""

    lesson: MainstreamLesson
    starts: dt.date
    ends: dt.date | None

    def on(self, day: dt.date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)

    @property
    def for_a_day(self) -> bool:
        return self.ends == self.starts + dt.timedelta(days=1)


def lessons_taken(school: School, user: Any, first: dt.date, last: dt.date) -> list[Taken]:
    """What this person teaches between two days, and what they cover on one of them: one query.

    Whoever has left takes nothing from that day on, also while their account and the timetable still stand.
    """
    mine = (
        Q(teachers__teacher__user=user, teachers__valid_from__lte=last)
        & (Q(teachers__valid_to=None) | Q(teachers__valid_to__gt=first))
        & (Q(teachers__teacher__left_on=None) | Q(teachers__teacher__left_on__gt=first))
    )
    for_a_day = Q(cover__covered_by__user=user, cover__day__range=(first, last))
    rows = (
        MainstreamLesson.objects.filter(school=school, valid_from__lte=last)
        .filter(Q(valid_to=None) | Q(valid_to__gt=first))
        .filter(mine | for_a_day)
        .annotate(
            taught_by=F("teachers__teacher__user"),
            since=F("teachers__valid_from"),
            until=F("teachers__valid_to"),
            left=F("teachers__teacher__left_on"),
            covered_by=F("cover__covered_by__user"),
            covered_on=F("cover__day"),
            cover_left=F("cover__covered_by__left_on"),
        )
        .select_related("mainstream_class", "period")
    )
    found = {}
    for row in rows:
        if row.taught_by == user.pk:
            taken = Taken(row, max(row.since, row.valid_from), first_of(row.until, row.left, row.valid_to))
            found[row.pk, taken.starts, taken.ends] = taken
        here = row.cover_left is None or row.cover_left > row.covered_on
        if row.covered_by == user.pk and here and first <= row.covered_on <= last:
            taken = Taken(row, row.covered_on, row.covered_on + dt.timedelta(days=1))
            found[row.pk, taken.starts, taken.ends] = taken
    return list(found.values())


def first_of(*days: dt.date | None) -> dt.date | None:
    """The earliest of those that are known."""
    return min((day for day in days if day is not None), default=None)
