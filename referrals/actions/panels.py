"""The panel: planned, its agenda filled, what it decides kept with its reasons, its minutes closed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.calendar import Calendar
from iap.ui.moments import day as said
from referrals.models import AgendaItem, Decision, Meeting, Member, Outcome, Referral
from referrals.states import State
from referrals.telling import tell_deciders, tell_referrer

from .moves import locked, move

DECIDES = (Outcome.ACCEPT, Outcome.WAIT, Outcome.DECLINE)  # the clock of the decision ends
TOLD = {
    Outcome.ACCEPT: "The panel has accepted your referral.",
    Outcome.WAIT: "The panel has accepted your referral; the pupil waits for a place.",
    Outcome.MORE: "More information is asked for on your referral.",
    Outcome.DECLINE: "The panel has answered your referral with advice.",
    Outcome.DEFER: "The panel has deferred your referral to a date.",
}


@transaction.atomic
def plan_meeting(
    school: Any,
    *,
    by: Any,
    day: dt.date,
    starts: dt.time,
    room: str = "",
    members: Sequence[tuple[str, str]] = (),
) -> Meeting:
    """Plan a meeting with those who sit, each a name and a post. Raises Refused."""
    _refuse_a_closed_day(school, day)
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(school=school, day=day, starts=starts, room=room)
    except IntegrityError as error:
        raise Refused("A panel is already planned for that day and time.") from error
    _seat(meeting, members)
    record("panel.planned", meeting, by=by, day=str(day))
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting,
    *,
    by: Any,
    day: dt.date,
    starts: dt.time,
    room: str,
    members: Sequence[tuple[str, str]],
) -> Meeting:
    """Move a meeting or change who sits, until it is closed."""
    held = _open(meeting)
    _refuse_a_closed_day(held.school, day)
    held.day, held.starts, held.room = day, starts, room
    try:
        with transaction.atomic():
            held.save(update_fields=["day", "starts", "room"])
    except IntegrityError as error:
        raise Refused("A panel is already planned for that day and time.") from error
    held.members.all().delete()
    _seat(held, members)
    record("panel.changed", held, by=by, day=str(day))
    return held


@transaction.atomic
def put_on_agenda(meeting: Meeting, referrals: Iterable[Referral], *, by: Any) -> int:
    """Put new referrals on the agenda; all of them, or none where one is refused. Returns how many."""
    held, wanted = _open(meeting), sorted(referrals, key=lambda each: each.pk)
    for referral in wanted:
        current = locked(referral)
        try:
            move(current, State.AT_PANEL, by=by)
        except Refused as refusal:
            others = ", and so do the others" if len(wanted) > 1 else ""
            raise Refused(f"{current} stays off the agenda{others}. {refusal}") from refusal
        AgendaItem.objects.filter(school=held.school, meeting=held, referral=current).delete()
        AgendaItem.objects.create(school=held.school, meeting=held, referral=current)  # now the newest
    return len(wanted)


@transaction.atomic
def take_off(meeting: Meeting, referral: Referral, *, by: Any) -> None:
    """Take a referral off the agenda on which it stands: it is new again. Raises Refused."""
    held = _open(meeting)
    current = locked(referral)
    if not (item := held.agenda.to_decide().filter(referral=current).first()):
        raise Refused("This referral is not on the agenda of this panel any more.")
    move(current, State.SUBMITTED, by=by)
    item.delete()


@transaction.atomic
def decide(
    referral: Referral,
    *,
    by: Any,
    outcome: str,
    rationale: str,
    priority: int,
    parts: list[dict[str, Any]],
    meeting: Meeting | None = None,
    now: dt.datetime | None = None,
    deferred_to: dt.date | None = None,
    **details: Any,
) -> Decision:
    """Keep a decision with its reasons, and take the referral where it leads; the family is yet to be told.

    `details` are the fields of Decision that the outcome asks for. `priority` and `parts` are the number as it
    stood. Raises Refused where somebody has decided already, or where something is missing.
    """
    outcome, now = Outcome(outcome), now or timezone.now()
    current = locked(referral)
    if words := already_decided(current):
        raise Refused(words)
    _refuse_what_is_missing(outcome, rationale, deferred_to, details)
    fields: dict[str, Any] = {"decided_at": now} if outcome in DECIDES else {}
    current.deferred_to = deferred_to
    move(current, State(outcome.value), by=by, at=now, family_told_on=None, **fields)
    decision = Decision.objects.create(
        school=current.school,
        referral=current,
        meeting=meeting,
        outcome=outcome,
        rationale=rationale.strip(),
        deferred_to=deferred_to if outcome == Outcome.DEFER else None,
        priority=priority,
        parts=parts,
        by=by,
        at=now,
        **details,
    )
    tell_referrer(current, TOLD[outcome], kind=f"decided-{outcome.value}", but=by)
    tell_deciders(current, f"The panel has decided about {current}.", kind=f"decided-{outcome.value}", but=by)
    return decision


@transaction.atomic
def family_told(referral: Referral, *, by: Any, day: dt.date) -> None:
    """The family knows what was decided; the first day that is kept stays. Raises Refused before a decision."""
    current = locked(referral)
    if not current.decisions.exists():
        raise Refused("Nothing is decided yet that the family could be told.")
    if current.family_told_on:
        return
    current.family_told_on = day
    current.save(update_fields=["family_told_on"])
    record("referral.family_told", current, by=by)


@transaction.atomic
def keep_minutes(meeting: Meeting, *, by: Any, text: str) -> None:
    held = _open(meeting)
    held.minutes = text
    held.save(update_fields=["minutes"])
    record("panel.minutes", held, by=by)


@transaction.atomic
def close(meeting: Meeting, *, by: Any, text: str | None = None) -> int:
    """The minutes stand, with `text` where it is given.

    What the panel did not come to is new again, but for what a later panel has before it; returns how many.
    """
    held = _open(meeting)
    left = 0
    for item in held.agenda.to_decide().select_related("referral").order_by("referral_id"):
        current = locked(item.referral)
        if current.state == State.AT_PANEL:
            move(current, State.SUBMITTED, by=by)
            left += 1
    held.minutes = held.minutes if text is None else text
    held.closed_at = timezone.now()
    held.save(update_fields=["minutes", "closed_at"])
    record("panel.closed", held, by=by, left=left)
    return left


def already_decided(referral: Referral) -> str:
    """What to say to somebody who decides after another did; nothing while it is still to be decided."""
    if referral.state in (State.AT_PANEL, State.SUBMITTED):
        return ""
    return f"This is already decided: “{referral.get_state_display().lower()}”. Nothing was changed."


def _refuse_what_is_missing(
    outcome: Outcome, rationale: str, deferred_to: dt.date | None, details: dict[str, Any]
) -> None:
    if not rationale.strip():
        raise Refused("Say why the panel decided so.")
    if outcome == Outcome.DECLINE and not (details.get("advice") and details.get("support_by")):
        raise Refused("Say what would help instead, and who gives it.")
    if outcome == Outcome.MORE and not (details.get("asked_of") and details.get("asked_by_day")):
        raise Refused("Say who finds out, and by when.")
    if outcome == Outcome.DEFER and not (deferred_to and deferred_to > timezone.localdate()):
        raise Refused("Choose a later day to which it is deferred.")


def _refuse_a_closed_day(school: Any, day: dt.date) -> None:
    if not Calendar.of(school, day, day).is_open(day):
        raise Refused(f"The school is closed on {said(day)}. Choose a school day.")


def _seat(meeting: Meeting, members: Sequence[tuple[str, str]]) -> None:
    seats = dict.fromkeys(name for name, _ in members)
    posts = dict(members)
    Member.objects.bulk_create(
        Member(school=meeting.school, meeting=meeting, name=name, post=posts[name]) for name in seats
    )


def _open(meeting: Meeting) -> Meeting:
    held = (
        Meeting.objects.select_for_update(no_key=True, of=("self",))
        .select_related("school")
        .get(school=meeting.school_id, pk=meeting.pk)
    )
    if held.closed_at:
        raise Refused("The minutes of this panel are closed; they stand as they are.")
    return held
