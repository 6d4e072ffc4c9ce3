"""Beginning, writing and keeping a review of oneself."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.actions.settings import change_provision, lock, provision_of
from iap.schools.models import School
from reporting.models import Judgement, SelfReview
from reporting.tenets import Tenet, statements

CARRIED = ("level", "why", "next_step", "who", "due_on")


@transaction.atomic
def begin(school: School, *, by: Any) -> SelfReview:
    """A new version, with what the last one said to begin from. The one underway, where there is one."""
    lock(school)
    underway = SelfReview.objects.at([school]).underway().first()
    if underway is not None:
        return underway
    last = SelfReview.objects.at([school]).newest_first().first()
    review = SelfReview.objects.create(school=school, stage=provision_of(school).stage, begun_by=by)
    before = Judgement.objects.filter(school=school, review=last) if last else ()
    asked = {statement.key for statement in statements()}
    Judgement.objects.bulk_create(
        Judgement(
            school=school,
            review=review,
            statement=old.statement,
            saved_by=old.saved_by,
            **{name: getattr(old, name) for name in CARRIED},
        )
        for old in before
        if old.statement in asked
    )
    record("self-review.begun", review, by=by)
    return review


@transaction.atomic
def judge(review: SelfReview, tenet: Tenet, said: Mapping[str, Mapping[str, Any]], *, by: Any) -> None:
    """Save what is said of a tenet's statements, by their keys. Raises Refused once the review is kept."""
    _underway(review)
    held = {each.statement: each for each in Judgement.objects.filter(school=review.school_id, review=review)}
    for statement in tenet.statements:
        values = said.get(statement.key)
        if values is None or _same(held.get(statement.key), values):
            continue
        Judgement.objects.update_or_create(
            school_id=review.school_id,
            review=review,
            statement=statement.key,
            defaults={**values, "saved_by": by},
        )


@transaction.atomic
def sum_up(review: SelfReview, *, by: Any, stage: str, summary: str) -> None:
    """Say in which stage the provision is, and why."""
    held = _underway(review)
    held.stage, held.summary = stage, summary
    held.save(update_fields=["stage", "summary"])
    record("self-review.summed-up", held, by=by, stage=stage)


@transaction.atomic
def keep(review: SelfReview, *, by: Any, evidence: Mapping[str, Sequence[Any]]) -> SelfReview:
    """Keep this version as it is today, with the evidence beside each statement; the provision is in its stage.

    Raises Refused while nothing is judged.
    """
    held = _underway(review)
    judged = list(Judgement.objects.filter(school=held.school_id, review=held).exclude(level=""))
    if not judged:
        raise Refused("Judge at least one statement first; what is left open may stay open.")
    for judgement in judged:
        judgement.evidence = list(evidence.get(judgement.statement, ()))
    Judgement.objects.bulk_update(judged, ["evidence"])
    held.kept_at, held.kept_by = timezone.now(), by
    held.save(update_fields=["kept_at", "kept_by"])
    school = School.objects.get(pk=held.school_id)
    if provision_of(school).stage != held.stage:
        change_provision(school, by=by, stage=held.stage)
    record("self-review.kept", held, by=by, judged=len(judged))
    return held


def _underway(review: SelfReview) -> SelfReview:
    held = SelfReview.objects.select_for_update().get(school=review.school_id, pk=review.pk)
    if not held.is_underway:
        raise Refused("This review is kept as it was. Begin a new one to change what it says.")
    return held


def _same(held: Judgement | None, values: Mapping[str, Any]) -> bool:
    if held is None:
        return not any(values.values())
    return all(getattr(held, name) == value for name, value in values.items())


def due_steps(school: School, day: dt.date) -> list[Judgement]:
    """Next steps of the newest review whose day has come."""
    newest = SelfReview.objects.at([school]).newest_first().first()
    rows = Judgement.objects.filter(school=school, review=newest, due_on__lte=day).exclude(next_step="")
    return list(rows.order_by("due_on", "pk"))
