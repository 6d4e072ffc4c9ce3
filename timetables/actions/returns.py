"""Agreeing what a class changes for a pupil who returns, and keeping how it stands."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Conflict, Refused
from iap.schools.calendar import Calendar
from iap.schools.models import StaffMember
from iap.ui.moments import day as said
from pupils.models import Pupil
from timetables.models import AgreedChange, ChangeState, ClassReturn, LessonCover, MainstreamClass, Receipt

from .cover import refuse_who_is_in_a_session
from .locks import lock_slot

LINES = 3  # of what helps: a teacher reads them on the way to the room


@dataclass(frozen=True)
class ChangeIn:
    """One agreed change as it was entered; `change` is the one that stands already."""

    what: str
    owner: StaffMember
    due_on: dt.date
    change: AgreedChange | None = None


@transaction.atomic
def agree_return(
    pupil: Pupil,
    group: MainstreamClass,
    *,
    by: Any,
    helps: str = "",
    first_lesson: str = "",
    exit_plan: str = "",
    changes: Sequence[ChangeIn] = (),
    seen: int | None = None,
) -> ClassReturn:
    """Keep what helps, how the first lesson begins, the way out, and what the classroom changes.

    A change that is no longer among `changes` ends; it is kept. `seen` is the version its author began from:
    Conflict if somebody saved another since. A new version is unread by every teacher.
    """
    lines = [line.strip() for line in helps.splitlines() if line.strip()]
    if len(lines) > LINES:
        raise Refused(f"Keep what helps to {LINES} lines: a teacher reads it on the way to the room.")
    now = timezone.now()
    of = {"school_id": pupil.school_id, "pupil": pupil, "mainstream_class": group}
    first = ClassReturn(**of, version=0, saved_at=now, saved_by=by)
    ClassReturn.objects.bulk_create([first], ignore_conflicts=True)
    held = ClassReturn.objects.select_for_update(no_key=True).get(
        school=pupil.school_id, pupil=pupil, mainstream_class=group
    )
    if seen is not None and held.version != seen:
        raise Conflict(
            "Somebody has changed this since you opened the page. Nothing you entered is lost: look at what they "
            "wrote, then save again."
        )
    for each in changes:
        _refuse_an_owner_who_cannot(each, pupil)
    held.helps, held.first_lesson, held.exit_plan = "\n".join(lines), first_lesson.strip(), exit_plan.strip()
    held.version, held.saved_at, held.saved_by = held.version + 1, now, by
    held.save(update_fields=["helps", "first_lesson", "exit_plan", "version", "saved_at", "saved_by"])
    _keep_changes(held, changes, by)
    record("return.agreed", held, by=by, version=held.version)
    return held


def _refuse_an_owner_who_cannot(change: ChangeIn, pupil: Pupil) -> None:
    if not change.what.strip():
        raise Refused("Say what the classroom changes, in a few words.")
    if change.owner.school_id != pupil.school_id:
        raise Refused("Choose somebody who works at this school.")
    if change.owner.left_on is not None and change.owner.left_on <= timezone.localdate():
        raise Refused(f"{change.owner} left on {said(change.owner.left_on)}. Choose somebody else.")


def _keep_changes(held: ClassReturn, changes: Sequence[ChangeIn], by: Any) -> None:
    today = timezone.localdate()
    kept = {each.change.pk for each in changes if each.change is not None}
    open_now = AgreedChange.objects.filter(school=held.school_id, class_return=held)
    open_now.exclude(state=ChangeState.ENDED).exclude(pk__in=kept).update(
        state=ChangeState.ENDED, state_on=today, state_by=by
    )
    for each in changes:
        if each.change is None:
            AgreedChange.objects.create(
                school_id=held.school_id,
                class_return=held,
                what=each.what.strip(),
                owner=each.owner,
                due_on=each.due_on,
                state_on=today,
                state_by=by,
            )
        else:
            open_now.filter(pk=each.change.pk).update(
                what=each.what.strip(), owner=each.owner, due_on=each.due_on
            )


@transaction.atomic
def note_change(change: AgreedChange, *, by: Any, state: str) -> AgreedChange:
    """How an agreed change stands now. Saying the same again changes nothing."""
    if state not in ChangeState.values:
        raise Refused("Choose how this change stands.")
    change = AgreedChange.objects.select_for_update(no_key=True).get(school=change.school_id, pk=change.pk)
    if change.state != state:
        change.state, change.state_on, change.state_by = state, timezone.localdate(), by
        change.save(update_fields=["state", "state_on", "state_by"])
        record("change.noted", change, by=by, state=state)
    return change


def note_read(held: ClassReturn, *, by: Any) -> None:
    """This person has read what is agreed, as it stands; once for each version."""
    receipt = Receipt(school_id=held.school_id, class_return=held, version=held.version, by=by)
    Receipt.objects.bulk_create([receipt], ignore_conflicts=True)


@transaction.atomic
def note_lesson_cover(lesson: Any, *, by: Any, day: dt.date, covered_by: StaffMember | None) -> None:
    """Who takes a lesson on one day instead of its teacher; nobody takes the note back.

    Raises Refused where they are in a session of the provision then and not noted as away from it.
    """
    if covered_by is None:
        LessonCover.objects.filter(school=lesson.school_id, lesson=lesson, day=day).delete()
        record("lesson.cover_taken_back", lesson, by=by, day=str(day))
        return
    if covered_by.school_id != lesson.school_id:
        raise Refused("Choose somebody who works at this school.")
    if covered_by.left_on is not None and covered_by.left_on <= day:
        raise Refused(f"{covered_by} left on {said(covered_by.left_on)}. Choose somebody else.")
    lock_slot(lesson.school_id, lesson.period)
    label = Calendar.of(lesson.school, day, day).week_label(day)
    refuse_who_is_in_a_session(covered_by, day, label, lesson.period)
    LessonCover.objects.update_or_create(
        school_id=lesson.school_id, lesson=lesson, day=day, defaults={"covered_by": covered_by, "by": by}
    )
    record("lesson.covered", lesson, by=by, day=str(day), covered_by=covered_by.pk)
