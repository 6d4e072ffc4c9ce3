"""Plans, reviews and passports in the stream of all that is kept about a pupil."""

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, TextField, Value, When
from django.db.models.functions import Concat
from django.urls import reverse

from pupils import timeline
from pupils.access import READERS
from pupils.models import Passport, Plan, Reached, Review, ReviewCorrection, TargetEvidence
from pupils.stream_words import joined, labelled, of, words
from pupils.timeline import Stream, as_rows

BLANK = Value("\n")


def offer() -> None:
    for stream in (
        Stream("plan", "Plans", READERS, plans, "clipboard-document-list", plan_page),
        Stream("review", "Reviews", READERS, reviews, "users", review_page),
        Stream("target", "Targets", READERS, evidence, "flag"),
        Stream("passport", "Passport", READERS, passports, "identification", passport_page),
    ):
        timeline.register(stream)


def plans(pupil: Any) -> Any:
    headline = words(Value("Plan, cycle "), F("number"))
    return as_rows(of(Plan, pupil), "plan", at="written_at", headline=headline, body=F("barriers"))


def reviews(pupil: Any) -> Any:
    """Held reviews; one that is being prepared is not yet part of the story."""
    held = of(Review, pupil).filter(held_at__isnull=False)
    since = ReviewCorrection.objects.filter(school=OuterRef("school"), review=OuterRef("pk"))
    headline = words(
        Value("Review, cycle "),
        F("plan__number"),
        Case(When(Exists(since), then=Value(" (put right since)")), default=Value("")),
    )
    body = Concat(F("went_well"), BLANK, F("was_hard"), BLANK, F("agreed"), output_field=TextField())
    return as_rows(held, "review", at="held_at", headline=headline, body=body, who="held_by__name")


def evidence(pupil: Any) -> Any:
    body = joined(labelled("reached", Reached.choices), F("text"))
    return as_rows(
        of(TargetEvidence, pupil), "target", at="written_at", headline=F("target__words"), body=body
    )


def passports(pupil: Any) -> Any:
    headline = words(Value("Passport, version "), F("version"))
    return as_rows(of(Passport, pupil), "passport", at="written_at", headline=headline, body=F("own_words"))


def plan_page(pupil: Any, row: Any) -> str:
    return reverse("pupils:plan_cycle", args=[pupil.uuid, row])


def review_page(pupil: Any, row: Any) -> str:
    return reverse("pupils:held_review", args=[pupil.uuid, row])


def passport_page(pupil: Any, row: Any) -> str:
    return reverse("pupils:passport", args=[pupil.uuid])
