"""Lessons, their teachers, and who is in which class. All of it holds from a day until another."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from iap.imports.bringing import replace_dated
from iap.imports.kinds import Column, Kind, Row, Source, WrongCell, checked
from iap.imports.report import Counts
from iap.imports.values import period_name, text, week_label, weekday
from iap.schools.models import AcademicYear, Period, StaffMember
from pupils.imports.who import Roll
from timetables.models import ClassMember, LessonTeacher, MainstreamClass, MainstreamLesson

TIMETABLE = (
    Column("class", ("Class", "Class name", "Group", "Teaching group"), required=True),
    Column("period", ("Period", "Slot", "Lesson", "Timetable period"), required=True),
    Column("day", ("Day", "Weekday")),
    Column("week", ("Week", "Timetable week", "Cycle week")),
    Column("subject", ("Subject", "Course", "Subject name")),
    Column("teacher", ("Teacher", "Staff", "Staff code", "Teacher code", "Main teacher")),
    Column("room", ("Room", "Location", "Room code")),
)
MEMBERS = (
    Column("class", ("Class", "Class name", "Group", "Teaching group"), required=True),
    Column("upn", ("UPN", "Unique pupil number", "Pupil"), required=True),
)
SIMS_SLOT = re.compile(r"^(mon|tue|wed|thu|fri)[a-z]*?\s*([ab12])?\s*[:\-\s]\s*(.+)$", re.IGNORECASE)
Slot = tuple[str, int]  # week, period
MOST_ENDED = 0.5  # of what stands: a file that would end more is taken for a part of the timetable


def bring_timetable(school: Any, source: Source, counts: Counts, tell: Any) -> None:
    """Let exactly these lessons be the timetable from today."""
    reader = _Timetable(school)
    rows = [(row, found) for row, found in checked(source, counts, reader.take)]
    classes = _classes(school, {name: subject for _, (name, _, subject, _, _) in rows})
    lessons: dict[Any, dict[str, Any]] = {}
    teaching: dict[Any, set[int]] = {}
    for row, (name, slot, _, room, teachers) in rows:
        key = classes[name], *slot
        if lessons.setdefault(key, {"room": room})["room"] != room:
            counts.warn(
                source.file,
                row.number,
                row.title("room"),
                "Another row names another room for this lesson; that one was kept.",
            )
        teaching.setdefault(key, set()).update(teachers)
    today, since = _dates(school)
    standing = MainstreamLesson.objects.filter(school=school).standing_from(today)
    stored = {(x.mainstream_class_id, x.week, x.period_id): x for x in standing}
    if _is_a_part(source, counts, len(set(stored) - set(lessons)), len(stored)):
        lessons |= {key: {"room": x.room} for key, x in stored.items() if key not in lessons}
    ended_now = MainstreamLesson.objects.filter(school=school, valid_to=today).values_list("pk", flat=True)
    before = set(ended_now)
    replace_dated(MainstreamLesson, school, lessons, stored, counts, _lesson_key, today=today, since=since)
    tell(len(lessons))
    _end_teaching(school, set(ended_now.all()) - before, today)
    _bring_teachers(school, teaching, today, since)


def bring_members(school: Any, source: Source, counts: Counts, tell: Any) -> None:
    """Let exactly these pupils be in these classes from today."""
    roll = Roll(school)

    def take(row: Row) -> tuple[str, int]:
        return row.read("class", text, required=True), roll.pupil(row)

    pairs = dict.fromkeys(found for _, found in checked(source, counts, take))
    known = dict(MainstreamClass.objects.filter(school=school).values_list("name", "pk"))
    classes = known | _classes(school, {name: None for name, _ in pairs if name not in known})
    wanted: dict[Any, dict[str, Any]] = {(classes[name], pupil): {} for name, pupil in pairs}
    today, since = _dates(school)
    standing = ClassMember.objects.filter(school=school).standing_from(today)
    stored = {(x.mainstream_class_id, x.pupil_id): x for x in standing}
    if _is_a_part(source, counts, len(set(stored) - set(wanted)), len(stored)):
        wanted |= {key: {} for key in stored}
    replace_dated(ClassMember, school, wanted, stored, counts, _member_key, today=today, since=since)
    tell(len(wanted))


class _Timetable:
    """Reads rows by the school's bell, cycle and staff."""

    def __init__(self, school: Any) -> None:
        self.weeks = school.weeks
        periods = Period.objects.filter(school=school).values_list("weekday", "name", "pk")
        self.periods = {(day, name.lower()): pk for day, name, pk in periods}
        self.staff = dict(StaffMember.objects.filter(school=school).values_list("code", "pk"))

    def take(self, row: Row) -> tuple[str, Slot, str, str, list[int]]:
        name = row.read("class", text, required=True)
        if len(name) > 40:
            raise WrongCell(row.title("class"), "This is longer than 40 characters.")
        return (
            name,
            self._slot(row),
            text(row["subject"])[:80],
            text(row["room"])[:40],
            list(self._teachers(row)),
        )

    def _slot(self, row: Row) -> Slot:
        cell = row["period"]
        found = SIMS_SLOT.match(cell) if "day" not in row else None
        if found:
            day, week, name = weekday(found[1]), week_label(found[2] or row["week"]), period_name(found[3])
        elif row["day"]:
            day, week = row.read("day", weekday), row.read("week", week_label)
            name = row.read("period", period_name, required=True)
        else:
            raise WrongCell(
                row.title("period"), f"{cell!r} does not say its day. Use MonA:1, or add a column “Day”."
            )
        if week not in self.weeks:
            raise WrongCell(
                row.title("period"), f"Week {week or 'without a label'} is not a week of this school's cycle."
            )
        period = self.periods.get((day, name.lower()))
        if period is None:
            raise WrongCell(
                row.title("period"), f"There is no period {name} on that day. Import the periods first."
            )
        return week, period

    def _teachers(self, row: Row) -> Iterator[int]:
        for code in re.split(r"[;/&+,\s]+", row["teacher"].upper()):
            if code and code not in self.staff:
                raise WrongCell(
                    row.title("teacher"), f"{code} is not in the staff list. Import the staff first."
                )
            if code:
                yield self.staff[code]


