"""What this app puts into a pupil's timeline, for those who decide about places."""

from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse

from pupils.stream_words import joined, labelled, of, words
from pupils.timeline import Stream, as_rows, register

from .access import READERS
from .models import Decision, InterimSupport, Offer, Referral
from .models.panels import Outcome
from .models.waiting import Answer


def offer() -> None:
    for name, rows in (
        ("referral", sent),
        ("decision", decisions),
        ("interim", interim),
        ("offer", offers),
    ):
        register(Stream(name, "Referral", READERS, rows, "inbox", address=referral_of, kind="referral"))


def referral_of(pupil: Any, row: Any) -> str:
    return reverse("referrals:detail", args=[row])


def sent(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(Referral, pupil).exclude(submitted_at=None),
        "referral",
        at="submitted_at",
        headline=words(Value("Referral "), Cast("number", CharField())),
        body=F("happening"),
        who="referrer__name",
        struck=None,
    )


def decisions(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        Decision.objects.filter(school=pupil.school_id, referral__pupil=pupil),
        "decision",
        at="at",
        headline=words(Value("The panel’s decision: "), labelled("outcome", Outcome.choices)),
        body=joined(F("rationale"), F("conditions"), F("advice")),
        row="referral__uuid",
        struck=None,
    )


def interim(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        InterimSupport.objects.filter(school=pupil.school_id, referral__pupil=pupil),
        "interim",
        at="recorded_at",
        headline="Support while waiting",
        body=joined(F("what"), F("who"), F("review")),
        row="referral__uuid",
        who="recorded_by__name",
        struck=None,
    )


def offers(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        Offer.objects.filter(school=pupil.school_id, referral__pupil=pupil),
        "offer",
        at="made_at",
        headline=joined(Value("A place is offered"), labelled("answer", Answer.choices), by=": "),
        body=F("answer_words"),
        row="referral__uuid",
        who="made_by__name",
        struck=None,
    )
