"""What Wonde says of a school, as tables that any import understands.

Wonde nests what is included under `data` (`student["education_details"]["data"]["upn"]`), gives moments as
`{"date": "2026-09-01 00:00:00.000000", …}`, and leaves out, as null, what a school has not opened to us.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from iap.schools.calendar import monday_of
from iap.schools.models import CycleWeek, School

from .client import Client

Thing = dict[str, Any]
STAFF = ["code", "title", "given_name", "family_name", "email"]
PERIODS = ["day", "period", "start", "end"]
PUPILS = [
    "upn", "mis_id", "given_name", "family_name", "preferred_name", "born_on", "sex", "year_group", "tutor_group",
    "sen_stage", "ethnicity", "pupil_premium", "free_meals", "in_care", "first_language", "joined_on", "left_on",
]  # fmt: skip
CONTACTS = ["upn", "mis_id", "priority", "name", "relationship", "phone", "email", "parental_responsibility"]
MEMBERS = ["class", "upn", "mis_id"]
LESSONS = ["class", "day", "period", "week", "subject", "teacher", "room"]
MARKS = ["upn", "mis_id", "day", "half", "code"]
INCLUDED = "education_details,extended_details,groups,contacts,contacts.contact_details"
NEEDED = {"upn", "born_on", "year_group", "class"}  # a table without would be asked about every night
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def write(client: Client, folder: Path, *, weeks: dict[dt.date, str], marks_since: dt.date) -> list[Path]:
    """Fetch all and write one CSV file for each kind. Empty ones are left out, so that they end nothing.

    `weeks` are the Mondays of one whole cycle, whose lessons are the timetable, with their labels.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    staff = list(client.things("employees", include="contact_details", has_class="true"))
    codes = {person["id"]: _code(person) for person in staff}
    pupils = list(client.things("students", include=INCLUDED))
    numbers = {pupil["id"]: _numbers(pupil) for pupil in pupils}
    files = [
        _file(folder, "staff", STAFF, map(_staff, staff)),
        _file(folder, "periods", PERIODS, _periods(client.things("periods"))),
        _file(folder, "pupils", PUPILS, _pupils(pupils)),
        _file(folder, "contacts", CONTACTS, _contacts(pupils)),
        _file(folder, "members", MEMBERS, _members(client, numbers)),
        _file(folder, "timetable", LESSONS, _lessons(client, weeks, codes)),
        _file(folder, "attendance", MARKS, _marks(client, numbers, marks_since)),
    ]
    return [file for file in files if file is not None]


