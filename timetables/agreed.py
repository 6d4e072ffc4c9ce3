"""What is agreed of a pupil in a class, as the teacher who takes it reads it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef

from iap.schools.models import School, StaffMember

from .models import ChangeState, ClassReturn, Receipt


@dataclass(frozen=True)
class Change:
    """Something the classroom changes, as a teacher reads it."""

    uuid: Any
    what: str
    owner: str
    due_on: dt.date
    state: str
    state_on: dt.date

    @property
    def in_place(self) -> bool:
        return self.state == ChangeState.IN_PLACE


@dataclass(frozen=True)
class Agreed:
    """What is agreed of one pupil in one class, as much of it as their teacher sees."""

    uuid: Any
    version: int
    helps: tuple[str, ...]
    first_lesson: str
    exit_plan: str
    read: bool
    changes: list[Change] = field(default_factory=list)


def agreed_of(
    school: School, pupils: Iterable[int], classes: Iterable[int], user: Any
) -> dict[tuple[int, int], Agreed]:
    """What is agreed by pupil and class, with the changes that have not ended: one query."""
    seen = Receipt.objects.filter(
        school=school, class_return=OuterRef("pk"), version=OuterRef("version"), by=user
    )
    rows = (
        ClassReturn.objects.filter(school=school, pupil__in=pupils, mainstream_class__in=classes)
        .annotate(read=Exists(seen))
        .order_by("pk", "changes__due_on", "changes__pk")
        .values(
            "pupil", "mainstream_class", "uuid", "version", "helps", "first_lesson", "exit_plan", "read",
            *(f"changes__{name}" for name in ("uuid", "what", "due_on", "state", "state_on")),
            *(f"changes__owner__{name}" for name in ("title", "given_name", "family_name")),
        )
    )  # fmt: skip
    found: dict[tuple[int, int], Agreed] = {}
    for row in rows:
        key = row["pupil"], row["mainstream_class"]
        if key not in found:
            lines = tuple(line.strip() for line in row["helps"].splitlines() if line.strip())
            found[key] = Agreed(
                row["uuid"], row["version"], lines, row["first_lesson"], row["exit_plan"], row["read"]
            )
        if row["changes__uuid"] is not None and row["changes__state"] != ChangeState.ENDED:
            found[key].changes.append(_change(row))
    return found


def _change(row: dict[str, Any]) -> Change:
    named = {name: row[f"changes__owner__{name}"] for name in ("title", "given_name", "family_name")}
    return Change(
        row["changes__uuid"],
        row["changes__what"],
        str(StaffMember(**named)),
        row["changes__due_on"],
        row["changes__state"],
        row["changes__state_on"],
    )
