"""Interventions of one pupil: begun, planned longer, ended, measured, and sessions logged by hand."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.models import StaffMember
from iap.ui.moments import day as said
from iap.ui.typed import tidied
from iap.ui.words import plural
from pupils.models import Ending, Extension, GivenSession, Intervention, Need, Programme, Pupil, Score

from .days import locked, place_on
from .entries import keep


@transaction.atomic
def start_intervention(
    pupil: Pupil,
    *,
    by: Any,
    programme: Programme,
    day: dt.date,
    planned: int,
    deliverer: StaffMember | None = None,
    delivered_by: str = "",
    in_group: bool = False,
    until: dt.date | None = None,
    cost: Decimal | None = None,
    need: Need | None = None,
    entry: Score | None = None,
    aim: str = "",
) -> Intervention:
    """The pupil is on a programme from a day on. Raises Refused where day, programme or person cannot be."""
    pupil = locked(pupil)
    programme = Programme.objects.select_for_update(of=("self",)).get(school=pupil.school_id, pk=programme.pk)
    if programme.valid_to is not None:
        raise Refused(f"{programme} is not offered any longer. Choose another programme.")
    place_on(pupil, day)
    if until is not None and until < day:
        raise Refused("The last day cannot come before the first.")
    _refuse_who_cannot(deliverer, delivered_by, pupil, day)
    _refuse_of_somebody_else(pupil, need, entry)
    on_it = Intervention.objects.filter(school=pupil.school_id, pupil=pupil, programme=programme)
    if (held := on_it.standing().filter(ended_on=None).first()) is not None:
        raise Refused(
            f"{pupil.known_as} is on {programme} since {said(held.day)}. Plan that one longer instead."
        )
    begun = Intervention.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        by=by,
        day=day,
        programme=programme,
        need=need,
        aim=tidied(aim)[:200],
        deliverer=deliverer,
        delivered_by="" if deliverer else tidied(delivered_by)[:120],
        in_group=in_group,
        planned=planned,
        until=until,
        cost=cost,
        entry=entry,
    )
    record("intervention.started", begun, by=by, programme=programme.name)
    return begun


def _refuse_who_cannot(adult: StaffMember | None, outside: str, pupil: Pupil, day: dt.date) -> None:
    if adult is None:
        if not tidied(outside):
            raise Refused("Choose who gives it, or name somebody from outside.")
        return
    if adult.school_id != pupil.school_id:
        raise Refused("Choose somebody who works at this school.")
    if adult.left_on is not None and adult.left_on <= day:
        raise Refused(f"{adult} left on {said(adult.left_on)}. Choose somebody else.")


def _refuse_of_somebody_else(pupil: Pupil, need: Need | None, *scores: Score | None) -> None:
    if need is not None and need.pupil_id != pupil.pk:
        raise Refused("Choose a need of this pupil.")
    if any(score is not None and score.assessment.pupil_id != pupil.pk for score in scores):
        raise Refused("Choose a score of this pupil.")


def _refuse_an_odd_pair(entry: Score | None, exit: Score | None) -> None:
    if entry is None or exit is None:
        return
    if entry.field_id != exit.field_id or entry.assessment.informant != exit.assessment.informant:
        raise Refused("Before and after must be the same score by the same person’s view.")
    if exit.assessment.day <= entry.assessment.day:
        raise Refused("The score after must be later than the one before.")


@transaction.atomic
def extend(
    intervention: Intervention, *, by: Any, planned: int, why: str, until: dt.date | None = None
) -> Intervention:
    """Plan more sessions or a later last day, and say why; what was planned before stays in the history."""
    held = _open(intervention)
    why = tidied(why)[:200]
    if not why:
        raise Refused("Say why it goes on, in a few words.")
    later = until is not None and (held.until is None or until > held.until)
    if planned < held.planned or (planned == held.planned and not later):
        raise Refused(
            f"{plural(held.planned, 'session is', 'sessions are')} planned now. Plan more, or a later day."
        )
    if until is not None and until < held.day:
        raise Refused("The last day cannot come before the first.")
    Extension.objects.create(
        school_id=held.school_id,
        intervention=held,
        planned_before=held.planned,
        planned=planned,
        until_before=held.until,
        until=until or held.until,
        why=why,
        by=by,
    )
    held.planned, held.until = planned, until or held.until
    held.save(update_fields=["planned", "until"])
    record("intervention.extended", held, by=by, planned=planned)
    return held


@transaction.atomic
def end_intervention(
    intervention: Intervention,
    *,
    by: Any,
    day: dt.date,
    ending: str,
    words: str = "",
    exit: Score | None = None,
) -> Intervention:
    """Its last day, how it ended, and the score it is looked at by. What stops early says why."""
    held = _open(intervention)
    words = tidied(words)[:300]
    if day < held.day:
        raise Refused(f"It began on {said(held.day)}. Choose that day or a later one.")
    if day > timezone.localdate():
        raise Refused("That day has not come yet. Choose today or an earlier day.")
    if ending not in Ending.values:
        raise Refused("Say whether it was completed or stops early.")
    if ending == Ending.EARLY and not words:
        raise Refused("Say why it stops early, in a few words.")
    _refuse_of_somebody_else(held.pupil, None, exit)
    _refuse_an_odd_pair(held.entry, exit)
    held.ended_on, held.ending, held.ended_words, held.exit = day, ending, words, exit
    held.save(update_fields=["ended_on", "ending", "ended_words", "exit"])
    record("intervention.ended", held, by=by, day=str(day), ending=ending)
    return held


@transaction.atomic
def measure(intervention: Intervention, *, by: Any, entry: Score | None, exit: Score | None) -> Intervention:
    """Which scores stand for before and after, also once it has ended: scores often come later."""
    held = _standing(intervention)
    _refuse_of_somebody_else(held.pupil, None, entry, exit)
    _refuse_an_odd_pair(entry, exit)
    held.entry, held.exit = entry, exit
    held.save(update_fields=["entry", "exit"])
    record("intervention.measured", held, by=by)
    return held


def log_given(
    intervention: Intervention, *, by: Any, entry: UUID, day: dt.date, at: dt.datetime, here: bool
) -> GivenSession:
    """A session was given that stands in no register: the pupil took part, or was not there."""
    if not intervention.stands:
        raise Refused("This was entered in error, so nothing can be logged for it.")
    if day < intervention.day:
        raise Refused(f"It began on {said(intervention.day)}. Choose that day or a later one.")
    if intervention.ended_on is not None and day > intervention.ended_on:
        raise Refused(f"It ended on {said(intervention.ended_on)}. Choose that day or an earlier one.")
    given = GivenSession(
        school_id=intervention.school_id,
        pupil=intervention.pupil,
        by=by,
        entry=entry,
        day=day,
        at=at,
        intervention=intervention,
        here=here,
    )
    return keep(given, intervention.pupil)


def _standing(intervention: Intervention) -> Intervention:
    held = (
        Intervention.objects.select_for_update(of=("self",))
        .select_related("pupil", "programme")
        .get(school=intervention.school_id, pk=intervention.pk)
    )
    if not held.stands:
        raise Refused("This was entered in error, so it stays as it was.")
    return held


def _open(intervention: Intervention) -> Intervention:
    held = _standing(intervention)
    if held.ended_on is not None:
        raise Refused(f"This ended on {said(held.ended_on)}.")
    return held
