"""Where adults are on given days, and who is free at the time of a session.

An adult is busy then by a session they staff (unless noted away from it), a session or a lesson they cover, or a
lesson of the mainstream timetable they teach, in the week of that day. Somebody noted away that day is not free at all.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from iap.schools.calendar import Calendar
from iap.schools.models import Period, School, StaffMember

from .clashes import overlap
from .models import Cover, IapSession, LessonCover, LessonTeacher, SessionStaff

OFFERED = 15  # names in a list, beyond those who work in the provision


@dataclass(frozen=True)
class Free:
    """An adult who could come; `works_here` says that they staff a session of the provision that day's week."""

    adult: StaffMember
    works_here: bool


@dataclass
class Whereabouts:
    """Where the adults of a school are on these days, read once: five queries, however many they are."""

    days: list[dt.date]
    calendar: Calendar
    adults: list[StaffMember] = field(default_factory=list)
    staff: list[SessionStaff] = field(default_factory=list)
    covers: dict[dt.date, list[Cover]] = field(default_factory=dict)
    lessons: list[LessonTeacher] = field(default_factory=list)
    lesson_covers: list[LessonCover] = field(default_factory=list)

    @classmethod
    def of(cls, school: School, days: Iterable[dt.date], calendar: Calendar) -> "Whereabouts":
        wanted = sorted(days)
        found = cls(wanted, calendar)
        if not wanted:
            return found
        first, last = wanted[0], wanted[-1]
        found.adults = list(
            StaffMember.objects.at([school])
            .exclude(left_on__lte=first)
            .order_by("family_name", "given_name", "pk")
        )
        found.staff = list(
            _between(SessionStaff.objects, school, first, last).select_related("session__period")
        )
        covers = Cover.objects.filter(school=school, day__in=wanted).select_related("session__period")
        found.covers = defaultdict(list)
        for cover in covers:
            found.covers[cover.day].append(cover)
        found.lessons = list(
            _between(LessonTeacher.objects, school, first, last)
            .filter(lesson__period__weekday__in={day.isoweekday() for day in wanted})
            .select_related("lesson__period", "lesson__mainstream_class")
        )
        covered = LessonCover.objects.filter(school=school, day__in=wanted)
        found.lesson_covers = list(covered.select_related("lesson__period"))
        return found

    def sessions_of(self, adult: StaffMember, day: dt.date) -> list[SessionStaff]:
        """The sessions the adult staffs on a day, by the bell."""
        mine = (row for row in self.staff if row.adult_id == adult.pk and self._runs(row, row.session, day))
        return sorted(mine, key=lambda row: (row.session.period.starts, row.session_id))

    def away(self, day: dt.date) -> set[tuple[int, int]]:
        """(adult, session) of the absences noted for a day."""
        return {
            (row.adult_id, row.session_id) for row in self.covers.get(day, []) if row.adult_id is not None
        }

    def covering(self, adult: StaffMember, day: dt.date) -> list[IapSession]:
        """The sessions in which the adult was to cover that day."""
        return [row.session for row in self.covers.get(day, []) if row.covered_by_id == adult.pk]

    def free(self, session: IapSession, day: dt.date, *, but: StaffMember, teacher_first: bool) -> list[Free]:
        """Who could come to a session on a day: those who work in the provision first, then by name.

        With `teacher_first` qualified teachers stand first among each.
        """
        busy = self._busy(session.period, day) | {adult for adult, _ in self.away(day)} | {but.pk}
        here = {row.adult_id for row in self.staff if row.is_valid_on(day)}
        found = [
            Free(adult, adult.pk in here)
            for adult in self.adults
            if adult.pk not in busy and (adult.left_on is None or adult.left_on > day)
        ]
        return sorted(
            found, key=lambda each: (not each.works_here, teacher_first and not each.adult.qualified)
        )

    def _busy(self, period: Period, day: dt.date) -> set[int]:
        away = self.away(day)
        busy = {
            row.adult_id
            for row in self.staff
            if overlap(row.session.period, period)
            and self._runs(row, row.session, day)
            and (row.adult_id, row.session_id) not in away
        }
        busy |= {
            row.covered_by_id
            for row in self.covers.get(day, [])
            if row.covered_by_id is not None and overlap(row.session.period, period)
        }
        busy |= {
            row.covered_by_id
            for row in self.lesson_covers
            if row.day == day and overlap(row.lesson.period, period)
        }
        return busy | {
            row.teacher_id
            for row in self.lessons
            if overlap(row.lesson.period, period) and self._runs(row, row.lesson, day)
        }

    def _runs(self, row: Any, thing: Any, day: dt.date) -> bool:
        """Whether the adult's part in a session or lesson, and the thing itself, hold on the day."""
        return (
            thing.period.weekday == day.isoweekday()
            and thing.week in {"", self.calendar.week_label(day)}
            and row.is_valid_on(day)
            and thing.is_valid_on(day)
        )


def _between(manager: Any, school: School, first: dt.date, last: dt.date) -> Any:
    return manager.filter(school=school, valid_from__lte=last).standing_from(first)
