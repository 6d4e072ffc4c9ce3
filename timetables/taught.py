"""Who teaches a pupil a lesson to which they have returned, or will by a published step."""

import datetime as dt
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.urls import reverse

from pupils.taught import Taught

from .measures.share import IN_MAINSTREAM
from .models import ClassMember, LessonTeacher, StepPlace


def teachers_met(pupil: Any, day: dt.date) -> list[Taught]:
    """Each teacher with what they teach the pupil, now or from a later day: one query."""
    found: dict[Any, dict[str, None]] = {}
    rows = lessons_met(pupil, day).select_related("teacher__user", "lesson__mainstream_class")
    for row in rows.order_by("teacher__family_name", "teacher", "lesson__mainstream_class__name"):
        group = row.lesson.mainstream_class
        words = f"{group.subject}, {group.name}" if group.subject else group.name
        found.setdefault(row.teacher, {})[words] = None
    return [Taught(teacher, "; ".join(words)) for teacher, words in found.items()]


def lessons_met(pupil: Any, day: dt.date) -> Any:
    """The rows that say who teaches which of the lessons that the pupil comes to, from this day on."""
    placed = (
        StepPlace.objects.standing_from(day)
        .annotate(lesson_week=ExpressionWrapper(OuterRef("lesson__week"), CharField()))
        .filter(
            Q(week="") | Q(lesson_week="") | Q(week=F("lesson_week")),
            school=pupil.school_id,
            step__pupil=pupil,
            place__in=IN_MAINSTREAM,
            period=OuterRef("lesson__period"),
        )
    )
    member = ClassMember.objects.standing_from(day).filter(
        school=pupil.school_id, pupil=pupil, mainstream_class=OuterRef("lesson__mainstream_class")
    )
    taught = LessonTeacher.objects.standing_from(day).filter(school=pupil.school_id)
    return taught.filter(Q(lesson__valid_to=None) | Q(lesson__valid_to__gt=day)).filter(
        Exists(placed), Exists(member)
    )


def passport_address(pupil: Any) -> str:
    return reverse("timetables:passport", args=[pupil.uuid])
