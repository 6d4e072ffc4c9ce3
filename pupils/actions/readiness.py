"""How ready a pupil is for a next lesson, looked at together."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from iap.audit.models import record
from iap.errors import Conflict, Refused
from iap.ui.moments import day as said
from iap.ui.typed import tidied
from pupils.models import Pupil, PupilReadiness
from pupils.models.readiness import AREAS, STATEMENTS, Step

from .days import locked, place_on, refuse_what_has_not_come


@transaction.atomic
def look_at_readiness(
    pupil: Pupil, *, by: Any, day: dt.date, steps: Mapping[str, int], pupil_words: str = ""
) -> PupilReadiness:
    """Keep the five areas as the pupil and an adult saw them. The same again changes nothing.

    Raises Refused without a step in each area and for a day without a place, Conflict where others were kept.
    """
    for name in AREAS:
        if steps.get(name) not in Step.values:
            raise Refused(f"{STATEMENTS[name][0]}: choose one of the four.")
    refuse_what_has_not_come(day)
    pupil = locked(pupil)
    place_on(pupil, day)
    chosen = {name: steps[name] for name in AREAS}
    words = tidied(pupil_words)[:300]
    found = PupilReadiness.objects.filter(school=pupil.school_id, pupil=pupil, day=day).standing()
    if (held := found.select_related("by").first()) is not None:
        if held.steps == chosen and held.pupil_words == words:
            return held
        raise Conflict(
            f"{held.by} looked at readiness on {said(day)} already. What was kept stands; if it is wrong, mark "
            "it as entered in error first."
        )
    kept = PupilReadiness.objects.create(
        school_id=pupil.school_id, pupil=pupil, by=by, day=day, pupil_words=words, **chosen
    )
    record("readiness.looked_at", kept, by=by)
    return kept
