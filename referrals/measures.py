"""How long pupils wait, and how they leave the waiting list.

Clocks run in school days, day 0 being the starting event. Decision: from submission to the panel's first
decision, never paused. Waiting: from acceptance to the first day of the place.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min, Q
from django.utils import timezone

from referrals.models import Answer, Outcome, Referral
from referrals.states import State

ACCEPTING = (Outcome.ACCEPT, Outcome.WAIT)


@dataclass(frozen=True)
class Way:
    """How far one referral has come, in days of the calendar."""

    referral: int
    number: int
    pupil: int
    sent: dt.date
    decided: dt.date | None  # the first yes or no of a panel
    joined: dt.date | None  # the first yes: from then on the pupil waits for a place
    starts: dt.date | None  # the first day of the place that the family accepted
    left: dt.date | None  # closed without a place

    def waits_on(self, day: dt.date) -> bool:
        """Accepted by that day, and neither begun nor closed."""
        return (
            self.joined is not None
            and self.joined <= day
            and (self.starts is None or self.starts > day)
            and (self.left is None or self.left > day)
        )


def ways(school: Any) -> list[Way]:
    """Every referral that was sent, oldest first: one query."""
    accepted = Q(decisions__outcome__in=ACCEPTING)
    rows = (
        Referral.objects.at([school])
        .sent()
        .annotate(
            decided_first=Min("decisions__at", filter=accepted | Q(decisions__outcome=Outcome.DECLINE)),
            joined=Min("decisions__at", filter=accepted),
            starts=Max("offers__starts_on", filter=Q(offers__answer=Answer.ACCEPTED)),
        )
        .order_by("submitted_at", "pk")
        .values_list(
            "pk", "number", "pupil", "submitted_at", "decided_first", "joined", "starts", "state", "state_at"
        )
    )
    return [
        Way(
            pk,
            number,
            pupil,
            _day(sent),
            _day(decided) if decided else None,
            _day(joined) if joined else None,
            starts,
            _day(state_at) if state == State.WITHDRAWN else None,
        )
        for pk, number, pupil, sent, decided, joined, starts, state, state_at in rows
    ]


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)
