"""After a place: follow-up checks that plan themselves, their answers, and the pupil's own evaluation."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.inbox.actions import tell
from iap.schools.calendar import Calendar
from iap.schools.models import Role, School, User
from iap.ui.moments import day as said
from pupils.follow_ups import LOOK_AHEAD, days_to_ask
from pupils.models import ExitEvaluation, FollowUpCheck, Holds, Placement


def plan_follow_ups(placement: Placement) -> None:
    """Have a check after 2, 6 and 12 school weeks; those not answered yet move with the end and the calendar.

    In the caller's transaction, with the place locked. Doing it again changes nothing.
    """
    if placement.ends_on is None:
        FollowUpCheck.objects.unanswered().filter(school=placement.school_id, placement=placement).delete()
        return
    days = days_to_ask(placement.school, placement.ends_on)
    held = {
        check.weeks: check
        for check in FollowUpCheck.objects.filter(school=placement.school_id, placement=placement)
    }
    FollowUpCheck.objects.bulk_create(
        FollowUpCheck(
            school_id=placement.school_id,
            placement=placement,
            pupil_id=placement.pupil_id,
            weeks=weeks,
            due_on=day,
        )
        for weeks, day in days.items()
        if weeks not in held
    )
    for weeks, check in held.items():
        if not check.answer and check.due_on != days[weeks]:
            check.due_on = days[weeks]
            check.save(update_fields=["due_on"])


@transaction.atomic
def answer_follow_up(
    check: FollowUpCheck, *, by: Any, answer: str, line: str, today: dt.date | None = None
) -> FollowUpCheck:
    """Say whether it holds, and how one knows. Said again, the earlier answer stays in the history."""
    check = (
        FollowUpCheck.objects.select_for_update(of=("self",))
        .select_related("placement")
        .get(school=check.school_id, pk=check.pk)
    )
    line = " ".join(line.split())
    if answer not in Holds.values or not line:
        raise Refused("Choose an answer, and say in one line how you know.")
    if check.placement.ends_on is None or check.placement.ends_on > (today or timezone.localdate()):
        raise Refused("The place has not ended yet. Answer once it has.")
    check.answer, check.line, check.answered_by, check.answered_at = answer, line[:200], by, timezone.now()
    check.save(update_fields=["answer", "line", "answered_by", "answered_at"])
    record("follow_up.answered", check, by=by, weeks=check.weeks, answer=answer)
    return check


@transaction.atomic
def keep_evaluation(
    placement: Placement, *, by: Any, day: dt.date | None = None, own_hand: bool = False, **said_by_pupil: str
) -> ExitEvaluation:
    """What the pupil says of their time here: `feels`, `helped`, `hard`, `proud`, `advice`; at least one of them."""
    day = day or timezone.localdate()
    words = {name: value.strip() for name, value in said_by_pupil.items()}
    if not any(words.values()):
        raise Refused("Answer at least one question.")
    if day < placement.starts_on:
        raise Refused(f"The place began on {said(placement.starts_on)}. Choose a day after that.")
    if day > timezone.localdate():
        raise Refused("That day has not come yet. Choose today or an earlier day.")
    evaluation = ExitEvaluation.objects.create(
        school_id=placement.school_id,
        pupil_id=placement.pupil_id,
        placement=placement,
        day=day,
        by=by,
        own_hand=own_hand,
        **words,
    )
    record("placement.evaluated", evaluation, by=by, own_hand=own_hand)
    return evaluation


def chase_follow_ups(school: School, *, day: dt.date) -> int:
    """Keep the checks to the calendar as it is now, and on school days tell the lead of those that are due, once.

    Returns how many are due.
    """
    ended = Placement.objects.filter(school=school, ends_on__gte=day - LOOK_AHEAD).exclude(follow_ups=None)
    for placement in ended.filter(follow_ups__answer="").distinct().select_related("school"):
        plan_follow_ups(placement)
    if not Calendar.of(school, day, day).is_open(day):
        return 0
    due = list(FollowUpCheck.objects.due_by(day).filter(school=school).select_related("placement", "pupil"))
    held = User.objects.filter(memberships__school=school, memberships__role=Role.LEAD, is_active=True)
    for check in due:
        tell(
            school,
            held.distinct(),
            kind="follow-up",
            text=f"{check.weeks} school weeks after the end of a place: does it hold? One line is enough.",
            link=reverse("pupils:exit", args=[check.pupil.uuid, check.placement.uuid]),
            key=f"follow-up:{check.uuid}:{check.due_on}",
        )
    return len(due)
