"""A change of state: one lock, one refusal, one row of what happened."""

import datetime as dt
from typing import Any

from django.utils import timezone

from iap.audit.models import record
from referrals.models import Referral
from referrals.states import State


def locked(referral: Referral) -> Referral:
    """The referral as it is now, locked until the transaction ends, with its pupil, school and referrer."""
    return (
        Referral.objects.select_for_update(no_key=True, of=("self",))
        .select_related("pupil", "school", "referrer")
        .get(school=referral.school_id, pk=referral.pk)
    )


def move(
    held: Referral,
    state: State,
    *,
    by: Any,
    at: dt.datetime | None = None,
    details: Any = None,
    **fields: Any,
) -> None:
    """Take a locked referral to another state, with fields that change beside it. Raises Refused.

    `details` go into the record of what happened; nothing in them may be sensitive.
    """
    before = held.state
    held.become(state, at=at or timezone.now())
    for name, value in fields.items():
        setattr(held, name, value)
    held.save(update_fields=["state", "state_at", "deferred_to", *fields])
    record(f"referral.{state.value}", held, by=by, before=before, **(details or {}))
