"""Keeping what staff have learnt."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.learning import BEGIN_WITH
from iap.schools.models import Qualification, School, Skill, StaffMember, Supervision, Training, TrainingTopic
from iap.ui.typed import tidied
from iap.ui.words import plural

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
def keep_topic(
    school: School,
    *,
    by: Any,
    name: str,
    refresh_months: int | None = None,
    for_teachers: bool = True,
    topic: TrainingTopic | None = None,
) -> TrainingTopic:
    """Add a topic of the school's own, or change one. Training that is kept stays fresh as long as it was to."""
    lock(school)
    name = tidied(name)
    same = TrainingTopic.objects.filter(school=school, name__iexact=name)
    if same.exclude(pk=topic.pk if topic else None).exists():
        raise Refused(f"Another topic is called “{name}”.")
    words = {"name": name, "refresh_months": refresh_months, "for_teachers": for_teachers}
    if topic is None:
        topic = TrainingTopic.objects.create(school=school, **words)
    else:
        for key, value in words.items():
            setattr(topic, key, value)
        topic.save(update_fields=list(words))
    record("training.topic", topic, by=by, name=name)
    return topic


@transaction.atomic
def remove_topic(topic: TrainingTopic, *, by: Any) -> None:
    """Take a topic off the list that nobody has learnt yet. Raises Refused where somebody has."""
    lock(topic.school)
    number = Training.objects.filter(school=topic.school_id, topic=topic).count()
    if number:
        raise Refused(
            f"{topic} stays: {plural(number, 'training is', 'trainings are')} kept under it. Rename it instead."
        )
    record("training.topic_removed", topic, by=by, name=topic.name)
    topic.delete()


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
    """A qualification with its end, a skill, or a planned supervision.

    Raises Refused where supervision of that person is planned for that day with somebody else.
    """
    if kind == "qualification":
        Qualification.objects.create(school=school, staff=staff, name=name, expires_on=day, recorded_by=by)
    elif kind == "skill":
        Skill.objects.get_or_create(school=school, staff=staff, name=name)
    elif day is not None:
        planned, _ = Supervision.objects.get_or_create(
            school=school, staff=staff, planned_on=day, defaults={"with_whom": name, "recorded_by": by}
        )
        if planned.with_whom != name:
            raise Refused(
                f"{staff} has supervision with {planned.with_whom or 'somebody'} on that day. "
                "Choose another day, or take that one out first."
            )
    record(f"staff.{kind}", staff, by=by, name=name)


@transaction.atomic
def supervision_held(supervision: Supervision, *, by: Any) -> None:
    """It took place today; said twice, the first day stands."""
    Supervision.objects.filter(school=supervision.school_id, pk=supervision.pk, held_on=None).update(
        held_on=timezone.localdate()
    )


@transaction.atomic
def take_out(kept: Training | Qualification | Skill | Supervision, *, by: Any) -> None:
    """It was entered in error. What it said, and who took it out, stays in the history."""
    said = str(kept)
    record("staff.taken_out", kept.staff, by=by, what=kept._meta.model_name, said=said)
    kept.delete()
