"""Publishing a step of a pupil's hybrid timetable."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Conflict, Refused
from iap.schools.calendar import Calendar
from iap.schools.models import Membership, Role
from iap.ui.moments import day as said
from pupils.models import Placement, Pupil
from timetables.models import (
    HybridStep,
    IapSession,
    LessonWish,
    MainstreamClass,
    StepDraft,
    StepKind,
    StepPlace,
)

from .slots import PlaceIn, SlotsRefused, beside_kept_apart, check, full_sessions
from .telling import tell_teachers

__all__ = [
    "PlaceIn",
    "SlotsRefused",
    "forget_draft",
    "note_wishes",
    "publish_step",
    "save_draft",
    "undo_step",
    "version_of",
]

ANY = object()
NEXT_OPEN = dt.timedelta(weeks=10)  # no holiday is longer


@transaction.atomic
def publish_step(
    placement: Placement,
    *,
    by: Any,
    kind: str,
    starts_on: dt.date,
    why: str,
    places: Sequence[PlaceIn],
    over_places: bool = False,
    together: bool = False,
    seen: Any = ANY,
    today: dt.date | None = None,
    pupil_view: str = "",
    told: Sequence[str] = (),
) -> HybridStep:
    """Say where the pupil is in every slot of the cycle from a day on; the step before ends there.

    The past stays as it was: a step begins today or later. Two things may begin earlier: the Start of a place
    that itself began then, and a lead's Correction within the step that holds. Publishing again from the day
    of a step that has not begun replaces it; a Correction from a step's own first day puts that step right
    and keeps its kind.

    `places` has one entry for each lesson slot of each week (others are welcome). `over_places` accepts a
    session with more pupils than places, and `together` one with a pupil from whom this one is kept apart; `why`
    then says why. `seen` is `version_of` the placement when the
    author began: Conflict if somebody has published since. `today` is the day on which this is decided; only
    imports and the demonstration, which tell what was decided earlier, name another than the present one.

    Raises SlotsRefused where single slots are the reason, otherwise Refused.
    """
    today = today or timezone.localdate()
    placement = (
        Placement.objects.select_for_update(no_key=True, of=("self",))
        .select_related("pupil", "school")
        .get(school=placement.school_id, pk=placement.pk)
    )
    if seen is not ANY and seen != version_of(placement):
        raise Conflict(
            "Somebody has published a step for this pupil since you opened this page. Nothing you entered is "
            "lost: look at the new step, then publish again."
        )
    why = why.strip()
    if not why:
        raise Refused("Say what changed and why, in a few words.")
    steps = list(HybridStep.objects.filter(school=placement.school_id, placement=placement).by_date())
    same = next((step for step in steps if step.starts_on == starts_on), None)
    _refuse_days(placement, steps, same, kind, starts_on, today, by)
    places = _with_locked_sessions(placement, places)
    check(placement, places, starts_on)
    _refuse_what_needs_a_word(placement, places, starts_on, over_places=over_places, together=together)
    step = _put_right(same, by, kind, why) if same else _begin(placement, steps, by, kind, starts_on, why)
    step.pupil_view, step.told = pupil_view.strip(), list(told)
    step.save(update_fields=["pupil_view", "told"])
    StepPlace.objects.bulk_create(_row(step, each) for each in places)
    record(
        "step.put_right" if same else "step.published",
        step,
        by=by,
        kind=kind,
        starts_on=str(starts_on),
        over_places=over_places,
        together=together,
    )
    StepDraft.objects.filter(school=placement.school_id, placement=placement).delete()
    if "teachers" in step.told:
        tell_teachers(step)
    return step


@transaction.atomic
def undo_step(step: HybridStep, *, by: Any, today: dt.date | None = None) -> None:
    """Take back a step that has not begun; the week before it goes on. Its history is kept.

    Raises Refused once it has begun: the past stays, and another step changes what comes.
    """
    placement = Placement.objects.select_for_update(no_key=True, of=("self",)).get(
        school=step.school_id, pk=step.placement_id
    )
    now = HybridStep.objects.filter(school=step.school_id, pk=step.pk).first()
    if now is None:
        raise Refused("Somebody has taken this step back already.")
    if now.starts_on <= (today or timezone.localdate()):
        raise Refused(
            f"The step from {said(now.starts_on)} has begun. Publish another step to change the week."
        )
    steps = list(HybridStep.objects.filter(school=placement.school_id, placement=placement).by_date())
    if steps[-1].pk != now.pk:
        raise Refused("A later step is published. Take that one back first.")
    record("step.undone", now, by=by, kind=now.kind, starts_on=str(now.starts_on))
    now.delete()
    if len(steps) > 1 and steps[-2].ends_on == now.starts_on:
        steps[-2].ends_on = None
        steps[-2].save(update_fields=["ends_on"])


def save_draft(placement: Placement, *, by: Any, fields: dict[str, list[str]]) -> StepDraft:
    """Keep a step as it was left, to be taken up again; it changes nobody's week. The last one saved stands."""
    draft, _ = StepDraft.objects.update_or_create(
        school_id=placement.school_id, placement=placement, defaults={"fields": fields, "saved_by": by}
    )
    return draft


