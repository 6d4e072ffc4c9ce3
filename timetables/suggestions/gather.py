"""Reads the facts from which the next lessons are suggested: eleven queries, whatever the number of lessons."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Period
from pupils.models import CheckIn, Placement
from pupils.readiness import looks_of
from timetables.first_week import known
from timetables.grids import name_of
from timetables.journeys import Journey
from timetables.lessons import Lesson
from timetables.measures.share import IN_MAINSTREAM
from timetables.measures.success import Visit, visits_of
from timetables.models import (
    ChangeState,
    ClassReturn,
    HybridStep,
    LessonTeacher,
    Receipt,
    StepKind,
    StepPlace,
)
from timetables.rooms import rooms_of

from .facts import Answer, Candidate, Facts, Feel, Rules, Way

SlotKey = tuple[str, int]
ROOMS_FROM = dt.timedelta(weeks=12)  # an older look at a room says little
CHECK_INS_FROM = dt.timedelta(weeks=8)
CHANGES = (StepKind.START, StepKind.FORWARD, StepKind.BACK)


def facts_for(
    placement: Placement,
    way: Journey,
    *,
    periods: Sequence[Period],
    lessons: Mapping[SlotKey, Lesson],
    held: Mapping[SlotKey, StepPlace],
    day: dt.date,
) -> Facts:
    """What is known on `day`; `lessons` and `held` are the pupil's own, by slot of the cycle."""
    school, provision = placement.school, placement.school.provision
    taught = _teachers(school, {lesson.id for lesson in lessons.values()}, day)
    visits = visits_of(school, [placement.pupil_id]).get(placement.pupil_id, [])
    before, agreed = known(placement), _agreed(placement)
    by_id = {period.pk: period for period in periods}
    starts = _starts(periods)
    feels = _feels(placement, starts, day)
    rooms = {name: look.holding for name, look in rooms_of(placement.pupil, since=day - ROOMS_FROM).items()}
    looks = looks_of(placement.pupil)
    groups: dict[tuple[str, int, str], list[SlotKey]] = defaultdict(list)
    for key, lesson in lessons.items():
        row, period = held.get(key), by_id.get(key[1])
        if period is not None and period.is_lesson and (row is None or row.place not in IN_MAINSTREAM):
            groups[lesson.class_name, period.weekday, period.name].append(key)
    candidates = []
    for (name, weekday, bell), keys in groups.items():
        lesson, period = lessons[keys[0]], by_id[keys[0][1]]
        teachers = taught.get(lesson.id, {})
        total, in_place, briefed = agreed.get(name, (0, 0, False))
        answers = [before.answers[pk] for pk in teachers if pk in before.answers]
        candidates.append(
            Candidate(
                key=f"{name}|{weekday}|{bell}",
                name=f"{lesson.subject}, {period.get_weekday_display()} {name_of(period)}",
                subject=lesson.subject,
                class_name=name,
                slots=tuple(sorted(keys)),
                order=(weekday, period.starts.isoformat()),
                teachers=" and ".join(teachers.values()),
                room=lesson.room,
                visits=tuple(visit.outcome for visit in visits if visit.class_id == lesson.class_id),
                teacher_visits=_with(visits, taught, lessons.values(), set(teachers), lesson.class_id),
                answer=Answer(answers[0]) if answers else Answer.NONE,
                strength=name in before.going_well,
                first_of_day=period.pk in starts["first"],
                after_break=period.pk in starts["after"],
                briefed=briefed,
                agreed=total,
                in_place=in_place,
                room_holds=rooms.get(name),
                has_teacher=bool(teachers),
            )
        )
    rules = Rules(provision.pace_weeks, provision.pace_lessons, provision.ready_areas, provision.room_areas)
    ready = looks[0].holding if looks else None
    return Facts(tuple(candidates), way_of(way, school, day), rules, ready=ready, **feels)


def way_of(way: Journey, school: Any, day: dt.date) -> Way:
    """How long ago the week last changed, in school weeks, and by what. One query."""
    begun = [step for step in way.steps if step.starts_on <= day]
    changed = [step for step in begun if step.kind in CHANGES]
    return Way(
        weeks=_weeks_since(changed[-1], school, day) if changed else None,
        last_kind=begun[-1].kind if begun else "",
        held_since_back=_held_since_back(begun),
        coming=way.coming(day) is not None,
    )


