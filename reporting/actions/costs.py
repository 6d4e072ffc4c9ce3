"""Entering what the provision costs."""

from typing import Any

from django.db import transaction

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.models import School
from reporting.models import Costs

FIELDS = ("starts_on", "ends_on", "staff", "other", "external_week", "source")


@transaction.atomic
def keep_costs(school: School, *, by: Any, costs: Costs | None = None, **fields: Any) -> Costs:
    """Enter costs, or change what was entered. Raises Refused where other costs cover some of the days."""
    School.objects.select_for_update().get(pk=school.pk)
    kept = Costs(school=school) if costs is None else Costs.objects.get(school=school, pk=costs.pk)
    before = {} if costs is None else _said(kept)
    for name in FIELDS:
        setattr(kept, name, fields[name])
    overlap = Costs.objects.at([school]).exclude(pk=kept.pk).over(kept.starts_on, kept.ends_on).first()
    if overlap is not None:
        raise Refused(f"{overlap} are already entered. Change those, or choose other days.")
    kept.save(update_fields=FIELDS if costs else None)
    record("costs.changed" if before else "costs.entered", kept, by=by, before=before, after=_said(kept))
    return kept


@transaction.atomic
def remove_costs(costs: Costs, *, by: Any) -> None:
    """Take back what was entered; its history stays."""
    kept = Costs.objects.select_for_update().get(school=costs.school_id, pk=costs.pk)
    record("costs.removed", kept, by=by, before=_said(kept))
    kept.delete()


def _said(costs: Costs) -> dict[str, Any]:
    return {name: None if (value := getattr(costs, name)) is None else str(value) for name in FIELDS}
