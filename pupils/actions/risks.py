"""Saving a version of a pupil's risk assessment, and who has read it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Conflict, Refused
from pupils.models import Hazard, Likelihood, Pupil, RiskAssessment, RiskRead


@dataclass(frozen=True)
class HazardIn:
    """One line as it was entered."""

    hazard: str
    likelihood: str
    controls: str
    who_knows: str = ""
    sessions: Sequence[str] = field(default_factory=tuple)


def latest(pupil: Pupil) -> RiskAssessment | None:
    """The version that holds."""
    mine = RiskAssessment.objects.filter(school=pupil.school_id, pupil=pupil)
    return mine.select_related("by").newest_first().first()


@transaction.atomic
def save_risks(
    pupil: Pupil,
    *,
    by: Any,
    hazards: Sequence[HazardIn],
    review_on: dt.date,
    changed: str,
    seen: int,
) -> RiskAssessment:
    """Keep the next version. `seen` is the one its author began from, 0 for none.

    Raises Conflict if somebody saved another since; Refused for a review that is past, an empty list or a line
    that is half filled.
    """
    Pupil.objects.select_for_update(no_key=True).get(school=pupil.school_id, pk=pupil.pk)
    held = latest(pupil)
    if (held.version if held else 0) != seen:
        raise Conflict(
            "Somebody has saved another version since you opened the page. Nothing you entered is lost: look at "
            "theirs, then save again."
        )
    if review_on <= timezone.localdate():
        raise Refused("Choose a day to come on which you look at it again.")
    if not hazards:
        raise Refused("Write at least one line: what could cause harm, and what adults do.")
    if any(not each.hazard.strip() or not each.controls.strip() for each in hazards):
        raise Refused("Say what could cause harm, and what adults do about it.")
    if any(each.likelihood not in Likelihood.values for each in hazards):
        raise Refused("Choose how likely it is.")
    version = RiskAssessment.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        version=seen + 1,
        changed=changed.strip() or "First version",
        review_on=review_on,
        by=by,
    )
    Hazard.objects.bulk_create(
        Hazard(
            school_id=pupil.school_id,
            assessment=version,
            place=place,
            hazard=each.hazard.strip(),
            likelihood=each.likelihood,
            controls=each.controls.strip(),
            who_knows=each.who_knows.strip(),
            sessions=list(each.sessions),
        )
        for place, each in enumerate(hazards, start=1)
    )
    record("risk.saved", version, by=by, version=version.version)
    note_read(version, by=by)
    return version


def note_read(version: RiskAssessment, *, by: Any) -> None:
    """This person has read this version; once."""
    read = RiskRead(school_id=version.school_id, assessment=version, by=by)
    RiskRead.objects.bulk_create([read], ignore_conflicts=True)
