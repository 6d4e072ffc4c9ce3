"""A pupil's classes, and what is agreed about the return to each."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from iap.schools.models import StaffMember

from .measures.success import Visit, visits_of
from .models import ChangeState, ClassMember, ClassReturn, LessonTeacher, MainstreamClass, Receipt
from .outcomes import LAST


@dataclass
class Row:
    """One class: its teachers and which of them have read what stands, what is agreed, and the last visits."""

    group: MainstreamClass
    held: ClassReturn | None = None
    teachers: list[StaffMember] = field(default_factory=list)
    read_by: set[int] = field(default_factory=set)
    visits: list[Visit] = field(default_factory=list)

    @property
    def readers(self) -> list[tuple[StaffMember, str]]:
        """Each teacher, and whether what is agreed has reached them."""
        return [(each, self._reached(each)) for each in self.teachers]

    def _reached(self, teacher: StaffMember) -> str:
        if teacher.user_id is None:
            return "has no account: hand over the half page"
        return "has read it" if teacher.user_id in self.read_by else "has not read it yet"

    @property
    def changes(self) -> list[Any]:
        return (
            [each for each in self.held.changes.all() if each.state != ChangeState.ENDED] if self.held else []
        )  # type: ignore[attr-defined]

    @property
    def last(self) -> list[str]:
        return [visit.outcome for visit in self.visits][-LAST:]

    @property
    def line(self) -> str:
        """The newest line a teacher wrote."""
        return next((visit.line for visit in reversed(self.visits) if visit.line), "")


def classes_of(pupil: Any, day: dt.date) -> list[MainstreamClass]:
    """The classes the pupil is in on a day: one query."""
    members = ClassMember.objects.valid_on(day).filter(school=pupil.school_id, pupil=pupil)
    return list(
        MainstreamClass.objects.filter(
            school=pupil.school_id, pk__in=members.values("mainstream_class")
        ).order_by("subject", "name")
    )


def returns_of(pupil: Any, day: dt.date) -> list[Row]:
    """What is agreed in each class of the pupil on a day; seven queries at most, whatever their number."""
    rows = {group.pk: Row(group) for group in classes_of(pupil, day)}
    school = pupil.school_id
    held = ClassReturn.objects.filter(school=school, pupil=pupil, mainstream_class__in=rows)
    for each in held.prefetch_related("changes__owner"):
        rows[each.mainstream_class_id].held = each
    taught = LessonTeacher.objects.valid_on(day).filter(school=school, lesson__mainstream_class__in=rows)
    for row in taught.select_related("teacher", "lesson").order_by("teacher__family_name", "teacher"):
        teachers = rows[row.lesson.mainstream_class_id].teachers
        if row.teacher not in teachers:
            teachers.append(row.teacher)
    for group, readers in _readers(school, [row.held for row in rows.values() if row.held]).items():
        rows[group].read_by = readers
    for visit in visits_of(school, [pupil.pk]).get(pupil.pk, []):
        if visit.class_id in rows:
            rows[visit.class_id].visits.append(visit)
    return sorted(rows.values(), key=lambda row: (row.held is None and not row.visits, row.group.subject))


def _readers(school: Any, held: list[ClassReturn]) -> dict[int, set[int]]:
    """Who has read each return as it stands, by class."""
    versions = {each.pk: each for each in held}
    found: dict[int, set[int]] = defaultdict(set)
    for receipt in Receipt.objects.filter(school=school, class_return__in=versions):
        now = versions[receipt.class_return_id]
        if receipt.version == now.version:
            found[now.mainstream_class_id].add(receipt.by_id)
    return found
