"""Adults, sessions with somebody away now and then, and the mainstream lessons beside them."""

import datetime as dt

from iap.schools.models import StaffMember
from timetables.models import (
    Cover,
    IapSession,
    LessonTeacher,
    MainstreamClass,
    MainstreamLesson,
    SessionRole,
    SessionStaff,
    Strand,
)

from .made import Made

SUBJECTS = (
    "English",
    "Maths",
    "Science",
    "History",
    "Geography",
    "Art",
    "Music",
    "PE",
    "French",
    "Computing",
)
TITLES = ("Maths", "English", "Science", "Cooking", "Garden", "Reading")


def hire(made: Made) -> None:
    made.staff = StaffMember.objects.bulk_create(
        StaffMember(
            school=made.school,
            code=f"Y{n}",
            title="Ms",
            given_name="Rosa",
            family_name=f"Number{n}",
            qualified=n % 2 == 0,
        )
        for n in range(12)
    )


def run_sessions(made: Made) -> None:
    """One in every slot since the beginning; two adults in most, one in some; now and then somebody is away."""
    chance, since = made.chance, made.days[0]
    for week, period in made.slots:
        made.sessions[week, period.pk] = IapSession(
            school=made.school,
            title=chance.choice(TITLES),
            strand=Strand.CURRICULUM,
            week=week,
            period=period,
            valid_from=since,
        )
    IapSession.objects.bulk_create(made.sessions.values())
    assigned = []
    for session in made.sessions.values():
        for adult in chance.sample(made.staff, chance.choice((1, 2, 2, 2, 2, 3))):
            assigned.append(
                SessionStaff(
                    school=made.school,
                    session=session,
                    adult=adult,
                    week=session.week,
                    period=session.period,
                    role=SessionRole.QT if adult.qualified else SessionRole.SUPPORT,
                    valid_from=since,
                )
            )
    SessionStaff.objects.bulk_create(assigned)
    covers: dict[tuple[int, dt.date], Cover] = {}
    for _ in range(len(made.past) // 4):
        row, day = chance.choice(assigned), chance.choice(made.past)
        if row.period.weekday == day.isoweekday() and row.week in {"", made.label(day)}:
            there = {each.adult_id for each in assigned if each.session_id == row.session_id}
            comes = chance.choice([None, *(each for each in made.staff if each.pk not in there)])
            covers[row.session_id, day] = Cover(
                school=made.school,
                session=row.session,
                day=day,
                adult=row.adult,
                covered_by=None if len(covers) % 2 else comes,  # every other absence is not covered
                role=row.role,
                week=row.week,
                period=row.period,
            )
    Cover.objects.bulk_create(covers.values(), ignore_conflicts=True)


def teach_lessons(made: Made) -> None:
    """One class in each slot, of each subject in turn."""
    since = {"school": made.school, "valid_from": made.days[0]}
    classes = MainstreamClass.objects.bulk_create(
        MainstreamClass(school=made.school, name=f"8x/{subject[:2]}", subject=subject) for subject in SUBJECTS
    )
    for n, (week, period) in enumerate(made.slots):
        made.lessons[week, period.pk] = MainstreamLesson(
            **since, mainstream_class=classes[n % len(classes)], week=week, period=period
        )
    MainstreamLesson.objects.bulk_create(made.lessons.values())
    LessonTeacher.objects.bulk_create(
        LessonTeacher(**since, lesson=lesson, teacher=made.staff[n % len(made.staff)])
        for n, lesson in enumerate(made.lessons.values())
    )
