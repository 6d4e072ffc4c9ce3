"""The folder of exports that the invented school's own system would give, for the real import to read."""

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from .plans import BELL, WEEKDAYS, Story
from .referred import Referred
from .school import Child, Invented

YES_NO = {True: "Yes", False: "No"}
PARENTS = ("Mother", "Father", "Grandparent", "Foster carer")
INCIDENTS = (
    "Positive: helped others",
    "Positive: strong effort",
    "Disruption",
    "Left the room",
    "Late",
    "Conflict with a pupil",
)


def write(school: Invented, folder: Path) -> None:
    """Write one file per kind into `folder`."""
    for name, (heading, rows) in {
        "pupils": _pupils(school),
        "staff": _staff(school),
        "periods": _periods(),
        "calendar": _calendar(school),
        "timetable": _timetable(school),
        "members": _members(school),
        "attendance": _attendance(school),
        "attendance-last-year": _last_year(school),
        "suspensions": _suspensions(school),
        "incidents": _incidents(school),
        "contacts": _contacts(school),
    }.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8-sig") as file:
            out = csv.writer(file)
            out.writerow(heading.split(","))
            out.writerows(rows)


Table = tuple[str, Iterable[Sequence[object]]]


def _pupils(school: Invented) -> Table:
    heading = (
        "Adno,UPN,Legal Surname,Legal Forename,Preferred Forename,DOB,Gender,Year,Reg,SEN Status,SEN Need,"
        "Ethnicity,Pupil Premium Indicator,FSM Eligible,In Care,Social Worker,First Language"
    )
    in_care = {child.upn for child in school.story_children[3::7]}
    rows = (
        (
            *(c.admission, c.upn, c.family, c.given, c.given, c.born.isoformat(), c.sex),
            *(school.plan.names_of_years[c.year], c.form, c.sen, c.need, "NOBT", YES_NO[c.premium]),
            *(YES_NO[c.premium], YES_NO[c.upn in in_care], YES_NO[c.upn in in_care], "ENG"),
        )
        for c in school.children
    )
    return heading, rows


def _staff(school: Invented) -> Table:
    team = [
        (a.code, a.title, a.given, a.family, a.email, a.post, YES_NO[a.qualified], a.subject)
        for a in school.plan.team
    ]
    teachers = [
        (
            t.code,
            t.title,
            t.given,
            t.family,
            f"{t.given[0]}.{t.family}@school.example".lower(),
            "Teacher",
            "Yes",
            t.subject,
        )
        for subject in school.teachers.values()
        for t in subject
    ]
    return "Staff Code,Title,Forename,Surname,Email,Post,QTS,Main Subject", [*team, *teachers]


def _periods() -> Table:
    return "Day,Period,Start,End,Kind", [(day, *row) for day in WEEKDAYS for row in BELL]


def _calendar(school: Invented) -> Table:
    def closed(monday: dt.date) -> str:
        return " ".join(
            day.isoformat()
            for day in sorted(school.year.closures)
            if monday <= day < monday + dt.timedelta(days=5)
        )

    rows = [(monday.isoformat(), label, closed(monday)) for monday, label in school.year.labels.items()]
    return "Week commencing,Week,Closures", rows


def _timetable(school: Invented) -> Table:
    if school.plan.cycle_weeks == 2:
        return "Period,Class,Subject,Teacher,Room", [
            (
                f"{x.weekday[:3]}{x.week}:{x.period}",
                x.class_name,
                x.subject,
                x.teacher.code,
                f"R{x.teacher.code}",
            )
            for x in school.lessons
        ]
    rows = [
        (x.weekday, x.period, x.class_name, x.subject, x.teacher.code, f"Room {x.form}")
        for x in school.lessons
    ]
    return "Day,Period,Class,Subject,Staff,Location", rows


def _members(school: Invented) -> Table:
    classes: dict[str, list[str]] = {}
    for lesson in school.lessons:
        names = classes.setdefault(lesson.form, [])
        if lesson.class_name not in names:
            names.append(lesson.class_name)
    return "Class,UPN", [(name, c.upn) for c in school.children for name in classes[c.form]]


def _attendance(school: Invented) -> Table:
    random = school.random("attendance")
    away = dict(zip((c.upn for c in school.story_children), map(_absence, school.plan.stories), strict=True))
    away |= {
        child.upn: _referred_absence(each)
        for child, each in zip(school.referred_children, school.plan.referrals, strict=True)
    }
    rows = []
    for child in school.children:
        chance = away.get(child.upn, random.choice((0.02, 0.04, 0.08)))
        for day in school.year.past:
            code = random.choice("IIMO") if random.random() < chance else ""
            rows += [
                (child.upn, day.isoformat(), "AM", code or _late(random)),
                (child.upn, day.isoformat(), "PM", code or "\\"),
            ]
    return "UPN,Date,Session,Mark", rows


def _absence(story: Story) -> float:
    return {"often away": 0.38, "reduced": 0.3}.get(story.extra, 0.12)


def _referred_absence(referred: Referred) -> float:
    return 0.45 if "absence" in referred.reasons else 0.14


def _late(random: Random) -> str:
    return "L" if random.random() < 0.03 else "/"


def _last_year(school: Invented) -> Table:
    random = school.random("last year")
    rows = [(c.upn, 380, 380 - int(random.triangular(0, 120, 12))) for c in school.children]
    return "UPN,Possible,Attended", rows


def _suspensions(school: Invented) -> Table:
    random = school.random("suspensions")
    early = school.year.past[:20]
    rows = [
        (
            c.upn,
            random.choice(early).isoformat(),
            random.choice((1, 2, 4)),
            random.choice(("PP", "VA", "DB", "DM")),
        )
        for c in [*school.story_children[::3], *_at_risk(school)]
    ]
    return "UPN,Start Date,Sessions,Reason", rows


def _at_risk(school: Invented) -> list[Child]:
    return [
        child
        for child, each in zip(school.referred_children, school.plan.referrals, strict=True)
        if each.risk != "none"
    ]


def _incidents(school: Invented) -> Table:
    random = school.random("incidents")
    lessons = {child.form: [x for x in school.lessons if x.form == child.form] for child in school.children}
    rows = []
    for child in [*school.story_children, *school.referred_children, *random.sample(school.children, 20)]:
        for day in sorted(random.sample(school.year.past, 3)):
            lesson = random.choice(lessons[child.form])
            rows.append(
                (child.upn, day.isoformat(), lesson.period, lesson.class_name, random.choice(INCIDENTS))
            )
    return "UPN,Date,Period,Class,Type", rows


def _contacts(school: Invented) -> Table:
    random = school.random("contacts")
    rows = [_contact(random, c, 1, i) for i, c in enumerate(school.children)]
    rows += [_contact(random, c, 2, i) for i, c in enumerate(school.story_children, start=500)]
    return "UPN,Priority,Relationship,Name,Telephone,Email,Parental Responsibility", rows


def _contact(random: Random, child: Child, priority: int, number: int) -> Sequence[object]:
    name = f"{random.choice(('Sam', 'Alex', 'Jo', 'Chris', 'Robin', 'Pat'))} {child.family}"
    phone = f"07700 900{number % 1000:03}"  # numbers kept for fiction
    return (
        child.upn,
        priority,
        random.choice(PARENTS),
        name,
        phone,
        f"contact{number}@family.example",
        YES_NO[priority == 1],
    )
