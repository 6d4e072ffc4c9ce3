"""Making a school from its files, where it does not exist yet."""

from typing import Any

from iap.errors import Refused
from iap.schools.models import Phase, School

from .kinds import Source
from .values import Wrong, week_label, year_group

PRIMARY = {"N1", "N2", "R", "1", "2", "3", "4", "5", "6"}


def school_of(urn: str, tables: dict[str, Source], name: str = "") -> School:
    """The school with this URN; made with the phase, cycle and name that its files show."""
    if not (len(urn) == 6 and urn.isdigit()):
        raise Refused("A URN is six digits.")
    school = School.objects.filter(urn=urn).first()
    if school is None:
        school = School.objects.create(
            urn=urn,
            name=name or f"School {urn}",
            phase=_phase(tables.get("pupils")),
            cycle_weeks=_cycle(tables.get("calendar")),
        )
    return school


def _phase(pupils: Source | None) -> str:
    years = set(_readable(pupils, "year_group", year_group)) if pupils else set()
    if not years or not years & PRIMARY:
        return Phase.SECONDARY
    return Phase.PRIMARY if years <= PRIMARY else Phase.ALL_THROUGH


def _cycle(calendar: Source | None) -> int:
    labels = set(_readable(calendar, "label", week_label)) if calendar else set()
    return 2 if {"A", "B"} <= labels else 1


def _readable(source: Source, column: str, take: Any) -> list[str]:
    found = []
    for row in source.rows():
        try:
            found.append(take(row[column]))
        except Wrong:
            continue
    return found
