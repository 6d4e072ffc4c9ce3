"""Lessons and their teachers. All of it holds from a day until another."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from iap.imports import words
from iap.imports.bringing import changed, replace_dated, staying
from iap.imports.intake import Intake, Row
from iap.imports.kinds import Column, Gone, Kind
from iap.imports.values import period_name, required_text, slot, text, week_label, weekday
from iap.schools.models import Period, StaffMember
from timetables.models import LessonTeacher, MainstreamClass, MainstreamLesson

from .classes import CLASS, SUBJECT, classes_of, year_began

TIMETABLE = (
    CLASS,
    Column(
        "period",
        ("Period", "Slot", "Lesson", "Timetable period", "Period name", "Timetable slot"),
        required=True,
        says="Period, or day and period in one",
    ),
    Column("day", ("Day", "Weekday", "Day of week"), words=words.weekdays),
    Column("week", ("Week", "Timetable week", "Cycle week", "Week name")),
    SUBJECT,
    Column(
        "teacher",
        (
            "Teacher",
            "Staff",
            "Staff code",
            "Teacher code",
            "Main teacher",
            "Staff initials",
            "Teacher initials",
        ),
    ),
    Column("room", ("Room", "Location", "Room code", "Room name")),
)
Slot = tuple[str, int]  # week, period
Key = tuple[int, str, int]  # class, week, period
LESSONS_GONE = Gone(
    stay="They stay: this file is a part of the timetable",
    end="They have ended: today is their first day without",
    usual="",
)


def bring_timetable(intake: Intake) -> None:
    """Let exactly these lessons be the timetable from today."""
    reader = _Timetable(intake)
    known = dict(MainstreamClass.objects.filter(school=intake.school).values_list("name", "pk"))
    standing = MainstreamLesson.objects.filter(school=intake.school).standing_from(intake.today)
    stored = {(x.mainstream_class_id, x.week, x.period_id): x for x in standing}
    rows = [(row, found) for row, found in intake.checked(reader.take)]
    classes = classes_of(intake, {name: subject for _, (name, _, subject, _, _) in rows})
    lessons: dict[Any, dict[str, Any]] = {}
    teaching: dict[Any, set[int]] = {}
    for row, (name, (week, period), _, room, teachers) in rows:
        key = classes[name], week, period
        if "room" not in row:
            room = stored[key].room if key in stored else ""
        if lessons.setdefault(key, {"room": room})["room"] != room:
            said = "Another row names another room for this lesson; that one was kept."
            intake.warn(row, "room", said)
        teaching.setdefault(key, set()).update(teachers)
    named = _Names(classes, reader)
    since = year_began(intake)
    intake.weigh(len(lessons.keys() & stored.keys()), len(lessons), len(stored))
    # A lesson whose row is refused stands in the file, and stays as it is.
    refused = {(known.get(name), *slot) for name, slot in intake.named} & set(stored)
    lessons = {key: {"room": stored[key].room} for key in refused} | lessons
    stay = staying(intake, lessons, stored, named.lesson)
    lessons |= {key: {"room": stored[key].room} for key in stay}
    same = {x.pk for key, x in stored.items() if lessons.get(key) == {"room": x.room}}
    new_to_school = not LessonTeacher.objects.filter(school=intake.school).exists()
    taught = _taught(intake, stored)
    if not intake.has("teacher"):
        teaching = {key: adults for key, adults in taught.items() if key in lessons}
    others = {
        key: [("Teachers", named.teachers(taught.get(key, set())), named.teachers(adults))]
        for key, adults in teaching.items()
        if adults != taught.get(key, set())
    }
    _end_teaching(intake, [x.pk for key, x in stored.items() if key not in lessons])
    ended = replace_dated(
        intake,
        MainstreamLesson,
        lessons,
        stored,
        _lesson_key,
        since=since,
        named=named.lesson,
        stay=stay,
        beside=others,
    )
    _end_teaching(intake, list(ended))
    begins = since if new_to_school else intake.today
    _bring_teachers(intake, teaching, named, begins, same)
    intake.tell(len(lessons))


class _Timetable:
    """Reads rows by the school's bell, cycle and staff."""

    def __init__(self, intake: Intake) -> None:
        self.intake, self.weeks = intake, intake.school.weeks
        self.periods: dict[tuple[int, str], int] = {}
        self.period_names: dict[int, str] = {}
        for period in Period.objects.filter(school=intake.school):
            self.periods[period.weekday, period.name.lower()] = period.pk
            self.period_names[period.pk] = str(period)
        self.staff = dict(StaffMember.objects.filter(school=intake.school).values_list("code", "pk"))
        self.codes = {pk: code for code, pk in self.staff.items()}

    def take(self, row: Row) -> tuple[str, Slot, str, str, list[int]]:
        name = row.read("class", required_text(40), required=True)
        _, slot = self.intake.names((name, self._slot(row)))
        subject, room = text(row["subject"])[:80], text(row["room"])[:40]
        return name, slot, subject, room, list(self._teachers(row))

    def _slot(self, row: Row) -> Slot:
        if row["day"]:
            day, week = row.read("day", weekday), row.read("week", week_label)
            name = row.read("period", period_name, required=True)
        else:
            week, day, name = row.read("period", slot, required=True)
            week = week or row.read("week", week_label)
        if week not in self.weeks:
            said = f"Week {week or 'without a label'} is not a week of this school's cycle."
            raise row.wrong("week" if row["week"] else "period", said)
        period = self.periods.get((day, name.lower()))
        if period is None:
            raise row.wrong("period", f"There is no period {name} on that day. Import the periods first.")
        return week, period

    def _teachers(self, row: Row) -> Iterator[int]:
        for code in re.split(r"[;/&+,\s]+", row["teacher"].upper()):
            if code and code not in self.staff:
                raise row.wrong("teacher", f"{code} is not in the staff list. Import the staff first.")
            if code:
                yield self.staff[code]


