"""What stands about pupils and their lessons: agreed, asked for, looked at and said. Two queries for all of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from iap.schools.models import School
from pupils.models import CheckIn
from pupils.models.readiness import AREAS, PupilReadiness
from timetables.models import (
    AgreedChange,
    ChangeState,
    ClassMember,
    ClassReturn,
    LessonWish,
    Receipt,
    RoomReadiness,
)
from timetables.models.rooms import ROOM_AREAS

Looks = dict[tuple[int, int | None], int]
CheckIns = dict[int, list[tuple[int | None, int]]]
ROOMS_FROM = dt.timedelta(weeks=12)  # an older look at a room says little
CHECK_INS_FROM = dt.timedelta(weeks=8)


@dataclass(frozen=True)
class Class:
    """What stands about a pupil's return to a class: changes agreed and in place, and whether it was read."""

    agreed: int = 0
    in_place: int = 0
    briefed: bool = False
    asked_for: bool = False


def classes_of(school: School, pupils: Sequence[int], day: dt.date) -> dict[tuple[int, int], Class]:
    """What is agreed in each class of these pupils, and whether they ask for it. One query."""
    returns = ClassReturn.objects.filter(
        school=school, pupil=OuterRef("pupil"), mainstream_class=OuterRef("mainstream_class")
    )
    changes = AgreedChange.objects.filter(
        school=school,
        class_return__pupil=OuterRef("pupil"),
        class_return__mainstream_class=OuterRef("mainstream_class"),
    ).order_by()
    read = Receipt.objects.filter(school=school, class_return=OuterRef("pk"), version=OuterRef("version"))
    wishes = LessonWish.objects.filter(
        school=school, pupil=OuterRef("pupil"), mainstream_class=OuterRef("mainstream_class")
    )
    rows = ClassMember.objects.valid_on(day).filter(school=school, pupil__in=pupils)
    told = rows.annotate(
        agreed=_count(changes.exclude(state=ChangeState.ENDED)),
        in_place=_count(changes.filter(state=ChangeState.IN_PLACE)),
        briefed=Exists(returns.filter(Exists(read))),
        asked_for=Exists(wishes),
    )
    return {
        (pupil, group): Class(*values)
        for pupil, group, *values in told.values_list(
            "pupil", "mainstream_class", "agreed", "in_place", "briefed", "asked_for"
        )
    }


def _count(rows: Any) -> Any:
    counted = rows.annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def seen(school: School, pupils: Sequence[int], day: dt.date) -> tuple[Looks, CheckIns]:
    """How many areas hold by the last look at each pupil and at each of their lessons; and the check-ins of the last
    weeks, each with its period and readiness. One query.
    """
    nothing = Value(None, output_field=IntegerField())
    mine = PupilReadiness.objects.filter(school=school, pupil__in=pupils).standing()
    rooms = RoomReadiness.objects.filter(
        school=school, pupil__in=pupils, day__gte=day - ROOMS_FROM
    ).standing()
    check_ins = CheckIn.objects.filter(
        school=school, pupil__in=pupils, day__gt=day - CHECK_INS_FROM, day__lte=day
    ).standing()
    rows = mine.values_list(Value("pupil"), "pupil", nothing, "day", "pk", *AREAS).union(
        rooms.values_list(Value("room"), "pupil", "mainstream_class", "day", "pk", *ROOM_AREAS),
        check_ins.values_list(
            Value("check-in"), "pupil", "period", "day", "pk", "readiness", *(Value(0) for _ in AREAS[1:])
        ),
        all=True,
    )
    looks: Looks = {}
    said: CheckIns = defaultdict(list)
    for kind, pupil, key, _, _, *steps in sorted(rows, key=lambda row: row[3:5]):
        match kind:
            case "pupil":
                looks[pupil, None] = PupilReadiness(**dict(zip(AREAS, steps, strict=True))).holding
            case "room":
                looks[pupil, key] = RoomReadiness(**dict(zip(ROOM_AREAS, steps, strict=True))).holding
            case _:
                said[pupil].append((key, steps[0]))
    return looks, said
