"""The lessons of one week to which pupils of the provision come, as the teacher who takes them sees them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q

from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import School

from .agreed import Agreed, agreed_of
from .measures.share import IN_MAINSTREAM
from .models import LessonFeedback, MainstreamLesson, StepPlace
from .passports import PassportSeen, passport_of, with_passports
from .taken import Taken, first_of, lessons_taken

LAST = 5  # visits that are shown, newest on the right
LINES = 3  # of what helps: a teacher reads them on the way to the room


@dataclass
class Visit:
    """One pupil in one occurrence of a lesson."""

    day: dt.date
    lesson: MainstreamLesson
    place: StepPlace
    number: int  # which visit to this lesson it is since it was returned to
    covered: bool = False  # the reader takes the lesson for that day only
    agreed: Agreed | None = None
    feedback: LessonFeedback | None = None
    last: list[str] = field(default_factory=list)
    folded: bool = False  # whether what helps is: the lesson is over, or it stands open further up

    @property
    def pupil(self) -> Any:
        return self.place.step.pupil

    @property
    def passport(self) -> PassportSeen | None:
        return passport_of(self.place)

    @property
    def helps(self) -> tuple[str, ...]:
        """What helps in this lesson, or what helps everywhere where nothing is said of this one."""
        general = self.place.step.placement.helps
        return (
            (self.agreed.helps if self.agreed else ())
            or (tuple(self.passport.lines[:LINES]) if self.passport else ())
            or ((general,) if general else ())
        )

    def is_done(self, today: dt.date) -> bool:
        """Whether it was on an earlier day, its teacher said how it went, and has read what is agreed."""
        return self.day < today and self.feedback is not None and (self.agreed is None or self.agreed.read)

    @property
    def key(self) -> str:
        return f"{self.day}-{self.lesson.pk}-{self.pupil.pk}"


def fold(visits: Iterable[Visit], today: dt.date) -> None:
    """Leave what helps open once for each pupil and class, in a lesson that is not over; the order stays."""
    opened: set[tuple[int, int]] = set()
    for visit in visits:
        what = visit.pupil.pk, visit.lesson.mainstream_class_id
        visit.folded = visit.day < today or visit.feedback is not None or what in opened
        if not visit.folded:
            opened.add(what)


BACK = dt.timedelta(weeks=60)  # how far back "the n-th lesson back" is counted


def visits_in_week(
    school: School, user: Any, monday: dt.date, *, calendar: Calendar | None = None
) -> list[Visit]:
    """The visits of that week to lessons this person teaches or covers, in order of the bell.

    Four queries, and one more without the `calendar`.
    """
    friday = monday + dt.timedelta(days=4)
    taken = lessons_taken(school, user, monday, friday)
    return _visits(school, taken, monday, friday, user, calendar)


def visits_on(school: School, day: dt.date, *, user: Any = None) -> list[Visit]:
    """The visits of one day to every lesson of the school: for the office, which prints them."""
    rows = MainstreamLesson.objects.valid_on(day).filter(school=school, period__weekday=day.isoweekday())
    taken = [
        Taken(row, day, day + dt.timedelta(days=1))
        for row in rows.select_related("mainstream_class", "period")
    ]
    return _visits(school, taken, day, day, user, None)


def _visits(
    school: School,
    taken: list[Taken],
    first: dt.date,
    last: dt.date,
    user: Any,
    calendar: Calendar | None,
) -> list[Visit]:
    placed = _placed(school, taken, first, last, user) if taken else []
    if not placed:
        return []
    calendar = calendar or Calendar.of(school, min(p.step.starts_on for p in placed), last)
    found: dict[tuple[dt.date, int, int], Visit] = {}
    for day in (each for each in calendar.open_days() if first <= each <= last):
        label = calendar.week_label(day)
        for each in taken:
            lesson = each.lesson
            if (
                not each.on(day)
                or lesson.period.weekday != day.isoweekday()
                or lesson.week not in ("", label)
            ):
                continue
            for place in placed:
                if _comes(place, lesson, day, label):
                    number = _number(place, placed, lesson, day, calendar)
                    key = (day, lesson.pk, place.step.pupil_id)
                    found.setdefault(key, Visit(day, lesson, place, number, each.for_a_day))
    visits = sorted(
        found.values(), key=lambda v: (v.day, v.lesson.period.starts, v.pupil.short_name, v.lesson.pk)
    )
    _with_agreed(school, visits, user)
    _with_feedback(school, visits)
    return visits


def _placed(school: School, taken: list[Taken], first: dt.date, last: dt.date, user: Any) -> list[Any]:
    """Places in mainstream of pupils who are in these classes, with when each is in the class and what their
    passport says: one query."""
    member = "step__pupil__classes__"
    rows = StepPlace.objects.filter(
        Q(**{f"{member}valid_to": None}) | Q(**{f"{member}valid_to__gt": first}),
        school=school,
        place__in=IN_MAINSTREAM,
        period__in={each.lesson.period_id for each in taken},
        step__starts_on__lte=last,
        **{
            f"{member}mainstream_class__in": {each.lesson.mainstream_class_id for each in taken},
            f"{member}valid_from__lte": last,
        },
    ).annotate(
        group=F(f"{member}mainstream_class"), joined=F(f"{member}valid_from"), left=F(f"{member}valid_to")
    )
    rows = rows.select_related("step__pupil", "step__placement", "period")
    return list(with_passports(rows, user).order_by("step__starts_on", "pk"))


def _comes(place: Any, lesson: MainstreamLesson, day: dt.date, label: str) -> bool:
    step, placement = place.step, place.step.placement
    ends = first_of(step.ends_on, placement.ends_on)
    return (
        place.group == lesson.mainstream_class_id
        and place.period_id == lesson.period_id
        and place.week in ("", label)
        and place.joined <= day
        and (place.left is None or day < place.left)
        and step.starts_on <= day
        and (ends is None or day < ends)
    )


def _number(
    place: Any, placed: Iterable[Any], lesson: MainstreamLesson, day: dt.date, calendar: Calendar
) -> int:
    """Which visit to this lesson it is since the place began, by steps in force; closures do not count."""
    same = [
        p
        for p in placed
        if p.step.placement_id == place.step.placement_id and p.period_id == lesson.period_id
    ]
    return sum(
        any(_comes(each, lesson, earlier, calendar.week_label(earlier)) for each in same)
        for earlier in calendar.open_days()
        if earlier <= day
        and earlier.isoweekday() == day.isoweekday()
        and lesson.week in ("", calendar.week_label(earlier))
    )


def _with_agreed(school: School, visits: list[Visit], user: Any) -> None:
    """What is agreed for each, and whether the reader has read it as it stands: one query."""
    pupils = {visit.pupil.pk for visit in visits}
    agreed = agreed_of(school, pupils, {visit.lesson.mainstream_class_id for visit in visits}, user)
    for visit in visits:
        visit.agreed = agreed.get((visit.pupil.pk, visit.lesson.mainstream_class_id))


def _with_feedback(school: School, visits: list[Visit]) -> None:
    """The latest word on each visit, and the last few of the class before it: one query."""
    rows = (
        LessonFeedback.objects.filter(
            school=school,
            pupil__in={visit.pupil.pk for visit in visits},
            lesson__mainstream_class__in={visit.lesson.mainstream_class_id for visit in visits},
        )
        .standing()
        .select_related("lesson")
        .order_by("day", "at", "pk")
    )
    latest: dict[tuple[int, int, dt.date], LessonFeedback] = {}
    for row in rows:
        latest[row.pupil_id, row.lesson_id, row.day] = row
    by_class: dict[tuple[int, int], list[LessonFeedback]] = defaultdict(list)
    for row in latest.values():
        by_class[row.pupil_id, row.lesson.mainstream_class_id].append(row)
    for visit in visits:
        visit.feedback = latest.get((visit.pupil.pk, visit.lesson.pk, visit.day))
        before = by_class[visit.pupil.pk, visit.lesson.mainstream_class_id]
        visit.last = [row.outcome for row in before if row.day < visit.day][-LAST:]


def visit_of(school: School, user: Any, pupil: Any, lesson_id: int, day: dt.date) -> Visit | None:
    """That pupil's visit to a lesson this person takes on that day; None where there is none."""
    taken = [each for each in lessons_taken(school, user, day, day) if each.lesson.pk == lesson_id]
    found = _visits(school, taken, day, day, user, None)
    return next((visit for visit in found if visit.pupil.pk == pupil.pk), None)


def week_of(day: dt.date, calendar: Calendar) -> dt.date:
    """The Monday of this week, or of the next school week where it is over or closed."""
    here = next((each for each in calendar.open_days() if each >= day), day)
    return monday_of(here)
