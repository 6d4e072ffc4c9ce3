"""A place is offered, accepted and made; declined or run out, it goes to the next in line."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.calendar import Calendar
from iap.schools.models import StaffMember
from iap.ui.moments import day as said
from pupils.actions.needs import carry_over
from pupils.actions.placements import open_placement
from pupils.models import Placement
from referrals.models import Answer, Offer, Referral
from referrals.states import State
from referrals.telling import tell_deciders, tell_referrer

from .moves import locked, move


@transaction.atomic
def offer_place(
    referral: Referral, *, by: Any, starts_on: dt.date, expires_on: dt.date, today: dt.date | None = None
) -> Offer:
    """Offer a place from a school day on, to be answered by a day. Raises Refused."""
    today = today or timezone.localdate()
    held = locked(referral)
    name = held.pupil.known_as
    if not held.pupil.is_on_roll(starts_on):
        raise Refused(f"{name} is not on roll on {said(starts_on)}. Withdraw the referral instead.")
    if expires_on < today:
        raise Refused("Choose today or a later day for the answer.")
    if starts_on <= today:
        raise Refused("Choose a first day after today.")
    if expires_on > starts_on:
        raise Refused("The offer must be answered on or before the first day.")
    if not Calendar.of(held.school, starts_on, starts_on).is_open(starts_on):
        raise Refused(f"The school is closed on {said(starts_on)}. Choose a school day.")
    move(held, State.OFFERED, by=by)
    offer = Offer.objects.create(
        school=held.school,
        referral=held,
        starts_on=starts_on,
        expires_on=expires_on,
        made_at=timezone.now(),
        made_by=by,
    )
    record("offer.made", offer, by=by, starts_on=str(starts_on))
    tell_referrer(held, f"A place is offered from {said(starts_on)}.", kind="offered", but=by)
    return offer


@transaction.atomic
def accept_offer(
    offer: Offer,
    *,
    by: Any,
    key_adult: StaffMember,
    model: str,
    first_review_on: dt.date | None,
    expected_weeks: int | None = None,
    words: str = "",
    today: dt.date | None = None,
) -> Placement:
    """The family accepts: the pupil has a place from the offered day. Raises Refused after the offer has run out."""
    today = today or timezone.localdate()
    held, offer = _open(offer)
    if offer.expires_on < today:
        raise Refused(
            f"The offer ran out on {said(offer.expires_on)}. Make a new offer if there is still a place."
        )
    placement = open_placement(
        held.pupil,
        by=by,
        starts_on=offer.starts_on,
        key_adult=key_adult,
        model=model,
        expected_weeks=expected_weeks,
        first_review_on=first_review_on,
    )
    _answer(offer, Answer.ACCEPTED, by, words)
    move(held, State.PLACED, by=by)
    carry_over(
        held.pupil,
        by=held.referrer,
        day=timezone.localdate(held.submitted_at),
        needs=held.needs,
        strengths=held.interests,
    )
    tell_referrer(held, f"The place begins on {said(offer.starts_on)}.", kind="placed", but=by)
    tell_deciders(held, f"{held}: the family has accepted the place.", kind="placed", but=by)
    return placement


@transaction.atomic
def decline_offer(offer: Offer, *, by: Any, words: str) -> None:
    """The family does not want it now: the pupil waits on, and the next in line may be offered it."""
    held, offer = _open(offer)
    _answer(offer, Answer.DECLINED, by, words)
    move(held, State.WAITING, by=by)
    tell_deciders(
        held,
        f"{held}: the family has declined. The place is free for the next in line.",
        kind="declined",
        but=by,
    )


@transaction.atomic
def take_back(offer: Offer, *, by: Any, words: str) -> None:
    """The offer cannot stand. The pupil waits on."""
    held, offer = _open(offer)
    _answer(offer, Answer.WITHDRAWN, by, words)
    move(held, State.WAITING, by=by)
    tell_referrer(held, "The offer of a place was taken back; the pupil waits on.", kind="taken-back", but=by)


@transaction.atomic
def run_out(offer: Offer, *, day: dt.date) -> bool:
    """Nobody answered in time: the pupil waits on. False where somebody was quicker."""
    held = locked(offer.referral)
    current = Offer.objects.select_for_update().get(school=offer.school_id, pk=offer.pk)
    if current.answer or current.expires_on >= day:
        return False
    _answer(current, Answer.EXPIRED, None, "")
    move(held, State.WAITING, by=None)
    tell_deciders(
        held,
        f"{held}: the offer was not answered in time. The place is free for the next in line.",
        kind="expired",
    )
    return True


def _open(offer: Offer) -> tuple[Referral, Offer]:
    """The referral, then the offer, both locked; Refused where it is answered already."""
    held = locked(offer.referral)
    current = Offer.objects.select_for_update().get(school=offer.school_id, pk=offer.pk)
    if current.answer:
        raise Refused(f"This offer is already answered: {current.get_answer_display().lower()}.")
    return held, current


def _answer(offer: Offer, answer: Answer, by: Any, words: str) -> None:
    offer.answer, offer.answered_at, offer.answered_by, offer.answer_words = answer, timezone.now(), by, words
    offer.save(update_fields=["answer", "answered_at", "answered_by", "answer_words"])
    record(f"offer.{answer.value}", offer, by=by)
