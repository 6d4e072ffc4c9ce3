"""Referrals on every way: placed, waiting, withdrawn, declined and new."""

import datetime as dt

from pupils.models import Placement, Pupil
from referrals.models import Answer, Decision, Offer, Outcome, Referral
from referrals.states import State

from .made import DAY, Made

HOURS = (dt.time(9), dt.time(0, 20), dt.time(23, 40))  # also where summer time makes it another day elsewhere


def _hour(number: int) -> dt.time:
    return HOURS[number % len(HOURS)]


def refer(made: Made) -> None:
    """One for each place that was accepted and offered; others wait, were withdrawn, declined, or are new."""
    chance, days = made.chance, made.past
    ways: list[tuple[Pupil, State, dt.date, dt.date | None, Placement | None]] = []
    for placement in made.placements:
        decided = placement.starts_on - dt.timedelta(days=chance.randrange(7, 60))
        sent = decided - dt.timedelta(days=chance.randrange(3, 40))
        ways.append((placement.pupil, State.PLACED, sent, decided, placement))
    others = iter(made.pupils[len(made.placements) :])
    for state, share in (
        (State.WAITING, 6),
        (State.WITHDRAWN, 8),
        (State.DECLINED, 8),
        (State.SUBMITTED, 10),
    ):
        for pupil, _ in zip(others, range(max(1, len(made.placements) // share)), strict=False):
            sent = chance.choice(days)
            answered = (
                None
                if state == State.SUBMITTED
                else min(sent + dt.timedelta(days=chance.randrange(3, 30)), made.today)
            )
            ways.append((pupil, state, sent, answered, None))
    rows = Referral.objects.bulk_create(
        Referral(
            school=made.school, pupil=pupil, referrer=made.by, number=n, state=state,
            state_at=made.moment(min((decided or sent) + 9 * DAY, made.today), _hour(n)), begun_at=made.moment(sent),
            saved_at=made.moment(sent), submitted_at=made.moment(sent, _hour(n)),
            decided_at=decided and made.moment(decided, _hour(n)),
            happening="Leaves the room early.", reasons=["absence"], is_punishment=False,
        )
        for n, (pupil, state, sent, decided, _) in enumerate(ways, start=1)
    )  # fmt: skip
    Decision.objects.bulk_create(
        Decision(
            school=made.school, referral=referral, rationale="What the panel saw.", priority=50, by=made.by,
            outcome=Outcome.DECLINE if referral.state == State.DECLINED else Outcome.WAIT,
            advice="A mentor.", support_by="Head of year", at=made.moment(decided, _hour(n)),
        )
        for n, (referral, (_, _, _, decided, _)) in enumerate(zip(rows, ways, strict=True), start=1)
        if decided is not None
    )  # fmt: skip
    Offer.objects.bulk_create(
        Offer(
            school=made.school, referral=referral, starts_on=placement.starts_on, expires_on=placement.starts_on,
            made_at=made.moment(placement.starts_on - 7 * DAY), made_by=made.by, answer=Answer.ACCEPTED,
            answered_at=made.moment(placement.starts_on - 3 * DAY),
        )
        for referral, (_, _, _, _, placement) in zip(rows, ways, strict=True)
        if placement is not None
    )  # fmt: skip
