"""Readiness of a pupil over time, and what it says for a next lesson: advice, never a rule."""

from dataclasses import dataclass
from typing import Any

from .models import PupilReadiness
from .models.readiness import STATEMENTS, Step


@dataclass(frozen=True)
class Area:
    """One area: what is said of it, the step of the last look, and of the one before."""

    name: str
    statement: str
    step: int
    before: int | None

    @property
    def words(self) -> str:
        return str(Step(self.step).label)

    @property
    def since(self) -> str:
        """What has changed since the look before, in words; nothing where it is the same."""
        if self.before is None or self.before == self.step:
            return ""
        return f"before: {Step(self.before).label.lower()}"


def looks_of(pupil: Any) -> list[PupilReadiness]:
    """Every look that stands, the newest first: one query."""
    rows = PupilReadiness.objects.filter(school=pupil.school_id, pupil=pupil).standing()
    return list(rows.select_related("by").newest_first())


def areas_of(looks: list[PupilReadiness]) -> list[Area]:
    """The five areas by the last look, each beside the look before it."""
    if not looks:
        return []
    before = looks[1].steps if len(looks) > 1 else {}
    return [
        Area(area, statement, looks[0].steps[name], before.get(name))
        for name, (area, statement) in STATEMENTS.items()
    ]


def advice(look: PupilReadiness, least: int) -> str:
    """How many areas hold, beside how many the school looks for."""
    said = f"{look.holding} of 5 areas hold with a reminder or without"
    if look.holding >= least:
        return f"{said}: as many as the school looks for before a next lesson."
    return f"{said}; the school looks for {least} before a next lesson."
