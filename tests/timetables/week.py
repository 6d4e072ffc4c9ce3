"""A school week to place pupils in: sessions, places and lessons, in sentences."""

import datetime as dt
from typing import Any

from iap.schools.models import Period
from tests.factories import IapSessionFactory, PlacementFactory, StaffMemberFactory
from timetables.actions.slots import PlaceIn
from timetables.models import ClassMember, LessonTeacher, MainstreamClass, MainstreamLesson, Place

TODAY = dt.date(2027, 3, 3)  # a Wednesday far from any holiday; the clock says so too in this folder
LONG_AGO = dt.date(2024, 9, 2)  # before whatever day it is


def slots(school: Any) -> list[tuple[str, Period]]:
    lessons = Period.objects.filter(school=school, kind="lesson")
    return [(week, period) for week in school.weeks for period in lessons]


def all_mainstream(school: Any, **elsewhere: Any) -> list[PlaceIn]:
    """A whole cycle in mainstream."""
    return [PlaceIn(week, period, Place.MAINSTREAM) for week, period in slots(school)]


def with_sessions(school: Any, *sessions: Any) -> list[PlaceIn]:
    """A cycle in mainstream but for these sessions."""
    named = {(session.week, session.period_id): session for session in sessions}
    return [
        PlaceIn(week, period, Place.SESSION, session=named[week, period.pk])
        if (week, period.pk) in named
        else PlaceIn(week, period, Place.MAINSTREAM)
        for week, period in slots(school)
    ]


def session_in(school: Any, week: str = "A", number: int = 0, **fields: Any) -> Any:
    """A session in the n-th lesson of the week."""
    period = Period.objects.filter(school=school, kind="lesson").in_order()[number]
    return IapSessionFactory(
        **{"school": school, "week": week, "period": period, "valid_from": LONG_AGO, **fields}
    )


def placement_at(school: Any, **fields: Any) -> Any:
    return PlacementFactory(**{"school": school, "starts_on": TODAY, **fields})


def lesson_of(
    school: Any, pupil: Any, period: Period, *, week: str = "", name: str = "8x/En1",
    subject: str = "English", room: str = "A2", teacher: Any = None,
    valid_from: dt.date = LONG_AGO, valid_to: dt.date | None = None,
) -> Any:  # fmt: skip
    """The pupil has this lesson in the period, taught by the teacher, between two days."""
    group, _ = MainstreamClass.objects.get_or_create(school=school, name=name, defaults={"subject": subject})
    between = {"school": school, "valid_from": valid_from, "valid_to": valid_to}
    ClassMember.objects.get_or_create(**between, mainstream_class=group, pupil=pupil)
    lesson, _ = MainstreamLesson.objects.get_or_create(
        **between, mainstream_class=group, week=week, period=period, room=room
    )
    LessonTeacher.objects.get_or_create(
        **between, lesson=lesson, teacher=teacher or StaffMemberFactory(school=school, family_name="Kaur")
    )
    return lesson
