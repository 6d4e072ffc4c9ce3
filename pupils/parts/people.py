"""The people at home, and what the school knows about the pupil's needs."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from iap.schools.models import Code, CodeSet
from pupils.record import record_of
from pupils.together import Ask

Row = tuple[str, str]
NO_NEED = "N"
ENGLISH = {"ENG", "ENB", "ENGLISH"}  # codes of the school's own system


def home(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """Who to speak to at home; how to reach them is further down, out of sight."""
    found = record_of(request, pupil, day).contacts
    return {"contact": found[0]} if found else None


def contacts(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    return {"contacts": record_of(request, pupil, day).contacts}


def ask_support(request: Any, pupil: Any, day: dt.date) -> dict[str, Ask]:
    codes = Q(set=CodeSet.SEN_STAGE, code=pupil.sen_stage) | Q(set=CodeSet.SEN_TYPE, code=pupil.sen_type)
    return {"sen-codes": Ask(Code.objects.filter(codes, school=pupil.school_id))}


def support(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """What everybody who works with the pupil needs to know to support them."""
    stage = "" if pupil.sen_stage == NO_NEED else pupil.sen_stage
    language = "" if pupil.first_language.upper() in ENGLISH else pupil.first_language
    said = labels_in(record_of(request, pupil, day).rows["sen-codes"])
    rows = [
        ("SEN stage", said.get((CodeSet.SEN_STAGE, stage), stage)),
        ("Main need", said.get((CodeSet.SEN_TYPE, pupil.sen_type), pupil.sen_type)),
        ("First language", language),
    ]
    return {"title": "Support", "rows": _told(rows), "nothing": "The school’s records name no support needs."}


def care(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """What goes no wider than those who answer for it."""
    flags = {
        "In care": pupil.in_care,
        "Has a social worker": pupil.social_worker,
        "Pupil premium": pupil.pupil_premium,
        "Free school meals": pupil.free_meals,
    }
    rows = [("Born", f"{pupil.born_on.day} {pupil.born_on:%B %Y}")] if pupil.born_on else []
    rows += [(label, "Yes") for label, holds in flags.items() if holds]
    return {"title": "Care and entitlements", "rows": rows}


def correct(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """The way to putting right what the school's own system says."""
    return {}


def everything(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """The way to all that is kept, for when the family asks."""
    return {}


def labels_in(codes: Iterable[Code]) -> dict[tuple[str, str], str]:
    """What the school calls these codes, by set and code; the latest words count."""
    listed = sorted(codes, key=lambda each: each.valid_from)
    return {(each.set, each.code): each.label for each in listed if each.label}


def _told(rows: list[Row]) -> list[Row]:
    return [(label, value) for label, value in rows if value]
