"""Plans, reviews and passports in the stream of all that is kept about a pupil."""

from typing import Any

from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse

from pupils import timeline
from pupils.access import READERS
from pupils.models import Passport, Plan, Review, TargetEvidence
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
    held = Plan.objects.filter(school=pupil.school_id, pupil=pupil)
    headline = Concat(Value("Plan, cycle "), F("number"), output_field=CharField())
    return as_rows(held, "plan", at="written_at", headline=headline, body=F("barriers"))


def reviews(pupil: Any) -> Any:
    """Held reviews; one that is being prepared is not yet part of the story."""
    held = Review.objects.filter(school=pupil.school_id, pupil=pupil, held_at__isnull=False)
    headline = Concat(Value("Review, cycle "), F("plan__number"), output_field=CharField())
    body = Concat(F("went_well"), BLANK, F("was_hard"), BLANK, F("agreed"), output_field=TextField())
    return as_rows(held, "review", at="held_at", headline=headline, body=body, who="held_by__name")


def evidence(pupil: Any) -> Any:
    held = TargetEvidence.objects.filter(school=pupil.school_id, pupil=pupil)
    return as_rows(held, "target", at="written_at", headline=F("target__words"), body=F("text"))


def passports(pupil: Any) -> Any:
    held = Passport.objects.filter(school=pupil.school_id, pupil=pupil)
    headline = Concat(Value("Passport, version "), F("version"), output_field=CharField())
    return as_rows(held, "passport", at="written_at", headline=headline, body=F("own_words"))


def plan_page(pupil: Any, row: Any) -> str:
    return reverse("pupils:plan_cycle", args=[pupil.uuid, row])


def review_page(pupil: Any, row: Any) -> str:
    return reverse("pupils:held_review", args=[pupil.uuid, row])


def passport_page(pupil: Any, row: Any) -> str:
    return reverse("pupils:passport", args=[pupil.uuid])
