"""Curriculum kept up: per subject, lessons missed in mainstream against lessons taught in the base, and by whom.

Missed: occurrences, on school days, of a lesson of the pupil's own classes while the step in force put them
elsewhere. Taught: occurrences of a curriculum session in which the step put them, unless the day's register says
"not here". A specialist is a qualified teacher whose subject on the staff record is that subject. A session
belongs to the subject its name begins with, "Maths in small steps" to mathematics.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from iap.schools.calendar import Calendar
from iap.schools.models import PeriodKind, StaffMember
from pupils.models import Pupil, Strand

from .dated_lessons import DatedLessons
from .measures.groups import Staffing, staffing_over
from .measures.share import IN_MAINSTREAM, step_on, steps_of
from .measures.teaching import of_the_day
from .models import SessionMark, StepPlace
from .work import Moved, moved

ALSO = {
    "mathematics": ("maths", "number"),
    "english": ("literacy", "reading"),
    "physical education": ("pe", "sport"),
    "religious education": ("re",),
    "design and technology": ("dt", "design"),
}

NONE = Moved()


@dataclass
class Subject:
    """One subject over the days that are looked at."""

    name: str
    missed: int = 0
    by: Counter[str] = field(default_factory=Counter)  # specialist, teacher, support, nobody
    work: Moved = NONE

    @property
    def taught(self) -> int:
        return sum(self.by.values())

    @property
    def gap(self) -> int:
        """Lessons missed that nothing stands for here; never below nought."""
        return max(self.missed - self.taught, 0)

    @property
    def gap_words(self) -> str:
        return f"{self.gap} more missed than taught"

    @property
    def specialist(self) -> int:
        return self.by["specialist"]

    @property
    def teacher(self) -> int:
        return self.by["teacher"]

    @property
    def without_teacher(self) -> int:
        return self.by["support"] + self.by["nobody"]


def same_subject(text: str, subject: str) -> bool:
    """Whether a name begins with a subject, or with what schools also call it."""
    words, name = _plain(text), _plain(subject)
    return bool(name) and any(
        words == each or words.startswith(f"{each} ") for each in (name, *ALSO.get(name, ()))
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("&", "and").split())


def kept_up(pupil: Pupil, first: dt.date, last: dt.date) -> list[Subject]:
    """Subjects between two days, both included, the widest gap first: ten queries, however long that is."""
    school = pupil.school
    calendar = Calendar.of(school, first, last)
    days = [day for day in calendar.open_days() if first <= day <= last]
    if not days:
        return []
    found = _missed_and_taught(pupil, days, calendar)
    return sorted(found, key=lambda each: (-each.gap, -each.missed, each.name))


def _missed_and_taught(pupil: Pupil, days: list[dt.date], calendar: Calendar) -> list[Subject]:
    school = pupil.school
    steps = steps_of(school, [pupil.pk]).get(pupil.pk, [])
    places = _places(school.pk, [step.pk for step in steps])
    lessons = DatedLessons.of(school, [pupil.pk], days[0])
    subjects: dict[str, Subject] = {}
    classes: dict[int, str] = {}
    taught: list[tuple[dt.date, StepPlace]] = []
    for day in days:
        step, label = step_on(steps, day), calendar.week_label(day)
        if step is None:
            continue
        cycle = lessons.cycle(pupil.pk, day)
        for row in of_the_day(places.get(step.pk, []), label, day):
            had = cycle.get((label, row.period_id))
            if had is not None:
                classes[had.class_id] = had.subject
            if row.place in IN_MAINSTREAM:
                continue
            if had is not None:
                subjects.setdefault(had.subject, Subject(had.subject)).missed += 1
            if row.session is not None and row.session.strand == Strand.CURRICULUM:
                taught.append((day, row))
    _count_taught(pupil, subjects, set(classes.values()), taught, days)
    _count_work(pupil, subjects, classes, days[0])
    return list(subjects.values())


def _places(school_id: int, steps: Iterable[int]) -> dict[int, list[StepPlace]]:
    rows = StepPlace.objects.filter(school=school_id, step__in=list(steps), period__kind=PeriodKind.LESSON)
    found: dict[int, list[StepPlace]] = {}
    for row in rows.select_related("period", "session"):
        found.setdefault(row.step_id, []).append(row)
    return found


def _count_taught(
    pupil: Pupil,
    subjects: dict[str, Subject],
    names: set[str],
    taught: list[tuple[dt.date, StepPlace]],
    days: list[dt.date],
) -> None:
    """Each curriculum session the pupil was not marked away from, by who was in the room."""
    sessions = {row.session_id for _, row in taught if row.session_id is not None}
    staffed = staffing_over(pupil.school, sessions, days)
    teaches = dict(
        StaffMember.objects.filter(school=pupil.school_id, qualified=True).values_list("pk", "subject")
    )
    away = _away(pupil, sessions, days)
    for day, row in taught:
        if row.session is None or (row.session_id, day) in away:
            continue
        name = next(
            (each for each in sorted(names) if same_subject(row.session.title, each)), row.session.title
        )
        subject = subjects.setdefault(name, Subject(name))
        subject.by[_by_whom(staffed[row.session.pk, day], name, teaches)] += 1


def _by_whom(staffing: Staffing, subject: str, teaches: dict[int, str]) -> str:
    if not staffing.adults:
        return "nobody"
    if any(same_subject(teaches.get(adult.id, ""), subject) for adult in staffing.adults):
        return "specialist"
    return "teacher" if staffing.has_teacher else "support"


def _away(pupil: Pupil, sessions: Iterable[int], days: list[dt.date]) -> set[tuple[int, dt.date]]:
    """Occurrences in which the last standing mark says that the pupil was not here."""
    marks = SessionMark.objects.filter(
        school=pupil.school_id, pupil=pupil, session__in=list(sessions), day__range=(days[0], days[-1])
    ).standing()
    last = {(m.session_id, m.day): m.here for m in marks.order_by("at", "pk")}
    return {key for key, here in last.items() if not here}


def _count_work(pupil: Pupil, subjects: dict[str, Subject], classes: dict[int, str], since: dt.date) -> None:
    for (_, group), of in moved(pupil.school_id, [pupil.pk], since).items():
        if (name := classes.get(group)) is not None:
            subject = subjects.setdefault(name, Subject(name))
            before = subject.work
            last = max(filter(None, (before.last_sent, of.last_sent)), default=None)
            subject.work = Moved(before.sent + of.sent, before.returned + of.returned, last)