def _classes(school: Any, subjects: dict[str, str | None]) -> dict[str, int]:
    """The classes by name, made where they are missing; a subject that is given is kept."""
    stored = {group.name: group for group in MainstreamClass.objects.filter(school=school)}
    new = [
        MainstreamClass(school=school, name=n, subject=s or "")
        for n, s in subjects.items()
        if n not in stored
    ]
    changed = [stored[n] for n, s in subjects.items() if n in stored and s and stored[n].subject != s]
    for group in changed:
        group.subject = subjects[group.name] or ""
    MainstreamClass.objects.bulk_update(changed, ["subject"])
    made = MainstreamClass.objects.bulk_create(new)
    return {group.name: group.pk for group in [*stored.values(), *made]}


def _dates(school: Any) -> tuple[dt.date, dt.date]:
    """Today, and the first day of the school year it lies in: what is brought first has held since then."""
    today = timezone.localdate()
    year = AcademicYear.objects.filter(school=school, starts_on__lte=today).order_by("-starts_on").first()
    return today, year.starts_on if year else today


def _is_a_part(source: Source, counts: Counts, ended: int, standing: int) -> bool:
    """Whether the file leaves out so much that it cannot be the whole."""
    part = standing > 0 and ended > MOST_ENDED * standing
    if part:
        counts.warn(
            source.file,
            0,
            "",
            f"{ended} of {standing} rows are not in this file. It was taken for a part: they stay.",
        )
    return part


def _bring_teachers(school: Any, teaching: dict[Any, set[int]], today: dt.date, since: dt.date) -> None:
    lessons = MainstreamLesson.objects.filter(school=school).standing_from(today)
    keys = {(x.mainstream_class_id, x.week, x.period_id): x for x in lessons}
    wanted: dict[Any, dict[str, Any]] = {
        (keys[key].pk, adult): {} for key, adults in teaching.items() for adult in adults
    }
    standing = LessonTeacher.objects.filter(
        school=school, lesson__in=[keys[k].pk for k in teaching]
    ).standing_from(today)
    stored = {(x.lesson_id, x.teacher_id): x for x in standing}
    first = not LessonTeacher.objects.filter(school=school).exists()
    begins = since if first else today
    replace_dated(LessonTeacher, school, wanted, stored, Counts(), _teacher_key, today=today, since=begins)


def _end_teaching(school: Any, lessons: set[int], today: dt.date) -> None:
    rows = LessonTeacher.objects.filter(school=school, lesson__in=lessons).standing_from(today)
    rows.filter(valid_from__lt=today).update(valid_to=today)
    rows.filter(valid_from__gte=today).delete()


def _lesson_key(key: Any) -> dict[str, Any]:
    return {"mainstream_class_id": key[0], "week": key[1], "period_id": key[2]}


def _member_key(key: Any) -> dict[str, Any]:
    return {"mainstream_class_id": key[0], "pupil_id": key[1]}


def _teacher_key(key: Any) -> dict[str, Any]:
    return {"lesson_id": key[0], "teacher_id": key[1]}


KINDS = (
    Kind("timetable", TIMETABLE, bring_timetable, order=100),
    Kind("members", MEMBERS, bring_members, order=110),
)
