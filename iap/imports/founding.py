"""Making a school from its tables, where it does not exist yet."""

from collections.abc import Mapping, Sequence
from typing import Any

from iap.errors import Refused
from iap.schools.models import Phase, School

from .intake import Part, WrongCell
from .values import Wrong, week_label, year_group

PRIMARY = {"N1", "N2", "R", "1", "2", "3", "4", "5", "6"}


def school_of(urn: str, parts: Mapping[str, Sequence[Part]], name: str = "") -> School:
    """The school with this URN; made with the phase, cycle and name that its tables show."""
    if not (len(urn) == 6 and urn.isdigit()):
        raise Refused("A URN is six digits.")
    school = School.objects.filter(urn=urn).first()
    if school is None:
        school = School.objects.create(
            urn=urn,
            name=name or f"School {urn}",
            phase=_phase(parts.get("pupils", ())),
            cycle_weeks=_cycle(parts.get("calendar", ())),
        )
    return school


def _phase(pupils: Sequence[Part]) -> str:
    years = _readable(pupils, "year_group", year_group)
    if not years & PRIMARY:
        return Phase.SECONDARY
    return Phase.PRIMARY if years <= PRIMARY else Phase.ALL_THROUGH


def _cycle(calendar: Sequence[Part]) -> int:
    return 2 if {"A", "B"} <= _readable(calendar, "label", week_label) else 1


def _readable(parts: Sequence[Part], column: str, take: Any) -> set[str]:
    found: set[str] = set()
    for part in parts:
        for row in part.rows():
            try:
                found.add(take(row[column]))
            except (Wrong, WrongCell):
                continue
    return found
