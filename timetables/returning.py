"""Which pupils of the provision come to a teacher's lessons, and from when."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from iap.schools.calendar import Calendar
from iap.schools.models import School, StaffMember
from pupils.models import Passport

from .measures.share import IN_MAINSTREAM, steps_of
from .models import ClassMember, ClassReturn, LessonTeacher, MainstreamLesson, StepPlace

AHEAD = dt.timedelta(weeks=5)
LINES = 3  # of a passport, which shows all of them on its own page


@dataclass
class Visit:
    """A slot in which the pupil comes: since or from a day, and until one if that is planned."""

    lesson: MainstreamLesson
    since: dt.date
    until: dt.date | None
    next_on: dt.date | None
    supported: bool


@dataclass
class Returning:
    """One pupil in one class."""

    pupil: Any
    class_name: str
    subject: str
    helps: tuple[str, ...]
    visits: list[Visit] = field(default_factory=list)

    @property
    def first(self) -> Visit:
        return self.visits[0]


def returning_to(teacher: StaffMember, school: School, day: dt.date) -> list[Returning]:
    """Pupils whose step places them in this teacher's lessons now or from a later day, soonest first.

    The same number of queries however many there are.
    """
    lessons = _lessons(teacher, school, day)
    members = _members(school, {lesson.mainstream_class_id for lesson in lessons}, day)
    pupils = {row.pupil_id for rows in members.values() for row in rows}
    steps = steps_of(school, pupils)
    placed = _placed(school, steps, {lesson.period_id for lesson in lessons})
    calendar = Calendar.of(school, day, day + AHEAD)
    found: dict[tuple[int, int], Returning] = {}
    for lesson in lessons:
        for member in members[lesson.mainstream_class_id]:
            visit = _visit(lesson, member, steps.get(member.pupil_id, []), placed, calendar, school, day)
            if visit is None:
                continue
            key = member.pupil_id, lesson.mainstream_class_id
            if key not in found:
                group = lesson.mainstream_class
                found[key] = Returning(member.pupil, group.name, group.subject, ())
            found[key].visits.append(visit)
    helps = _helps(school, found, steps, day)
    for key, each in found.items():
        each.visits.sort(key=_soonest)
        each.helps = helps[key]
    return sorted(found.values(), key=lambda each: (_soonest(each.first), each.pupil.short_name))


def _helps(
    school: School, keys: Iterable[tuple[int, int]], steps: dict[int, list[Any]], day: dt.date
) -> dict[tuple[int, int], tuple[str, ...]]:
    """What helps each pupil in a class: what is agreed of it, or the passport's first lines, or the place's. Two
    queries."""
    keys = set(keys)
    pupils, classes = {pupil for pupil, _ in keys}, {group for _, group in keys}
    agreed = {
        (row.pupil_id, row.mainstream_class_id): tuple(row.lines)
        for row in ClassReturn.objects.filter(school=school, pupil__in=pupils, mainstream_class__in=classes)
    }
    newest = Passport.objects.standing().filter(school=school, pupil__in=pupils)
    passports = {row.pupil_id: row for row in newest.order_by("pupil", "-version").distinct("pupil")}
    found = {}
    for pupil, group in keys:
        passport, place = passports.get(pupil), _standing(steps[pupil], day)[0].placement
        general = tuple(passport.lines[:LINES]) if passport else (place.helps,) if place.helps else ()
        found[pupil, group] = agreed.get((pupil, group)) or general
    return found


def _lessons(teacher: StaffMember, school: School, day: dt.date) -> list[MainstreamLesson]:
    taught = LessonTeacher.objects.standing_from(day).filter(school=school, teacher=teacher).values("lesson")
    rows = MainstreamLesson.objects.standing_from(day).filter(school=school, pk__in=taught)
    return list(rows.select_related("mainstream_class", "period").order_by("pk"))


def _members(school: School, classes: set[int], day: dt.date) -> dict[int, list[ClassMember]]:
    rows = (
        ClassMember.objects.standing_from(day)
        .filter(school=school, mainstream_class__in=classes)
        .filter(
            Q(pupil__placements__ends_on=None) | Q(pupil__placements__ends_on__gt=day),
            pupil__placements__isnull=False,
        )
        .select_related("pupil")
        .distinct()
    )
    found: dict[int, list[ClassMember]] = defaultdict(list)
    for row in rows:
        found[row.mainstream_class_id].append(row)
    return found


def _placed(
    school: School, steps: dict[int, list[Any]], periods: set[int]
) -> dict[tuple[int, str, int], str]:
    ids = [step.pk for each in steps.values() for step in each]
    rows = StepPlace.objects.filter(school=school, step__in=ids, period__in=periods, place__in=IN_MAINSTREAM)
    return {(row.step_id, row.week, row.period_id): row.place for row in rows}


def _standing(steps: list[Any], day: dt.date) -> list[Any]:
    return [step for step in steps if step.ends_on is None or step.ends_on > day]


def _visit(
    lesson: MainstreamLesson,
    member: ClassMember,
    steps: list[Any],
    placed: dict[tuple[int, str, int], str],
    calendar: Calendar,
    school: School,
    day: dt.date,
) -> Visit | None:
    """The run of steps that place the pupil in this lesson: the one that holds, or the next."""
    weeks = [lesson.week] if lesson.week else school.weeks
    run: list[Any] = []
    place = ""
    for step in steps:
        here = next(
            (p for week in ["", *weeks] if (p := placed.get((step.pk, week, lesson.period_id)))), None
        )
        joined = run and run[-1].ends_on == step.starts_on
        if here and (not run or joined):
            run.append(step)
        elif run and (run[-1].ends_on is None or run[-1].ends_on > day):
            break
        else:
            run = [step] if here else []
        if here and (step.starts_on <= day or not place):
            place = here
    if not run or (run[-1].ends_on is not None and run[-1].ends_on <= day):
        return None
    since = max(run[0].starts_on, member.valid_from, lesson.valid_from)
    ends = [end for end in (run[-1].ends_on, member.valid_to, lesson.valid_to) if end is not None]
    until = min(ends, default=None)
    if until is not None and until <= max(since, day):
        return None
    return Visit(
        lesson, since, until, _next(lesson, weeks, since, until, calendar, day), place == "supported"
    )


def _next(
    lesson: MainstreamLesson,
    weeks: list[str],
    since: dt.date,
    until: dt.date | None,
    calendar: Calendar,
    day: dt.date,
) -> dt.date | None:
    for each in calendar.open_days():
        right = each.isoweekday() == lesson.period.weekday and calendar.week_label(each) in weeks
        if right and each >= max(since, day) and (until is None or each < until):
            return each
    return None


def _soonest(visit: Visit) -> tuple[dt.date, dt.time]:
    return visit.next_on or max(visit.since, dt.date.max - dt.timedelta(days=1)), visit.lesson.period.starts
