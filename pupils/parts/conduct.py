"""Suspensions and the school's log: for those who decide or answer for them, after everything else."""

import datetime as dt
from typing import Any

from iap.schools.models import Code, CodeSet
from pupils.models import Incident, Suspension
from pupils.record import LOOK_BACK, record_of
from pupils.together import Ask, counted, total_of

from .people import labels_in

SHOWN = 5


def asks(request: Any, pupil: Any, day: dt.date) -> dict[str, Ask]:
    mine = {"school": pupil.school_id, "pupil": pupil}
    logged = counted(Incident.objects.filter(**mine, day__gte=day - LOOK_BACK).order_by("-day", "-pk"))
    return {
        "suspensions": Ask(Suspension.objects.filter(**mine)[:SHOWN]),
        "incidents": Ask(logged[:SHOWN]),
        "suspension-codes": Ask(Code.objects.filter(school=pupil.school_id, set=CodeSet.SUSPENSION)),
    }


def conduct(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """Every suspension, and the newest entries of the log since forty weeks ago with how many there are."""
    rows = record_of(request, pupil, day).rows
    said = labels_in(rows["suspension-codes"])
    return {
        "suspensions": [
            (each, [said.get((CodeSet.SUSPENSION, code), code) for code in each.reasons])
            for each in rows["suspensions"]
        ],
        "incidents": rows["incidents"],
        "logged": total_of(rows["incidents"]),
        "since": day - LOOK_BACK,
    }
