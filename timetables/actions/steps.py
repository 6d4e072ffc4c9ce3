"""Publishing a step of a pupil's hybrid timetable."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Conflict, Refused
from iap.ui.moments import day as said
from pupils.models import Placement
from timetables.models import HybridStep, IapSession, StepKind, StepPlace

from .drafts import forget_draft
from .slots import PlaceIn, SlotsRefused, beside_kept_apart, check, full_sessions
from .step_days import refuse_days
from .telling import tell_teachers

ANY = object()


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
    refuse_days(placement, steps, same, kind, starts_on, today, by)
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
    forget_draft(placement)
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


def version_of(placement: Placement) -> str:
    """Names the last step published for the placement, to notice another one since."""
    last = HybridStep.objects.filter(school=placement.school_id, placement=placement).by_date().last()
    return last.version if last else ""


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