@transaction.atomic
def note_wishes(placement: Placement, *, by: Any, classes: Iterable[MainstreamClass]) -> None:
    """Keep which lessons the pupil asks for, as they say it now."""
    asked = {each.pk: each for each in classes}
    pupil = Pupil.objects.select_for_update(no_key=True).get(
        school=placement.school_id, pk=placement.pupil_id
    )
    held = LessonWish.objects.filter(school=placement.school_id, pupil=pupil)
    known = set(held.values_list("mainstream_class", flat=True))
    if known == asked.keys():
        return
    held.exclude(mainstream_class__in=asked).delete()
    LessonWish.objects.bulk_create(
        LessonWish(school_id=placement.school_id, pupil=pupil, mainstream_class=each, said_to=by)
        for pk, each in asked.items()
        if pk not in known
    )
    record("lessons.asked_for", pupil, by=by, classes=sorted(each.name for each in asked.values()))


def forget_draft(placement: Placement) -> None:
    StepDraft.objects.filter(school=placement.school_id, placement=placement).delete()


def version_of(placement: Placement) -> str:
    """Names the last step published for the placement, to notice another one since."""
    last = HybridStep.objects.filter(school=placement.school_id, placement=placement).by_date().last()
    return last.version if last else ""


def _refuse_days(
    placement: Placement,
    steps: list[HybridStep],
    same: HybridStep | None,
    kind: str,
    starts_on: dt.date,
    today: dt.date,
    by: Any,
) -> None:
    name = placement.pupil.known_as
    if kind not in StepKind.values:
        raise Refused("Choose what kind of step this is.")
    if starts_on < placement.starts_on:
        raise Refused(
            f"{name}’s place begins on {said(placement.starts_on)}. Choose that day or a later one."
        )
    if placement.ends_on is not None and starts_on >= placement.ends_on:
        raise Refused(f"{name}’s place ends on {said(placement.ends_on)}. Choose an earlier day.")
    if same is None:
        _refuse_a_closed_day(placement, starts_on)
    first = not steps or (same is not None and same == steps[0])
    if kind != StepKind.START and (not steps or (first and kind != StepKind.CORRECTION)):
        raise Refused("The first step of a place is its start. Choose “Start”.")
    if not first and kind == StepKind.START:
        raise Refused(
            "This place has started already. Choose a step forward, hold, a step back or a correction."
        )
    later = next((step for step in steps if step.starts_on > starts_on), None)
    if later is not None:
        raise Refused(
            f"A step from {said(later.starts_on)} is already published. Publish from that day to replace it, "
            "or choose a later day."
        )
    if kind == StepKind.CORRECTION:
        _refuse_a_correction(placement, starts_on, today, by)
    elif starts_on < today and not (not steps and starts_on == placement.starts_on):
        raise Refused("A step never rewrites the past. Choose today or a later day.")
    elif same is not None and starts_on <= today:
        raise Refused(
            f"A step from {said(starts_on)} already holds. Put it right with a correction, "
            "or choose a later day."
        )


