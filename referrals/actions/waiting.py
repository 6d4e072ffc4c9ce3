"""While a pupil waits: what they have meanwhile, who is kept apart, how they fit, and the order."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from pupils.models import Pupil
from referrals.models import Fit, InterimSupport, KeepApart, Referral, Rules
from referrals.states import ACCEPTED_ONES, UNDECIDED, State
from referrals.telling import tell_deciders

from .moves import locked, move


@transaction.atomic
def give_interim_support(
    referral: Referral, *, by: Any, what: str, who: str, review_on: dt.date
) -> InterimSupport:
    """Keep what the pupil has while they wait. Raises Refused where nobody waits any more."""
    held = locked(referral)
    if not held.is_open:
        raise Refused(f"This referral is “{held.get_state_display().lower()}”; nobody waits on it any more.")
    if review_on < timezone.localdate():
        raise Refused("Choose today or a later day for looking at it again.")
    support = InterimSupport.objects.create(
        school=held.school,
        referral=held,
        what=what,
        who=who,
        review_on=review_on,
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    record("referral.interim_support", held, by=by)
    return support


@transaction.atomic
def review_interim_support(support: InterimSupport, *, by: Any, review: str) -> None:
    """Keep how it goes; a new row then says what comes next."""
    held = InterimSupport.objects.select_for_update().get(school=support.school_id, pk=support.pk)
    if held.reviewed_at:
        raise Refused("This was looked at already. Add what the pupil has now.")
    held.review, held.reviewed_at = review, timezone.now()
    held.save(update_fields=["review", "reviewed_at"])
    record("referral.interim_reviewed", support.referral, by=by)


@transaction.atomic
def judge_fit(referral: Referral, *, by: Any, fit: str, note: str) -> None:
    """How the pupil would fit with the groups there are. The note is the lead's alone."""
    held = locked(referral)
    _refuse_ended(held)
    held.fit, held.fit_note = Fit(fit).value, note
    held.save(update_fields=["fit", "fit_note"])
    record("referral.fit_judged", held, by=by, fit=fit)


@transaction.atomic
def change_order(referral: Referral, *, by: Any, points: int | None, reason: str) -> None:
    """Set a number in place of the counted one, with a reason that is shown; None takes it back."""
    held = locked(referral)
    _refuse_ended(held)
    if points is not None and not reason.strip():
        raise Refused("Say why the order is changed.")
    if points is not None and not 0 <= points <= 100:
        raise Refused("Enter a number from 0 to 100.")
    held.override = points
    held.override_reason, held.override_by = ("", None) if points is None else (reason.strip(), by)
    held.save(update_fields=["override", "override_reason", "override_by"])
    record("referral.order_changed", held, by=by, points=points)


@transaction.atomic
def talked(referral: Referral, *, by: Any, talk: str, still: bool) -> None:
    """The lead has talked with the referrer about a place that was meant as a punishment.

    Either it is not one, and the referral goes on as any other; or it still is, and it is withdrawn. That a
    Yes was sent is kept and counted in both.
    """
    held = locked(referral)
    if not held.is_to_talk_about:
        raise Refused("There is nothing left to talk about here.")
    held.talk, held.talked_by, held.talked_at = talk, by, timezone.now()
    if still:
        move(
            held, State.WITHDRAWN, by=by, talk=talk, talked_by=by, talked_at=held.talked_at, ended_reason=talk
        )
    else:
        held.is_punishment = False
        held.save(update_fields=["is_punishment", "talk", "talked_by", "talked_at"])
        record("referral.talked", held, by=by)


@transaction.atomic
def keep_apart(one: Pupil, other: Pupil, *, by: Any, reason: str) -> KeepApart:
    """Two pupils who are not placed together. Raises Refused for one and the same, or two kept apart already."""
    if one.pk == other.pk:
        raise Refused("Choose two different pupils.")
    if one.school_id != other.school_id:
        raise Refused("Choose two pupils of the same school.")
    first, second = sorted((one, other), key=lambda pupil: pupil.pk)
    try:
        with transaction.atomic():
            pair = KeepApart.objects.create(
                school_id=one.school_id,
                one=first,
                other=second,
                reason=reason,
                recorded_by=by,
                recorded_at=timezone.now(),
            )
    except IntegrityError as error:
        raise Refused("These two are kept apart already.") from error
    record("pupils.kept_apart", pair, by=by)
    return pair


@transaction.atomic
def end_keep_apart(pair: KeepApart, *, by: Any) -> None:
    """They may be placed together again. The history keeps that they were not."""
    record("pupils.no_longer_kept_apart", pair, by=by)
    pair.delete()


@transaction.atomic
def set_rules(school: Any, *, by: Any, **values: int) -> Rules:
    """Targets and weights of the school. Raises Refused where the weights do not make 100."""
    rules, _ = Rules.objects.select_for_update().get_or_create(school=school)
    for name, value in values.items():
        setattr(rules, name, value)
    weights = [getattr(rules, field.name) for field in Rules._meta.fields if field.name.startswith("weight_")]
    if sum(weights) != 100:
        raise Refused(f"The weights make {sum(weights)} together. Change them until they make 100.")
    rules.save()
    record("referral_rules.changed", rules, by=by)
    return rules


@transaction.atomic
def come_back(referral: Referral, *, day: dt.date) -> bool:
    """A deferred referral whose date has come is new again. False where somebody was quicker."""
    held = locked(referral)
    if held.state != State.DEFERRED or held.deferred_to is None or held.deferred_to > day:
        return False
    move(held, State.SUBMITTED, by=None)
    tell_deciders(held, f"{held} is back from its deferral.", kind="back")
    return True


def _refuse_ended(held: Referral) -> None:
    if held.state not in (*UNDECIDED, *ACCEPTED_ONES):
        raise Refused(f"This referral is “{held.get_state_display().lower()}” and changes no more.")
