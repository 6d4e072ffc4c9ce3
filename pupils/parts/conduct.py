"""Suspensions and the school's log: for those who decide or answer for them, after everything else."""

import datetime as dt
from typing import Any

from iap.schools.models import CodeSet
from pupils.models import Incident, Suspension
from pupils.record import LOOK_BACK

from .people import labels

SHOWN = 5


def conduct(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """Every suspension, and the newest entries of the log since forty weeks ago with how many there are."""
    suspensions = list(Suspension.objects.filter(school=pupil.school_id, pupil=pupil)[:SHOWN])
    logged = Incident.objects.filter(school=pupil.school_id, pupil=pupil, day__gte=day - LOOK_BACK)
    said = labels(
        pupil.school_id, *((CodeSet.SUSPENSION, code) for each in suspensions for code in each.reasons)
    )
    return {
        "suspensions": [
            (each, [said.get((CodeSet.SUSPENSION, code), code) for code in each.reasons])
            for each in suspensions
        ],
        "incidents": list(logged.order_by("-day", "-pk")[:SHOWN]),
        "logged": logged.count(),
        "since": day - LOOK_BACK,
    }
