"""Keeping what staff have learnt."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.schools.learning import BEGIN_WITH
from iap.schools.models import Qualification, School, Skill, StaffMember, Supervision, Training, TrainingTopic

from .settings import lock


@transaction.atomic
def begin_with_our_list(school: School, *, by: Any) -> None:
    """The topics the product suggests; those the school has already stay as they are."""
    lock(school)
    known = {topic.name.lower() for topic in TrainingTopic.objects.filter(school=school)}
    TrainingTopic.objects.bulk_create(
        TrainingTopic(school=school, name=name, refresh_months=months)
        for name, months in BEGIN_WITH
        if name.lower() not in known
    )


@transaction.atomic
def keep_training(
    school: School,
    *,
    by: Any,
    topic: TrainingTopic,
    done_on: dt.date,
    staff: Iterable[StaffMember],
    given_by: str = "",
) -> None:
    """One training for everybody who took part; recorded twice it is kept once."""
    refresh = (
        done_on + dt.timedelta(days=round(topic.refresh_months * 30.44)) if topic.refresh_months else None
    )
    people = list(staff)
    Training.objects.bulk_create(
        [
            Training(
                school=school, staff=member, topic=topic, done_on=done_on, refresh_by=refresh, given_by=given_by,
                recorded_by=by,
            )
            for member in people
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    record("training.kept", topic, by=by, staff=[member.pk for member in people], done_on=str(done_on))


@transaction.atomic
def keep_personal(
    school: School, *, by: Any, staff: StaffMember, kind: str, name: str, day: dt.date | None
) -> None:
    """A qualification with its end, a skill, or a planned supervision."""
    if kind == "qualification":
        Qualification.objects.create(school=school, staff=staff, name=name, expires_on=day, recorded_by=by)
    elif kind == "skill":
        Skill.objects.get_or_create(school=school, staff=staff, name=name)
    elif day is not None:
        Supervision.objects.get_or_create(
            school=school, staff=staff, planned_on=day, defaults={"with_whom": name, "recorded_by": by}
        )
    record(f"staff.{kind}", staff, by=by, name=name)


@transaction.atomic
def supervision_held(supervision: Supervision, *, by: Any) -> None:
    """It took place today; said twice, the first day stands."""
    Supervision.objects.filter(school=supervision.school_id, pk=supervision.pk, held_on=None).update(
        held_on=timezone.localdate()
    )
