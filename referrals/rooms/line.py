"""Who stands in line for a start: those to whom a place is promised, then those who wait, by priority."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from iap.schools.models import School
from pupils.models import Placement, Pupil
from referrals.going_well import named_as_going_well
from referrals.models import Decision, Offer, Referral
from referrals.queue import WAITING_STATES, Queue
from referrals.states import State
from timetables.apart import kept_apart
from timetables.models import HybridStep, MainstreamLesson

SlotKey = tuple[str, int]  # week, period


@dataclass(frozen=True)
class InLine:
    """One pupil in line. `promised` says what already stands; `stays` are slots that stay in mainstream."""

    pupil: Pupil
    referral: Referral | None = None
    not_before: dt.date | None = None
    promised: str = ""
    stays: frozenset[SlotKey] = frozenset()
    apart: frozenset[int] = frozenset()


def line_of(school: School, queue: Queue, day: dt.date) -> list[InLine]:
    """Everybody in line, in order. Five queries, whatever their number."""
    rows = [row.referral for row in queue.rows]
    offered = [each for each in rows if each.state == State.OFFERED]
    waiting = [each for each in rows if each.state in WAITING_STATES]
    begun = _without_a_week(school, day)
    hoped, starts = _hoped(school, waiting), _offered(school, offered)
    found = [
        *(InLine(each.pupil, None, each.starts_on, "Has a place, and no week planned yet") for each in begun),
        *(InLine(each.pupil, each, starts.get(each.pk), "A place is offered") for each in offered),
        *(InLine(each.pupil, each, hoped.get(each.pk)) for each in waiting),
    ]
    pupils = [each.pupil.pk for each in found]
    apart, stays = kept_apart(school, pupils), stays_in_mainstream(school, pupils, day)
    return [
        InLine(
            each.pupil,
            each.referral,
            each.not_before,
            each.promised,
            stays[each.pupil.pk],
            apart[each.pupil.pk],
        )
        for each in found
    ]


def stays_in_mainstream(school: School, pupils: Sequence[int], day: dt.date) -> dict[int, frozenset[SlotKey]]:
    """The slots of lessons that were named as going well: a first week leaves them where they are. One query."""
    member = "mainstream_class__members__"
    rows = MainstreamLesson.objects.valid_on(day).filter(
        Q(**{f"{member}valid_to": None}) | Q(**{f"{member}valid_to__gt": day}),
        named_as_going_well(school, pupils, pupil=f"{member}pupil"),
        school=school,
        **{f"{member}pupil__in": pupils, f"{member}valid_from__lte": day},
    )
    found: dict[int, set[SlotKey]] = {pupil: set() for pupil in pupils}
    for pupil, week, period in rows.values_list(f"{member}pupil", "week", "period"):
        found[pupil] |= {(label, period) for label in ([week] if week else school.weeks)}
    return {pupil: frozenset(slots) for pupil, slots in found.items()}


def _without_a_week(school: School, day: dt.date) -> list[Placement]:
    """Places that stand or begin later, and have no week yet: they will take seats."""
    held = Placement.objects.filter(school=school).exclude(
        pk__in=HybridStep.objects.filter(school=school).values("placement")
    )
    return [
        each for each in held.select_related("pupil").by_start() if each.ends_on is None or each.ends_on > day
    ]


def _hoped(school: School, waiting: Sequence[Referral]) -> Mapping[int, dt.date | None]:
    """The start that was hoped for when it was decided, the newest decision's."""
    made = Decision.objects.filter(school=school, referral__in=waiting).order_by("at", "pk")
    return dict(made.values_list("referral", "starts_on"))


def _offered(school: School, offered: Sequence[Referral]) -> Mapping[int, dt.date]:
    open_ones: Any = Offer.objects.filter(school=school, referral__in=offered).unanswered()
    return dict(open_ones.values_list("referral", "starts_on"))