class _Names:
    """What lessons are called when they are listed."""

    def __init__(self, classes: dict[str, int], reader: _Timetable) -> None:
        self.classes = {pk: name for name, pk in classes.items()}
        self.reader = reader

    def lesson(self, lesson: Any) -> str:
        week = f"week {lesson.week}, " if lesson.week else ""
        group = self.classes.get(lesson.mainstream_class_id) or str(lesson.mainstream_class)
        return f"{group}: {week}{self.reader.period_names[lesson.period_id]}"

    def teachers(self, adults: set[int]) -> str:
        return ", ".join(sorted(self.reader.codes[adult] for adult in adults))


def _taught(intake: Intake, stored: dict[Key, Any]) -> dict[Key, set[int]]:
    """Who teaches the lessons that stand: a file that says nothing of it leaves it so, also in another room."""
    keys = {lesson.pk: key for key, lesson in stored.items()}
    taught: dict[Key, set[int]] = {}
    for each in LessonTeacher.objects.filter(school=intake.school).standing_from(intake.today):
        if each.lesson_id in keys:
            taught.setdefault(keys[each.lesson_id], set()).add(each.teacher_id)
    return taught


def _bring_teachers(
    intake: Intake, teaching: dict[Key, set[int]], named: _Names, begins: dt.date, same: set[int]
) -> None:
    """Let exactly these teach each lesson of the file. One that is the `same` but for its teachers has changed."""
    school, today = intake.school, intake.today
    lessons = {
        (x.mainstream_class_id, x.week, x.period_id): x
        for x in MainstreamLesson.objects.filter(school=school).standing_from(today)
    }
    standing: dict[int, dict[int, Any]] = {}
    for each in LessonTeacher.objects.filter(school=school).standing_from(today):
        standing.setdefault(each.lesson_id, {})[each.teacher_id] = each
    gone, new = [], []
    for key, adults in teaching.items():
        lesson = lessons[key]
        there = standing.get(lesson.pk, {})
        if set(there) == adults:
            continue
        gone += [each for adult, each in there.items() if adult not in adults]
        new += [
            LessonTeacher(
                school=school, lesson=lesson, teacher_id=adult, valid_from=max(begins, lesson.valid_from)
            )
            for adult in sorted(adults - set(there))
        ]
        if lesson.pk in same:
            teachers = ("Teachers", named.teachers(set(there)), named.teachers(adults))
            changed(intake, named.lesson(lesson), [teachers])
            intake.counts.unchanged -= 1
    _end(intake, gone)
    intake.ledger.create(new)


def _end_teaching(intake: Intake, lessons: list[int]) -> None:
    rows = LessonTeacher.objects.filter(school=intake.school, lesson__in=lessons)
    _end(intake, list(rows.standing_from(intake.today)))


def _end(intake: Intake, teaching: list[Any]) -> None:
    """End these from today; what began today never held and is taken out."""
    today = intake.today
    intake.ledger.delete([each for each in teaching if each.valid_from >= today])
    intake.ledger.change([(each, {"valid_to": today}) for each in teaching if each.valid_from < today])


def _lesson_key(key: Any) -> dict[str, Any]:
    return {"mainstream_class_id": key[0], "week": key[1], "period_id": key[2]}


KIND = Kind("timetable", TIMETABLE, bring_timetable, order=100, gone=LESSONS_GONE)
