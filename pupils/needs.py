"""A pupil's needs and strengths as they stand, and as they were."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .models import Need, NeedArea

NEEDS = (NeedArea.LEARNING, NeedArea.WELLBEING, NeedArea.SAFETY)


@dataclass
class Noted:
    """What is noted of one pupil: what holds by area, and what has ended or was entered in error."""

    by_area: dict[str, list[Need]] = field(default_factory=dict)
    earlier: list[Need] = field(default_factory=list)

    @property
    def strengths(self) -> list[Need]:
        return self.by_area.get(NeedArea.STRENGTH, [])

    @property
    def unsorted(self) -> list[Need]:
        return self.by_area.get(NeedArea.UNSORTED, [])

    @property
    def needs(self) -> list[tuple[str, list[Need]]]:
        """Learning, wellbeing, safety, each with what holds now."""
        return [(area.label, self.by_area.get(area, [])) for area in NEEDS]

    @property
    def barriers(self) -> list[Need]:
        """Every need that holds, by area, and what is still to be sorted."""
        return [*(need for _, found in self.needs for need in found), *self.unsorted]

    @property
    def any_needs(self) -> bool:
        return any(found for _, found in self.needs) or bool(self.unsorted)


def noted_of(pupil: Any) -> Noted:
    """One query."""
    rows = Need.objects.filter(school=pupil.school_id, pupil=pupil)
    return noted_in(rows.select_related("word", "by", "in_error_by").newest_first())


def noted_in(rows: Iterable[Need]) -> Noted:
    noted = Noted()
    for need in rows:
        if need.stands and need.ended_on is None:
            noted.by_area.setdefault(need.area, []).append(need)
        else:
            noted.earlier.append(need)
    return noted


def in_lines(needs: Iterable[Need]) -> str:
    """A line each, as a plan or a passport begins with them: `Sleep: up late, hard mornings`."""
    return "\n".join(": ".join(filter(None, [str(need.word or ""), need.detail])) for need in needs)
