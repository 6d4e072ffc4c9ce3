"""Strengths and needs, scores and readiness on a pupil's page: one query each."""

import datetime as dt
from typing import Any

from pupils.access import WRITERS
from pupils.needs import noted_of
from pupils.readiness import advice, areas_of, looks_of
from pupils.scores import scores_of


def needs(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """What holds now, strengths first: one query."""
    return {"noted": noted_of(pupil, open_only=True), "may_write": _may_write(request)}


def scores(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """The last score of each tool and view: one query."""
    return {"courses": scores_of(pupil, leading=True), "may_write": _may_write(request)}


def ready(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """The last look at readiness: one query."""
    looks = looks_of(pupil)
    least = pupil.school.provision.ready_areas
    return {
        "last": looks[0] if looks else None,
        "areas": areas_of(looks),
        "advice": advice(looks[0], least) if looks else "",
        "may_write": _may_write(request),
    }


def _may_write(request: Any) -> bool:
    return bool(request.roles & set(WRITERS))
