"""Reads the facts behind the suggestions: five queries, whatever the number of pupils and lessons."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Period, School
from pupils.models import CheckIn, Placement
from pupils.models.readiness import AREAS, PupilReadiness
from timetables.first_week import Known, known
from timetables.grids import name_of
from timetables.journeys import Journey
from timetables.lessons import Lesson
from timetables.measures.share import IN_MAINSTREAM
from timetables.measures.success import Visit, visits_of
from timetables.models import (
    AgreedChange,
    ChangeState,
    ClassMember,
    ClassReturn,
    HybridStep,
    LessonWish,
    Place,
    Receipt,
    RoomReadiness,
    StepKind,
    StepPlace,
)
from timetables.models.rooms import ROOM_AREAS

from .facts import Answer, Candidate, Facts, Feel, Rules, Way

SlotKey = tuple[str, int]
Looks = dict[tuple[int, int | None], int]
CheckIns = dict[int, list[tuple[int | None, int]]]
ROOMS_FROM = dt.timedelta(weeks=12)  # an older look at a room says little
CHECK_INS_FROM = dt.timedelta(weeks=8)
SETTLED = IN_MAINSTREAM | {Place.OFFSITE}  # nobody is called back from a course that was arranged elsewhere
CHANGES = (StepKind.START, StepKind.FORWARD, StepKind.BACK)


@dataclass(frozen=True)
class Week:
    """A pupil's way, and their own lessons and places by slot of the cycle."""

    way: Journey
    lessons: Mapping[SlotKey, Lesson]
    held: Mapping[SlotKey, StepPlace]

    @property
    def placement(self) -> Placement:
        return self.way.placement

    @property
    def pupil(self) -> int:
        return self.way.placement.pupil_id


def facts_of(
    school: School,
    weeks: Sequence[Week],
    *,
    periods: Sequence[Period],
    day: dt.date,
    calendar: Calendar | None = None,
    visits: Mapping[int, Sequence[Visit]] | None = None,
) -> dict[int, Facts]:
    """What is known on `day` of each pupil, by the key of their placement.

    `calendar`, from the last changes on (`changed_on`), and `visits` are given where they were read already.
    """
    pupils = [week.pupil for week in weeks]
    looks, said = _seen(school, pupils, day)
    read = _Read(
        periods={period.pk: period for period in periods},
        starts=_starts(periods),
        calendar=calendar
        or Calendar.of(school, min((changed_on(week.way, day) for week in weeks), default=day), day),
        visits=visits_of(school, pupils) if visits is None else visits,
        known=known(school, [week.placement for week in weeks]),
        classes=_classes(school, pupils, day),
        said=said,
        looks=looks,
    )
    provision = school.provision
    rules = Rules(provision.pace_weeks, provision.pace_lessons, provision.ready_areas, provision.room_areas)
    return {
        week.placement.pk: Facts(
            tuple(read.candidates(week)),
            way_of(week.way, read.calendar, day),
            rules,
            ready=read.looks.get((week.pupil, None)),
            **read.feels(week),
        )
        for week in weeks
    }


@dataclass(frozen=True)
class Class:
    """What stands about a pupil's return to a class: changes agreed and in place, and whether it was read."""

    agreed: int = 0
    in_place: int = 0
    briefed: bool = False
    asked_for: bool = False


@dataclass(frozen=True)
class _Read:
    """All that was read, of all pupils asked about."""

    periods: Mapping[int, Period]
    starts: Mapping[str, set[int]]
    calendar: Calendar
    visits: Mapping[int, Sequence[Visit]]
    known: Mapping[int, Known]
    classes: Mapping[tuple[int, int], Class]
    said: CheckIns
    looks: Looks

    def candidates(self, week: Week) -> list[Candidate]:
        groups: dict[tuple[str, int, str], list[SlotKey]] = defaultdict(list)
        for key, lesson in week.lessons.items():
            row, period = week.held.get(key), self.periods.get(key[1])
            if period is not None and period.is_lesson and (row is None or row.place not in SETTLED):
                groups[lesson.class_name, period.weekday, period.name].append(key)
        return [self._candidate(week, sorted(keys)) for keys in groups.values()]

    def _candidate(self, week: Week, keys: list[SlotKey]) -> Candidate:
        lesson, period = week.lessons[keys[0]], self.periods[keys[0][1]]
        before, visits = self.known[week.placement.pk], self.visits.get(week.pupil, ())
        teachers = dict(lesson.present)
        told = self.classes.get((week.pupil, lesson.class_id), Class())
        answers = [before.answers[pk] for pk in teachers if pk in before.answers]
        return Candidate(
            key=f"{lesson.class_name}|{period.weekday}|{period.name}",
            name=f"{lesson.subject}, {period.get_weekday_display()} {name_of(period)}",
            subject=lesson.subject,
            class_name=lesson.class_name,
            slots=tuple(keys),
            order=(period.weekday, period.starts.isoformat()),
            teachers=" and ".join(teachers.values()),
            room=lesson.room,
            visits=tuple(visit.outcome for visit in visits if visit.class_id == lesson.class_id),
            teacher_visits=self._with(visits, week, set(teachers), lesson.class_id),
            answer=Answer(answers[0]) if answers else Answer.NONE,
            strength=lesson.class_name in before.going_well,
            asked_for=told.asked_for,
            first_of_day=period.pk in self.starts["first"],
            after_break=period.pk in self.starts["after"],
            briefed=told.briefed,
            agreed=told.agreed,
            in_place=told.in_place,
            room_holds=self.looks.get((week.pupil, lesson.class_id)),
            has_teacher=bool(teachers),
        )

    def _with(
        self, visits: Sequence[Visit], week: Week, teachers: set[int], class_id: int
    ) -> tuple[str, ...]:
        """Outcomes with these teachers in the pupil's other classes, oldest first."""
        lessons = week.lessons.values()
        theirs = {each.class_id for each in lessons if teachers & set(dict(each.present))}
        theirs.discard(class_id)
        return tuple(visit.outcome for visit in visits if visit.class_id in theirs)

    def feels(self, week: Week) -> dict[str, Feel]:
        """How ready the pupil was in the check-ins of the last weeks: in all, and at two moments."""
        said = self.said.get(week.pupil, ())
        return {
            "usually": _feel([value for _, value in said]),
            "mornings": _feel([value for period, value in said if period in self.starts["first"]]),
            "after_breaks": _feel([value for period, value in said if period in self.starts["after"]]),
        }


