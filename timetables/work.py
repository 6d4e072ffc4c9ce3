"""Work sent to pupils in the base and returned, by class."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max

from iap.schools.calendar import monday_of
from iap.schools.models import School
from pupils.models import Placement, Pupil

from .models import ClassMember, MainstreamClass, RoomReadiness, WorkKind, WorkMove
from .taken import lessons_taken


@dataclass(frozen=True)
class Moved:
    """How often work of a class went to the pupil, and came back; when it last went."""

    sent: int = 0
    returned: int = 0
    last_sent: dt.date | None = None


def moved(
    school_id: int, pupils: Iterable[int], since: dt.date | None = None
) -> dict[tuple[int, int], Moved]:
    """By pupil and class: one query."""
    rows = WorkMove.objects.filter(school=school_id, pupil__in=list(pupils)).standing()
    if since is not None:
        rows = rows.filter(day__gte=since)
    counted = (
        rows.order_by().values_list("pupil", "mainstream_class", "kind").annotate(Count("pk"), Max("day"))
    )
    sent: dict[tuple[int, int], tuple[int, dt.date | None]] = defaultdict(lambda: (0, None))
    back: dict[tuple[int, int], int] = defaultdict(int)
    for pupil, group, kind, number, last in counted:
        if kind == WorkKind.SENT:
            sent[pupil, group] = (number, last)
        else:
            back[pupil, group] = number
    return {key: Moved(sent[key][0], back[key], sent[key][1]) for key in {*sent, *back}}


@dataclass(frozen=True)
class Mine:
    """A pupil with a place in one of a teacher's classes."""

    pupil: Pupil
    group: MainstreamClass
    moved: Moved
    looked_on: dt.date | None


def mine(school: School, user: Any, day: dt.date) -> list[Mine]:
    """Pupils with a place now or to come who are in this person's classes: five queries, however many they are."""
    monday = monday_of(day)
    taken = lessons_taken(school, user, monday, monday + dt.timedelta(weeks=3))
    groups = {each.lesson.mainstream_class_id for each in taken if not each.for_a_day}
    placed = Placement.objects.filter(school=school).exclude(ends_on__lte=day)
    members = ClassMember.objects.valid_on(day).filter(
        school=school, mainstream_class__in=groups, pupil__in=placed.values("pupil")
    )
    rows = list(
        members.select_related("pupil", "mainstream_class").order_by(
            "mainstream_class__name", "pupil__family_name", "pk"
        )
    )
    work = moved(school.pk, {row.pupil_id for row in rows})
    looks = RoomReadiness.objects.filter(school=school, by=user).standing().order_by()
    looked = {
        (pupil, group): last
        for pupil, group, last in looks.values_list("pupil", "mainstream_class").annotate(Max("day"))
    }
    return [
        Mine(
            row.pupil,
            row.mainstream_class,
            work.get((row.pupil_id, row.mainstream_class_id), Moved()),
            looked.get((row.pupil_id, row.mainstream_class_id)),
        )
        for row in rows
    ]
