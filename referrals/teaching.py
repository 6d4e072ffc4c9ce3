"""Who teaches whom today: which pupils a colleague may refer, and which teachers are asked about one.

The school's own system names the teachers of lessons; a tutor is known where registration is a class of theirs.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Q

from iap.schools.models import Role, StaffMember
from pupils.finding import named
from pupils.models import Pupil
from pupils.models.pupils import PupilQuerySet
from timetables.models import ClassMember, LessonTeacher

REFERS_ANY = (Role.LEAD, Role.LEADER, Role.SENCO)


def pupils_to_refer(user: Any, school: Any, roles: Collection[str], day: dt.date) -> PupilQuerySet:
    """On roll today: all for the lead, leaders and the SENCO; for others those they teach."""
    pupils: PupilQuerySet = Pupil.objects.at([school]).on_roll(day)
    if set(roles) & set(REFERS_ANY):
        return pupils
    lessons = LessonTeacher.objects.valid_on(day).filter(school=school, teacher__user=user)
    classes = lessons.filter(
        Q(lesson__valid_to=None) | Q(lesson__valid_to__gt=day), lesson__valid_from__lte=day
    ).values("lesson__mainstream_class")
    members = ClassMember.objects.valid_on(day).filter(school=school, mainstream_class__in=classes)
    return pupils.filter(pk__in=members.values("pupil"))


def found_to_refer(user: Any, school: Any, roles: Collection[str], day: dt.date, text: str) -> PupilQuerySet:
    """Of those the ones with these letters in a name."""
    return named(pupils_to_refer(user, school, roles, day), text)


def teachers_of_pupil(pupil: Pupil, day: dt.date) -> list[tuple[StaffMember, str]]:
    """The pupil's teachers on the day, each with subject and class: "English, 8x/En1". One query."""
    held = (
        LessonTeacher.objects.valid_on(day)
        .filter(
            Q(lesson__valid_to=None) | Q(lesson__valid_to__gt=day),
            school=pupil.school_id,
            lesson__valid_from__lte=day,
            lesson__mainstream_class__in=classes_of_pupil(pupil, day),
        )
        .select_related("teacher__user", "lesson__mainstream_class")
        .order_by("teacher__family_name", "teacher", "lesson__mainstream_class__name")
    )
    found: dict[StaffMember, dict[str, None]] = {}
    for row in held:
        group = row.lesson.mainstream_class
        words = f"{group.subject}, {group.name}" if group.subject else group.name
        found.setdefault(row.teacher, {})[words] = None
    return [(teacher, "; ".join(words)[:200]) for teacher, words in found.items()]


def classes_of_pupil(pupil: Pupil, day: dt.date) -> Any:
    """Keys of the classes the pupil is in on the day."""
    return (
        ClassMember.objects.valid_on(day)
        .filter(school=pupil.school_id, pupil=pupil)
        .values("mainstream_class")
    )
