"""Keeping that somebody looked at what a change of the timetable means for a pupil."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from timetables.models import LookedAt
from timetables.rollover import Look


@transaction.atomic
def look_at(look: Look, *, by: Any, seals: Collection[str]) -> list[LookedAt]:
    """Keep that these findings of a pupil were seen; what came up meanwhile stays on the list.

    Raises Refused where none of them is there any more.
    """
    kept = []
    for each in look.steps:
        shown = sorted({finding.seal for finding in each.findings} & set(seals))
        if shown:
            kept.append(
                LookedAt.objects.create(
                    school_id=each.step.school_id,
                    step=each.step,
                    pupil=look.pupil,
                    findings=shown,
                    by=by,
                    at=timezone.now(),
                )
            )
    if not kept:
        raise Refused(
            f"What {look.pupil.known_as}’s timetable needs has changed since you opened this page. Look again below."
        )
    for row in kept:
        record("step.looked_at", row, by=by, findings=len(row.findings))
    return kept