def _file(folder: Path, kind: str, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Path | None:
    """Rows as a file, columns in which nobody says anything left out; nothing where there are no rows."""
    kept = [list(row) for row in rows]
    said = [n for n, name in enumerate(heading) if name in NEEDED or any(row[n] for row in kept)]
    if not kept:
        return None
    with (path := folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow([heading[place] for place in said])
        table.writerows([row[place] for place in said] for row in kept)
    return path


def _staff(person: Thing) -> list[str]:
    emails = _at(person, "contact_details", "data", "emails") or {}
    email = _word(emails.get("work") or emails.get("email"))
    return [_code(person), *(_word(person.get(name)) for name in ("title", "forename", "surname")), email]


def _code(person: Thing) -> str:
    return _word(person.get("initials") or person.get("mis_id"))


def _periods(things: Iterable[Thing]) -> Iterator[list[str]]:
    for each in things:
        day = _word(each.get("day")).capitalize()
        if day in DAYS[:5]:
            times = (_word(each.get(name))[:5] for name in ("start_time", "end_time"))
            yield [day, _word(each.get("name")), *times]


def _pupils(things: Iterable[Thing]) -> Iterator[list[str]]:
    for each in things:
        school, more = (
            _at(each, "education_details", "data") or {},
            _at(each, "extended_details", "data") or {},
        )
        groups = _at(each, "groups", "data") or []
        tutor = next((group.get("name") for group in groups if group.get("type") == "REGISTRATION"), "")
        cells = [
            each.get("legal_forename") or each.get("forename"),
            each.get("legal_surname") or each.get("surname"),
            each.get("forename"),
            _day(each.get("date_of_birth")),
            {"MALE": "M", "FEMALE": "F"}.get(_word(each.get("gender")).upper(), ""),
            school.get("current_nc_year"),
            tutor,
            more.get("sen_status"),
            more.get("ethnicity_code") or more.get("ethnicity"),
            _yes(more.get("premium_pupil_indicator")),
            _yes(more.get("free_school_meals")),
            _yes(more.get("in_lea_care")),
            more.get("first_language"),
            _day(school.get("admission_date")),
            _day(school.get("leaving_date")),
        ]
        yield [*_numbers(each), *map(_word, cells)]


def _numbers(pupil: Thing) -> tuple[str, str]:
    school = _at(pupil, "education_details", "data") or {}
    return _word(school.get("upn")), _word(school.get("admission_number"))


def _contacts(pupils: Iterable[Thing]) -> Iterator[list[str]]:
    """Each pupil's family in the order in which they are to be called, numbered anew: two may share a number."""
    for pupil in pupils:
        named = [each for each in _at(pupil, "contacts", "data") or [] if _name(each)]
        ordered = sorted(named, key=lambda each: _whole(_kin(each).get("priority")))
        for priority, each in enumerate(ordered, start=1):
            kin = _kin(each)
            phones = _at(each, "contact_details", "data", "phones") or {}
            emails = _at(each, "contact_details", "data", "emails") or {}
            yield [
                *_numbers(pupil),
                str(priority),
                _name(each),
                _word(kin.get("relationship")),
                _first(phones, "primary", "mobile", "phone", "home", "work"),
                _first(emails, "primary", "email", "home", "work"),
                _yes(kin.get("parental_responsibility")),
            ]


def _kin(contact: Thing) -> Thing:
    """What a contact is to the pupil, and when they are to be called."""
    kin = contact.get("relationship")
    found = _at(kin, "data") or kin
    return found if isinstance(found, dict) else {"relationship": kin}


def _name(person: Thing) -> str:
    return " ".join(filter(None, (_word(person.get(part)) for part in ("title", "forename", "surname"))))


def _members(client: Client, numbers: dict[str, tuple[str, str]]) -> Iterator[list[str]]:
    for group in client.things("classes", include="students"):
        for pupil in _at(group, "students", "data") or []:
            if pupil.get("id") in numbers:
                yield [_word(group.get("name")), *numbers[pupil["id"]]]


def _lessons(client: Client, weeks: dict[dt.date, str], codes: dict[str, str]) -> Iterator[list[str]]:
    """The lessons of one whole cycle. Wonde gives each lesson with its date; the calendar says which week that is."""
    if not weeks:
        return
    span = {
        "lessons_start_after": min(weeks).isoformat(),
        "lessons_start_before": (max(weeks) + dt.timedelta(days=5)).isoformat(),
    }
    found: dict[tuple[str, ...], set[str]] = {}
    for lesson in client.things("lessons", include="class.subject,period,room,employee", **span):
        start = _day(lesson.get("start_at"))
        monday = monday_of(dt.date.fromisoformat(start)) if start else None
        if monday in weeks:
            group, period = _at(lesson, "class", "data") or {}, _at(lesson, "period", "data") or {}
            day = DAYS[dt.date.fromisoformat(start).weekday()]
            subject, room = _at(group, "subject", "data", "name"), _at(lesson, "room", "data", "name")
            slot = (group.get("name"), day, period.get("name"), weeks[monday], subject, room)
            teacher = codes.get(_word(_at(lesson, "employee", "data", "id")), "")
            found.setdefault(tuple(map(_word, slot)), set()).add(teacher)
    for (group_name, day, period_name, week, subject_name, room_name), teachers in found.items():
        teacher = ";".join(sorted(filter(None, teachers)))
        yield [group_name, day, period_name, week, subject_name, teacher, room_name]


def cycle_of(school: School, today: dt.date) -> dict[dt.date, str]:
    """The Mondays of the next week of each label, with the label."""
    coming = CycleWeek.objects.filter(school=school, monday__gte=monday_of(today)).order_by("monday")
    found: dict[str, dt.date] = {}
    for week in coming[:10]:
        found.setdefault(week.label, week.monday)
    return {monday: label for label, monday in found.items()}


def _marks(client: Client, numbers: dict[str, tuple[str, str]], since: dt.date) -> Iterator[list[str]]:
    asked = {"include": "student,attendance_code", "updated_after": f"{since.isoformat()} 00:00:00"}
    for mark in client.things("attendance/session", **asked):
        pupil = _word(_at(mark, "student", "data", "id"))
        code = _word(_at(mark, "attendance_code", "data", "code"))
        if pupil in numbers and code:
            yield [*numbers[pupil], _day(mark.get("date")), _word(mark.get("session")).upper(), code]


def _at(thing: Any, *path: str) -> Any:
    """What lies there, or nothing wherever the way ends before."""
    for step in path:
        thing = thing.get(step) if isinstance(thing, dict) else None
    return thing


def _first(found: Thing, *names: str) -> str:
    """The first of these that says anything."""
    return next((word for name in names if (word := _word(found.get(name)))), "")


def _whole(value: Any) -> int:
    """A number to put things in order by; what has none goes last."""
    return int(value) if _word(value).isdecimal() else 9999


def _word(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _yes(value: Any) -> str:
    return "" if value is None else "Yes" if value in (True, 1, "1", "true", "Yes") else "No"


def _day(moment: Any) -> str:
    """`2026-09-01` of a moment as Wonde gives it, or of a plain date."""
    day = _word(moment.get("date") if isinstance(moment, dict) else moment)[:10]
    try:
        return dt.date.fromisoformat(day).isoformat()
    except ValueError:
        return ""
