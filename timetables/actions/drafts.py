"""What is kept before a step is decided: a draft of it, and the lessons that the pupil asks for."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from iap.audit.models import record
from pupils.models import Placement, Pupil
from timetables.models import LessonWish, MainstreamClass, StepDraft


def save_draft(placement: Placement, *, by: Any, fields: dict[str, list[str]]) -> StepDraft:
    """Keep a step as it was left, to be taken up again; it changes nobody's week. The last one saved stands."""
    draft, _ = StepDraft.objects.update_or_create(
        school_id=placement.school_id, placement=placement, defaults={"fields": fields, "saved_by": by}
    )
    return draft


def forget_draft(placement: Placement) -> None:
    StepDraft.objects.filter(school=placement.school_id, placement=placement).delete()


@transaction.atomic
def note_wishes(placement: Placement, *, by: Any, classes: Iterable[MainstreamClass]) -> None:
    """Keep which lessons the pupil asks for, as they say it now."""
    asked = {each.pk: each for each in classes}
    pupil = Pupil.objects.select_for_update(no_key=True).get(
        school=placement.school_id, pk=placement.pupil_id
    )
    held = LessonWish.objects.filter(school=placement.school_id, pupil=pupil)
    known = set(held.values_list("mainstream_class", flat=True))
    if known == asked.keys():
        return
    held.exclude(mainstream_class__in=asked).delete()
    LessonWish.objects.bulk_create(
        LessonWish(school_id=placement.school_id, pupil=pupil, mainstream_class=each, said_to=by)
        for pk, each in asked.items()
        if pk not in known
    )
    record("lessons.asked_for", pupil, by=by, classes=sorted(each.name for each in asked.values()))
