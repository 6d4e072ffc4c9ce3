"""Strengths and needs, scores and readiness on a pupil's page."""

import datetime as dt
from typing import Any

from pupils.access import WRITERS
from pupils.models import Need, PupilReadiness
from pupils.needs import noted_in
from pupils.readiness import advice, areas_of
from pupils.record import record_of
from pupils.scores import courses, rows_of
from pupils.together import Ask

SCORE = (
    "assessment__informant", "assessment__day", "field__name", "field__unit", "field__good", "field__position",
    "field__tool_id", "field__tool__name", "field__tool__uuid",
)  # fmt: skip


def ask_needs(request: Any, pupil: Any, day: dt.date) -> dict[str, Ask]:
    held = Need.objects.filter(school=pupil.school_id, pupil=pupil).open()
    return {"needs": Ask(held.newest_first(), "word__words")}


def needs(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """What holds now, strengths first."""
    return {"noted": noted_in(record_of(request, pupil, day).rows["needs"]), "may_write": _may_write(request)}


def ask_scores(request: Any, pupil: Any, day: dt.date) -> dict[str, Ask]:
    return {"scores": Ask(rows_of(pupil).filter(field__position=0), *SCORE)}


def scores(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """The last score of each tool and view."""
    return {
        "courses": courses(record_of(request, pupil, day).rows["scores"]),
        "may_write": _may_write(request),
    }


def ask_ready(request: Any, pupil: Any, day: dt.date) -> dict[str, Ask]:
    looks = PupilReadiness.objects.filter(school=pupil.school_id, pupil=pupil).standing()
    return {"readiness": Ask(looks.newest_first()[:2])}


def ready(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """The last look at readiness."""
    looks = record_of(request, pupil, day).rows["readiness"]
    least = pupil.school.provision.ready_areas
    return {
        "last": looks[0] if looks else None,
        "areas": areas_of(looks),
        "advice": advice(looks[0], least) if looks else "",
        "may_write": _may_write(request),
    }


def _may_write(request: Any) -> bool:
    return bool(request.roles & set(WRITERS))
