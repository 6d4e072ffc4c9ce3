"""How ready the receiving lessons of a pupil are, by the last look at each class."""

import datetime as dt
from typing import Any

from django.utils import timezone

from iap.schools.calendar import monday_of

from .models import ClassMember, MainstreamClass, RoomReadiness
from .taken import lessons_taken

TAKEN_WITHIN = dt.timedelta(weeks=3)


def rooms_of(pupil: Any, *, since: dt.date | None = None) -> dict[str, RoomReadiness]:
    """The last look at each class, by the class's name: one query."""
    rows = RoomReadiness.objects.filter(school=pupil.school_id, pupil=pupil).standing()
    if since is not None:
        rows = rows.filter(day__gte=since)
    found: dict[str, RoomReadiness] = {}
    for look in rows.select_related("mainstream_class", "by").newest_first():
        found.setdefault(look.mainstream_class.name, look)
    return found


def looks_at(pupil: Any, group: MainstreamClass, *, by: Any = None) -> list[RoomReadiness]:
    """Every look at one class that stands, the newest first; those of one person with `by`."""
    rows = RoomReadiness.objects.filter(
        school=pupil.school_id, pupil=pupil, mainstream_class=group
    ).standing()
    if by is not None:
        rows = rows.filter(by=by)
    return list(rows.select_related("by").newest_first())


def class_of(pupil: Any, name: str, day: dt.date) -> MainstreamClass | None:
    """The class of that name which the pupil is in."""
    members = ClassMember.objects.valid_on(day).filter(school=pupil.school_id, pupil=pupil)
    classes = MainstreamClass.objects.filter(
        school=pupil.school_id, pk__in=members.values("mainstream_class")
    )
    return classes.filter(name=name).first()


def takes(user: Any, group: MainstreamClass, school: Any) -> bool:
    """Whether this person takes a lesson of the class in these weeks."""
    monday = monday_of(timezone.localdate())
    taken = lessons_taken(school, user, monday, monday + TAKEN_WITHIN)
    return any(each.lesson.mainstream_class_id == group.pk for each in taken)
