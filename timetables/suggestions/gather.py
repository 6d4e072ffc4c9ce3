"""Reads the facts behind the suggestions: five queries, whatever the number of pupils and lessons."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from iap.schools.calendar import Calendar
from iap.schools.models import Period, School
from pupils.models import Placement
from timetables.first_week import Known, known
from timetables.grids import name_of
from timetables.journeys import Journey
from timetables.lessons import Lesson
from timetables.measures.share import IN_MAINSTREAM
from timetables.measures.success import Visit, visits_of
from timetables.models import Place, StepPlace

from .facts import Answer, Candidate, Facts, Feel, Rules
from .since import changed_on, way_of
from .stands import CheckIns, Class, Looks, classes_of, seen

SlotKey = tuple[str, int]
SETTLED = IN_MAINSTREAM | {Place.OFFSITE}  # nobody is called back from a course that was arranged elsewhere


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
    looks, said = seen(school, pupils, day)
    read = _Read(
        periods={period.pk: period for period in periods},
        starts=_starts(periods),
        calendar=calendar
        or Calendar.of(school, min((changed_on(week.way, day) for week in weeks), default=day), day),
        visits=visits_of(school, pupils) if visits is None else visits,
        known=known(school, [week.placement for week in weeks]),
        classes=classes_of(school, pupils, day),
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
            subject_strength=lesson.subject in before.subjects,
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
