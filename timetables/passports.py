"""Passports as the teachers of a pupil's lessons see them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from iap.schools.models import School
from pupils.models import Passport, PassportRead, Pupil, TeacherVoice

from .models import LessonCover, LessonFeedback
from .taught import lessons_met

COVERED = dt.timedelta(weeks=2)  # how far ahead who covers a lesson may read
SAID = 8  # of their own feedback


def passports_of(school: School, pupils: Iterable[int], user: Any) -> dict[int, Any]:
    """The version that stands for each of these pupils, with whether the reader has read it (`is_read`): one query."""
    read = PassportRead.objects.filter(school=school, passport=OuterRef("pk"), by=user)
    held = Passport.objects.standing().filter(school=school, pupil__in=set(pupils))
    newest = held.annotate(is_read=Exists(read)).order_by("pupil", "-version").distinct("pupil")
    return {each.pupil_id: each for each in newest}


@dataclass(frozen=True)
class PassportSeen:
    """What a teacher's list shows of a passport."""

    lines: list[str]
    is_read: bool


def with_passports(places: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """These places with the passport of each pupil, as `passport_of` reads it: no query of its own."""
    newest = Passport.objects.standing().filter(school=OuterRef("school"), pupil=OuterRef("step__pupil"))
    first = newest.newest_first()
    read = PassportRead.objects.filter(school=OuterRef("school"), passport=OuterRef("passport"), by=user)
    return places.annotate(
        passport=Subquery(first.values("pk")[:1]), passport_helps=Subquery(first.values("helps")[:1])
    ).annotate(passport_read=Exists(read))


def passport_of(place: Any) -> PassportSeen | None:
    """Of a place from `with_passports`."""
    if place.passport is None:
        return None
    return PassportSeen(Passport.lines_of(place.passport_helps), place.passport_read)


def meets(user: Any, pupil: Pupil, day: dt.date) -> bool:
    """Whether this person teaches, or is to cover, a lesson that the pupil comes to now or by a published step."""
    lessons = lessons_met(pupil, day)
    covered = LessonCover.objects.filter(
        school=pupil.school_id,
        covered_by__user=user,
        day__range=(day, day + COVERED),
        lesson__in=lessons.values("lesson"),
    )
    return lessons.filter(teacher__user=user).exists() or covered.exists()


def classes_met(user: Any, pupil: Pupil, day: dt.date) -> set[int]:
    """The classes in which this person meets the pupil."""
    lessons = lessons_met(pupil, day)
    covers = Q(lesson__cover__covered_by__user=user, lesson__cover__day__range=(day, day + COVERED))
    mine = lessons.filter(Q(teacher__user=user) | covers)
    return set(mine.values_list("lesson__mainstream_class", flat=True))


def said_by(user: Any, pupil: Pupil) -> list[LessonFeedback]:
    """What this person themselves has said of the pupil's visits, the newest first: one query."""
    mine = LessonFeedback.objects.filter(school=pupil.school_id, pupil=pupil, by=user).standing()
    return list(mine.select_related("lesson__mainstream_class").newest_first()[:SAID])


def asked_of(user: Any, school: School) -> list[TeacherVoice]:
    """What this person is asked for reviews that are being prepared, and has not answered: one query."""
    open_now = TeacherVoice.objects.filter(
        school=school, teacher__user=user, answer="", review__held_at=None, review__in_error_at=None
    )
    return list(open_now.select_related("review__pupil").order_by("review__day", "pk"))
