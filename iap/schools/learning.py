"""What a school's adults have learnt: who has a topic fresh, whose papers run out, which supervision is due.

Above this app stand those who know who teaches whom; they add a group with

    learning.register("Teachers of returning pupils", teachers)

where `teachers(school, day)` gives the keys of members of staff. Two queries for each group, whatever its size.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F

from .models import (
    Membership,
    Qualification,
    Role,
    Skill,
    StaffMember,
    Supervision,
    Training,
    TrainingTopic,
)

SOON = dt.timedelta(days=60)
# What the school may begin with: name, and after how many months it is refreshed.
BEGIN_WITH = (
    ("Attachment and trauma", 36),
    ("Calming and co-regulation", 24),
    ("Autism and the senses", 36),
    ("Speech, language and communication", 36),
    ("Safeguarding, yearly update", 12),
    ("What the classroom changes for a return", 24),
)
Group = Callable[[Any, dt.date], set[int]]


@dataclass(frozen=True)
class Coverage:
    """Of a group of adults, how many have the topic fresh on a day, and who has it not."""

    topic: TrainingTopic
    group: str
    have: int
    of: int
    to_come: tuple[StaffMember, ...] = ()


@dataclass
class Kept:
    """All that is kept of one adult, the newest first."""

    staff: StaffMember
    training: list[Training] = field(default_factory=list)
    qualifications: list[Qualification] = field(default_factory=list)
    skills: list[Skill] = field(default_factory=list)
    supervisions: list[Supervision] = field(default_factory=list)


@dataclass(frozen=True)
class RunsOut:
    """Something of somebody's that ends, or is due, on a day."""

    staff: StaffMember
    what: str
    on: dt.date


def iap_staff(school: Any, day: dt.date) -> set[int]:
    """Members of staff whose account holds the role of staff or lead of the provision."""
    users = Membership.objects.filter(school=school, role__in=[Role.STAFF, Role.LEAD]).values("user")
    here = StaffMember.objects.filter(school=school, user__in=users, left_on=None)
    return set(here.values_list("pk", flat=True))


PROVISION = "Provision staff"  # every topic is for them
_groups: dict[str, Group] = {PROVISION: iap_staff}


def register(label: str, group: Group) -> None:
    _groups[label] = group


def coverage(school: Any, day: dt.date) -> list[Coverage]:
    """Every topic and group: how many of the group have it, done by `day` and not to be refreshed before it."""
    found = learnt(school, day)
    adults = StaffMember.objects.filter(school=school).in_bulk(
        {key for *_, members in found for key in members}
    )
    return [
        Coverage(
            topic,
            group,
            sum(members.values()),
            len(members),
            tuple(sorted((adults[key] for key, has in members.items() if not has), key=str)),
        )
        for topic, group, members in found
    ]


def by_topic(found: list[Coverage]) -> tuple[list[str], list[tuple[TrainingTopic, list[Coverage | None]]]]:
    """The groups; and every topic with what each of them has of it, nothing where it is not for them."""
    groups = list(dict.fromkeys(each.group for each in found))
    rows: dict[int, tuple[TrainingTopic, list[Coverage | None]]] = {}
    for each in found:
        row = rows.setdefault(each.topic.pk, (each.topic, [None] * len(groups)))
        row[1][groups.index(each.group)] = each
    return groups, list(rows.values())


def by_person(school: Any) -> list[Kept]:
    """Everybody who works here of whom something is kept: four queries."""
    found: dict[int, Kept] = {}
    for model, name in (
        (Training, "training"),
        (Qualification, "qualifications"),
        (Skill, "skills"),
        (Supervision, "supervisions"),
    ):
        rows = model.objects.filter(school=school, staff__left_on=None).select_related("staff")  # type: ignore[attr-defined]
        for row in rows.select_related("topic") if model is Training else rows:
            getattr(found.setdefault(row.staff_id, Kept(row.staff)), name).append(row)
    return sorted(
        found.values(), key=lambda kept: (kept.staff.family_name, kept.staff.given_name, kept.staff.pk)
    )


def learnt(school: Any, day: dt.date) -> list[tuple[TrainingTopic, str, dict[int, bool]]]:
    """Every topic and group, with whether each member of the group, by key, has it fresh on `day`."""
    topics = list(TrainingTopic.objects.filter(school=school))
    fresh = set(Training.objects.filter(school=school).fresh_on(day).values_list("topic", "staff"))
    return [
        (topic, label, {member: (topic.pk, member) in fresh for member in sorted(members)})
        for label, group in _groups.items()
        for members in [group(school, day)]
        for topic in topics
        if label == PROVISION or topic.for_teachers
    ]


def runs_out(school: Any, day: dt.date) -> list[RunsOut]:
    """Qualifications and training that end within sixty days or have ended, and supervision whose day has come."""
    until = day + SOON
    rows = [
        RunsOut(each.staff, each.name, each.expires_on)
        for each in _held_longest(Qualification.objects.filter(school=school, staff__left_on=None))
        if each.expires_on and each.expires_on <= until
    ]
    latest: dict[tuple[int, int], Training] = {}
    kept = Training.objects.filter(school=school, staff__left_on=None).select_related("staff", "topic")
    for each in kept.order_by("done_on", "pk"):
        latest[each.staff_id, each.topic_id] = each
    rows += [
        RunsOut(each.staff, str(each.topic), each.refresh_by)
        for each in latest.values()
        if each.refresh_by and each.refresh_by <= until
    ]
    due = Supervision.objects.filter(school=school, planned_on__lte=day, staff__left_on=None).to_be_held()
    rows += [RunsOut(each.staff, "Supervision", each.planned_on) for each in due.select_related("staff")]
    return sorted(rows, key=lambda row: (row.on, row.what, row.staff.pk))


def _held_longest(kept: Any) -> Iterable[Qualification]:
    """Of each person's qualifications of one name the one that holds longest: what was renewed no longer ends."""
    longest: dict[tuple[int, str], Qualification] = {}
    for each in kept.select_related("staff").order_by(F("expires_on").asc(nulls_last=True), "pk"):
        longest[each.staff_id, each.name.casefold()] = each
    return longest.values()