def _weeks_since(step: HybridStep, school: Any, day: dt.date) -> int:
    calendar = Calendar.of(school, step.starts_on, day)
    return sum(monday_of(step.starts_on) < monday <= monday_of(day) for monday in calendar.open_weeks())


def _held_since_back(begun: Sequence[HybridStep]) -> bool:
    """Whether nothing was taken back, or something else than a correction was decided since."""
    decided = [step.kind for step in begun if step.kind != StepKind.CORRECTION]
    return not decided or decided[-1] != StepKind.BACK


def _teachers(school: Any, lessons: Iterable[int], day: dt.date) -> dict[int, dict[int, str]]:
    """The teachers of each lesson who are still at the school: staff key → as pupils call them."""
    rows = LessonTeacher.objects.valid_on(day).filter(school=school, lesson__in=set(lessons))
    rows = rows.filter(Q(teacher__left_on=None) | Q(teacher__left_on__gt=day)).select_related("teacher")
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for row in rows.order_by("teacher__family_name", "pk"):
        found[row.lesson_id][row.teacher_id] = str(row.teacher)
    return found


def _with(
    visits: Sequence[Visit],
    taught: Mapping[int, Mapping[int, str]],
    lessons: Iterable[Lesson],
    teachers: set[int],
    class_id: int,
) -> tuple[str, ...]:
    """Outcomes with these teachers in the pupil's other classes, oldest first."""
    theirs = {lesson.class_id for lesson in lessons if teachers & set(taught.get(lesson.id, ()))} - {class_id}
    return tuple(visit.outcome for visit in visits if visit.class_id in theirs)


def _agreed(placement: Placement) -> dict[str, tuple[int, int, bool]]:
    """By class: changes agreed, those in place, and whether somebody has read it as it stands. One query."""
    read = Receipt.objects.filter(
        school=placement.school_id, class_return=OuterRef("pk"), version=OuterRef("version")
    )
    rows = ClassReturn.objects.filter(school=placement.school_id, pupil=placement.pupil_id).annotate(
        total=Count("changes", filter=~Q(changes__state=ChangeState.ENDED)),
        done=Count("changes", filter=Q(changes__state=ChangeState.IN_PLACE)),
        read=Exists(read),
    )
    return {
        name: (total, done, is_read)
        for name, total, done, is_read in rows.values_list("mainstream_class__name", "total", "done", "read")
    }


def _starts(periods: Sequence[Period]) -> dict[str, set[int]]:
    """Lessons that are the first of their day, and those that follow a break or lunch."""
    found: dict[str, set[int]] = {"first": set(), "after": set()}
    days: dict[int, list[Period]] = defaultdict(list)
    for period in sorted(periods, key=lambda each: (each.weekday, each.starts)):
        days[period.weekday].append(period)
    for of_day in days.values():
        lessons = [period for period in of_day if period.is_lesson]
        found["first"] |= {period.pk for period in lessons[:1]}
        for before, period in pairwise(of_day):
            if period.is_lesson and before.kind in ("break", "lunch"):
                found["after"].add(period.pk)
    return found


def _feels(placement: Placement, starts: Mapping[str, set[int]], day: dt.date) -> dict[str, Feel]:
    """How ready the pupil was in the check-ins of the last weeks: in all, and at two moments. One query."""
    rows = CheckIn.objects.filter(
        school=placement.school_id, pupil=placement.pupil_id, day__gt=day - CHECK_INS_FROM, day__lte=day
    ).standing()
    said = list(rows.values_list("period", "readiness"))
    return {
        "usually": _feel([value for _, value in said]),
        "mornings": _feel([value for period, value in said if period in starts["first"]]),
        "after_breaks": _feel([value for period, value in said if period in starts["after"]]),
    }


def _feel(values: Sequence[int]) -> Feel:
    return Feel(sum(values) / len(values), len(values)) if values else Feel()
