"""After speaking to the safeguarding lead: that it was told, that they confirm it, and the chase the same day.

Nothing here says what it was about, and no message names a pupil.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Conflict, Refused
from iap.inbox.actions import tell
from iap.schools.calendar import Calendar
from iap.schools.models import Role, SafeguardingPerson, School, User
from pupils.models import HandOff, HandOffError, Pupil

from .errors import mark_in_error

KEPT_LATE = dt.timedelta(days=31)  # how long after speaking it may still be noted
FAST_CLOCK = dt.timedelta(minutes=5)
TIME_TO_CONFIRM = dt.timedelta(minutes=30)  # before somebody is chased who has only just been told
ROUNDS = dt.timedelta(minutes=15)  # how often what is not confirmed is looked for
LAST_ROUND = dt.time(23, 45)
SAME = ("pupil_id", "by_id", "to_id", "told_at", "reference")


@transaction.atomic
def keep_hand_off(
    pupil: Pupil,
    *,
    by: Any,
    entry: UUID,
    to: SafeguardingPerson,
    told_at: dt.datetime,
    reference: str = "",
) -> HandOff:
    """Keep to whom a worry about the pupil was told, when, and under which reference it is recorded elsewhere.

    The leads are told that one waits to be confirmed. Sent twice it is kept once; other content under the same
    `entry` is a Conflict.
    """
    now = timezone.now()
    if told_at > now + FAST_CLOCK:
        raise Refused("That time has not come yet. Enter when you spoke.")
    if now - told_at > KEPT_LATE:
        raise Refused("That is more than a month ago. Speak to them again, and enter when.")
    if to.school_id != pupil.school_id:
        raise Refused("Choose one of the people named above.")
    asked = HandOff(
        school_id=pupil.school_id,
        pupil=pupil,
        day=timezone.localdate(told_at),
        by=by,
        entry=entry,
        told_at=told_at,
        to=to,
        reference=reference.strip(),
    )
    HandOff.objects.bulk_create([asked], ignore_conflicts=True)
    kept = HandOff.objects.get(school=pupil.school_id, entry=entry)
    if any(getattr(kept, name) != getattr(asked, name) for name in SAME):
        raise Conflict("This was kept before with other content. What was kept first stands.")
    if kept.uuid == asked.uuid:
        record("hand_off.kept", kept, by=by)
        _tell(kept, "A hand-off waits for your confirmation.", key=f"hand-off:{kept.uuid}", but=by)
    return kept


@transaction.atomic
def confirm_hand_off(hand_off: HandOff, *, by: Any) -> HandOff:
    """The safeguarding lead says that they were spoken to. Saying it twice changes nothing."""
    hand_off = HandOff.objects.select_for_update(of=("self",)).get(school=hand_off.school_id, pk=hand_off.pk)
    if not hand_off.stands:
        raise Refused("This was marked as entered in error, so there is nothing to confirm.")
    if hand_off.confirmed_at is None:
        hand_off.confirmed_at, hand_off.confirmed_by = timezone.now(), by
        hand_off.save(update_fields=["confirmed_at", "confirmed_by"])
        record("hand_off.confirmed", hand_off, by=by)
    return hand_off


def mark_hand_off_in_error(hand_off: HandOff, *, by: Any, why: str) -> HandOff:
    """It was entered in error, for one of a few reasons: words of one's own could tell what it was about."""
    if why not in HandOffError.values:
        raise Refused("Choose why it was entered in error.")
    return mark_in_error(hand_off, by=by, why=why)


@transaction.atomic
def chase_hand_offs(school: School, *, now: dt.datetime) -> int:
    """Tell the leads and deputies again of what nobody has confirmed, each once a day. Returns how many there are.

    From the school's set time on; on the day on which it was kept whatever day that is, later on school days.
    The last round of a day waits for nothing; what is kept after it is of the next day.
    """
    local = timezone.localtime(now)
    is_last = local.time() >= LAST_ROUND
    until = now if is_last else now - TIME_TO_CONFIRM
    waiting = list(HandOff.objects.unconfirmed().filter(school=school, written_at__lte=until))
    if not waiting or not (is_last or local.time() >= school.provision.hand_offs_chased_at):
        return 0
    is_open = Calendar.of(school, local.date(), local.date()).is_open(local.date())
    due = [
        each for each in waiting if is_open or timezone.localdate(each.written_at + ROUNDS) == local.date()
    ]
    for each in due:
        _tell(
            each,
            "A hand-off is still to be confirmed. Please look today.",
            key=f"hand-off:{each.uuid}:{local.date()}",
        )
    return len(due)


def leads_of(school_id: int) -> list[User]:
    """Everybody who holds the role: the designated lead, and deputies who hold it too."""
    held = User.objects.filter(memberships__school=school_id, memberships__role=Role.DSL, is_active=True)
    return list(held.distinct())


def _tell(hand_off: HandOff, text: str, *, key: str, but: Any = None) -> None:
    users = [user for user in leads_of(hand_off.school_id) if user != but]
    tell(hand_off.school, users, kind="hand-off", text=text, link=reverse("pupils:hand_offs"), key=key)
