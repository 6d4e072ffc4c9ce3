"""Who waits for a confirmation, as a duty; and what of a hand-off each reader's timeline shows."""

import datetime as dt
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from iap.inbox.duties import Due, Duty
from iap.inbox.duties import register as register_duty
from iap.schools.models import Role

from .actions.handoffs import mark_hand_off_in_error
from .models import HandOff, HandOffError
from .stream_words import joined, of, words
from .timeline import Stream, as_rows, register

CONFIRMED = Case(
    When(confirmed_at=None, then=Value("Not confirmed yet")),
    default=Value("Confirmed by the safeguarding lead"),
)


def offer() -> None:
    """The lead of the provision reads that somebody was told, and no more; the safeguarding lead reads the row."""
    register(
        Stream("hand-off-fact", "Hand-offs", [Role.LEAD], facts, "lifebuoy", kind="hand-off", strikers=())
    )
    register(
        Stream(
            "hand-off",
            "Hand-offs",
            [Role.DSL],
            hand_offs,
            "lifebuoy",
            instead_of="hand-off-fact",
            strikers=[Role.DSL],
            reasons=HandOffError.choices,
            strike=mark_hand_off_in_error,
        )
    )
    register_duty(Duty("hand-off", "Hand-offs to confirm", [Role.DSL], unconfirmed, order=5))


def facts(pupil: Any) -> QuerySet[Any]:
    """That somebody was told, on which day, and whether it is confirmed: not by whom, nor where it is recorded."""
    return as_rows(
        of(HandOff, pupil).filter(in_error_at=None),
        "hand-off-fact",
        at="day",
        headline="Told to the safeguarding lead",
        body=CONFIRMED,
        row=None,
        who=None,
        struck=None,
    )


def hand_offs(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(HandOff, pupil),
        "hand-off",
        at="told_at",
        headline=words(Value("Told to "), F("to__name")),
        body=joined(F("reference"), CONFIRMED),
    )


def unconfirmed(school: Any, day: dt.date) -> list[Due]:
    waiting = HandOff.objects.unconfirmed().filter(school=school).select_related("pupil").order_by("told_at")
    url = reverse("pupils:hand_offs")
    return [
        Due("Confirm that you were spoken to", url, timezone.localdate(each.told_at), each.pupil)
        for each in waiting
        if timezone.localdate(each.told_at) <= day
    ]