def _refuse_a_closed_day(placement: Placement, starts_on: dt.date) -> None:
    """A step begins on a school day; a place that itself begins in a closure may begin with it."""
    if starts_on == placement.starts_on:
        return
    calendar = Calendar.of(placement.school, starts_on, starts_on + NEXT_OPEN)
    if calendar.is_open(starts_on):
        return
    after = calendar.first_open_after(starts_on)
    if after is None:
        raise Refused(
            f"The calendar has no school day on {said(starts_on)} or soon after it. Choose an earlier day, or add "
            "the weeks to the calendar first."
        )
    reason = calendar.closures.get(starts_on)
    raise Refused(
        f"The school is closed on {said(starts_on)}{f' ({reason})' if reason else ''}. "
        f"Choose a school day, such as {said(after)}."
    )


def _refuse_a_correction(placement: Placement, starts_on: dt.date, today: dt.date, by: Any) -> None:
    if starts_on >= today:
        return
    if not Membership.objects.filter(school=placement.school_id, user=by, role=Role.LEAD).exists():
        raise Refused(
            "Only the lead of the provision corrects days that are past. Choose today or a later day."
        )


def _refuse_what_needs_a_word(
    placement: Placement, places: Sequence[PlaceIn], day: dt.date, *, over_places: bool, together: bool
) -> None:
    """What may be, if it is meant: a session over its places, or with both of two who are kept apart."""
    full = {} if over_places else full_sessions(placement, places, day)
    beside = {} if together else beside_kept_apart(placement, places, day)
    sentences = {key: " ".join(filter(None, (full.get(key), beside.get(key)))) for key in (*full, *beside)}
    if not sentences:
        return
    accepts = [
        words for words, held in (("over the places", full), ("together all the same", beside)) if held
    ]
    another = "another" if len(sentences) == 1 else "others"
    more = f"Choose {another}, or say {' and '.join(f'“{words}”' for words in accepts)} and why."
    raise SlotsRefused(
        sentences, f"{' '.join(sentences.values())} {more}", full=bool(full), together=bool(beside)
    )


def _with_locked_sessions(placement: Placement, places: Sequence[PlaceIn]) -> list[PlaceIn]:
    """The places with their sessions as they are now, held so that no two pupils take the last place."""
    ids = {each.session.pk for each in places if each.session is not None}
    held = IapSession.objects.select_for_update(no_key=True).filter(school=placement.school_id, pk__in=ids)
    now = {session.pk: session for session in held.order_by("pk")}
    return [
        replace(each, session=now.get(each.session.pk, each.session)) if each.session else each
        for each in places
    ]


def _begin(
    placement: Placement, steps: list[HybridStep], by: Any, kind: str, starts_on: dt.date, why: str
) -> HybridStep:
    if steps:
        last = steps[-1]
        if last.ends_on is None or last.ends_on > starts_on:
            last.ends_on = starts_on
            last.save(update_fields=["ends_on"])
    return HybridStep.objects.create(
        school_id=placement.school_id,
        placement=placement,
        pupil=placement.pupil,
        kind=kind,
        starts_on=starts_on,
        why=why,
        by=by,
    )


def _put_right(step: HybridStep, by: Any, kind: str, why: str) -> HybridStep:
    step.places.all().delete()  # type: ignore[attr-defined]
    if kind != StepKind.CORRECTION:
        step.kind = kind
    step.why, step.by, step.made_at = why, by, timezone.now()
    step.save(update_fields=["kind", "why", "by", "made_at"])
    return step


def _row(step: HybridStep, each: PlaceIn) -> StepPlace:
    return StepPlace(
        school_id=step.school_id,
        step=step,
        week=each.week,
        period=each.period,
        place=each.place,
        session=each.session,
        provider=each.provider.strip(),
    )