def way_of(way: Journey, calendar: Calendar, day: dt.date) -> Way:
    """How long ago the week last changed, in school weeks, and by what."""
    begun = [step for step in way.steps if step.starts_on <= day]
    changed = [step for step in begun if step.kind in CHANGES]
    return Way(
        weeks=_weeks_since(changed[-1], calendar, day) if changed else None,
        last_kind=begun[-1].kind if begun else "",
        held_since_back=_held_since_back(begun),
        coming=way.coming(day) is not None,
    )


def changed_on(way: Journey, day: dt.date) -> dt.date:
    """The day of the last change that has begun: so far back the calendar is asked."""
    changed = [step.starts_on for step in way.steps if step.starts_on <= day and step.kind in CHANGES]
    return changed[-1] if changed else day


def _weeks_since(step: HybridStep, calendar: Calendar, day: dt.date) -> int:
    return sum(monday_of(step.starts_on) < monday <= monday_of(day) for monday in calendar.open_weeks())


def _held_since_back(begun: Sequence[HybridStep]) -> bool:
    """Whether nothing was taken back, or something else than a correction was decided since."""
    decided = [step.kind for step in begun if step.kind != StepKind.CORRECTION]
    return not decided or decided[-1] != StepKind.BACK


def _classes(school: School, pupils: Sequence[int], day: dt.date) -> dict[tuple[int, int], Class]:
    """What is agreed in each class of these pupils, and whether they ask for it. One query."""
    returns = ClassReturn.objects.filter(
        school=school, pupil=OuterRef("pupil"), mainstream_class=OuterRef("mainstream_class")
    )
    changes = AgreedChange.objects.filter(
        school=school,
        class_return__pupil=OuterRef("pupil"),
        class_return__mainstream_class=OuterRef("mainstream_class"),
    ).order_by()
    read = Receipt.objects.filter(school=school, class_return=OuterRef("pk"), version=OuterRef("version"))
    wishes = LessonWish.objects.filter(
        school=school, pupil=OuterRef("pupil"), mainstream_class=OuterRef("mainstream_class")
    )
    rows = ClassMember.objects.valid_on(day).filter(school=school, pupil__in=pupils)
    told = rows.annotate(
        agreed=_count(changes.exclude(state=ChangeState.ENDED)),
        in_place=_count(changes.filter(state=ChangeState.IN_PLACE)),
        briefed=Exists(returns.filter(Exists(read))),
        asked_for=Exists(wishes),
    )
    return {
        (pupil, group): Class(*values)
        for pupil, group, *values in told.values_list(
            "pupil", "mainstream_class", "agreed", "in_place", "briefed", "asked_for"
        )
    }


def _count(rows: Any) -> Any:
    counted = rows.annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _seen(school: School, pupils: Sequence[int], day: dt.date) -> tuple[Looks, CheckIns]:
    """How many areas hold by the last look at each pupil and at each of their lessons; and the check-ins of the last
    weeks, each with its period and readiness. One query.
    """
    nothing = Value(None, output_field=IntegerField())
    mine = PupilReadiness.objects.filter(school=school, pupil__in=pupils).standing()
    rooms = RoomReadiness.objects.filter(
        school=school, pupil__in=pupils, day__gte=day - ROOMS_FROM
    ).standing()
    check_ins = CheckIn.objects.filter(
        school=school, pupil__in=pupils, day__gt=day - CHECK_INS_FROM, day__lte=day
    ).standing()
    rows = mine.values_list(Value("pupil"), "pupil", nothing, "day", "pk", *AREAS).union(
        rooms.values_list(Value("room"), "pupil", "mainstream_class", "day", "pk", *ROOM_AREAS),
        check_ins.values_list(
            Value("check-in"), "pupil", "period", "day", "pk", "readiness", *(Value(0) for _ in AREAS[1:])
        ),
        all=True,
    )
    looks: Looks = {}
    said: CheckIns = defaultdict(list)
    for kind, pupil, key, _, _, *steps in sorted(rows, key=lambda row: row[3:5]):
        match kind:
            case "pupil":
                looks[pupil, None] = PupilReadiness(**dict(zip(AREAS, steps, strict=True))).holding
            case "room":
                looks[pupil, key] = RoomReadiness(**dict(zip(ROOM_AREAS, steps, strict=True))).holding
            case _:
                said[pupil].append((key, steps[0]))
    return looks, said


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


def _feel(values: Sequence[int]) -> Feel:
    return Feel(sum(values) / len(values), len(values)) if values else Feel()
