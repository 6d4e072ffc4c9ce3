"""A plan is made and changed, a target is shown to go somewhere, and none is lost once something was noted of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Conflict, Refused
from iap.ui.moments import day as said
from pupils.models import Placement, Plan, Reached, Target, TargetEvidence

MOST = 6  # targets: a pupil keeps a few in mind


@dataclass(frozen=True)
class TargetIn:
    """One target as it was entered; `target` is the one that stands already, `carried_from` that of the last cycle."""

    words: str
    success: str
    provision: str
    starts_at: int
    aims_at: int
    target: Target | None = None
    carried_from: Target | None = None


@transaction.atomic
def make_plan(
    placement: Placement,
    *,
    by: Any,
    day: dt.date,
    review_on: dt.date,
    barriers: str,
    strengths: str = "",
    with_pupil: bool = False,
    with_family: bool = False,
    targets: Sequence[TargetIn],
) -> Plan:
    """Begin a cycle. Raises Refused while another is open, and for days outside of the place."""
    placement = (
        Placement.objects.select_for_update(no_key=True, of=("self",))
        .select_related("pupil")
        .get(school=placement.school_id, pk=placement.pk)
    )
    held = Plan.objects.standing().filter(school=placement.school_id, placement=placement)
    if held.filter(reviewed_on=None).exists():
        raise Refused(f"{placement.pupil.known_as} has a plan already. Review it, and the next one follows.")
    _refuse_days_outside(placement, day, review_on)
    last = held.aggregate(number=Max("number"), reviewed_on=Max("reviewed_on"))
    if last["reviewed_on"] and day < last["reviewed_on"]:
        raise Refused(
            f"The last plan was reviewed on {said(last['reviewed_on'])}. Choose that day or a later one."
        )
    _refuse_unless_some(targets)
    plan = Plan.objects.create(
        school_id=placement.school_id,
        pupil=placement.pupil,
        placement=placement,
        number=(last["number"] or 0) + 1,
        day=day,
        review_on=review_on,
        barriers=barriers.strip(),
        strengths=strengths.strip(),
        with_pupil=with_pupil,
        with_family=with_family,
        by=by,
        saved_at=timezone.now(),
    )
    _keep_targets(plan, targets)
    record("plan.made", plan, by=by, number=plan.number, review_on=str(review_on))
    return plan


@transaction.atomic
def change_plan(
    plan: Plan,
    *,
    by: Any,
    seen: str,
    day: dt.date,
    review_on: dt.date,
    barriers: str,
    strengths: str,
    with_pupil: bool = False,
    with_family: bool = False,
    targets: Sequence[TargetIn],
) -> Plan:
    """Change an open plan. `seen` is `version_of` it when its author began: Conflict if somebody saved since.

    Targets that are no longer among these are removed; Refused for one on which something was noted.
    """
    plan = locked(plan)
    if seen and seen != version_of(plan):
        raise Conflict(
            "Somebody saved this plan since you opened the page. What you typed is still below; what they saved is "
            "shown beside it. Save again to keep yours."
        )
    _refuse_days_outside(plan.placement, day, review_on)
    _refuse_unless_some(targets)
    kept = {each.target.pk for each in targets if each.target is not None}
    for target in Target.objects.filter(school=plan.school_id, plan=plan).going_on().exclude(pk__in=kept):
        _remove(target)
    before = {"review_on": str(plan.review_on), "day": str(plan.day)}
    plan.day, plan.review_on, plan.saved_at = day, review_on, timezone.now()
    plan.barriers, plan.strengths = barriers.strip(), strengths.strip()
    plan.with_pupil, plan.with_family = with_pupil, with_family
    plan.save(
        update_fields=["day", "review_on", "barriers", "strengths", "with_pupil", "with_family", "saved_at"]
    )
    _keep_targets(plan, targets)
    record("plan.changed", plan, by=by, before=before, after={"review_on": str(review_on), "day": str(day)})
    return plan


@transaction.atomic
def end_target(target: Target, *, by: Any, why: str) -> Target:
    """A target is no longer worked on; it stays with its evidence. Ending it twice changes nothing."""
    if not (why := why.strip()):
        raise Refused("Say in a few words why it ends.")
    plan = locked(target.plan)
    target = _still_there(plan, target)
    if target.goes_on:
        target.ended_on, target.ended_by, target.ended_why = timezone.localdate(), by, why[:200]
        target.save(update_fields=["ended_on", "ended_by", "ended_why"])
        record("target.ended", plan, by=by, target=target.pk, why=target.ended_why)
    return target


@transaction.atomic
def note_evidence(
    target: Target, *, by: Any, day: dt.date, reached: int | None = None, text: str = ""
) -> TargetEvidence:
    """Keep what shows how a target is going: a step, a few words, or both."""
    plan = locked(target.plan)
    target = _still_there(plan, target)
    text = text.strip()
    if reached is None and not text:
        raise Refused("Choose a step, or write what you saw.")
    if reached is not None and reached not in Reached.values:
        raise Refused("Choose one of the five steps.")
    if not target.goes_on:
        raise Refused(f"This target ended on {said(target.ended_on)}.")
    if day < plan.day:
        raise Refused(f"The plan began on {said(plan.day)}. Choose that day or a later one.")
    if day > timezone.localdate():
        raise Refused("Choose today or an earlier day.")
    return TargetEvidence.objects.create(
        school_id=plan.school_id,
        pupil_id=plan.pupil_id,
        target=target,
        day=day,
        by=by,
        reached=reached,
        text=text,
    )


def version_of(plan: Plan) -> str:
    """Names what was last saved, to notice somebody else."""
    return f"{plan.saved_at.timestamp():.6f}"


def locked(plan: Plan) -> Plan:
    """The plan, held until the transaction ends. Raises Refused once its review is held."""
    plan = (
        Plan.objects.select_for_update(no_key=True, of=("self",))
        .select_related("placement__pupil", "pupil")
        .get(school=plan.school_id, pk=plan.pk)
    )
    if not plan.stands:
        raise Refused("This plan was entered in error, so it stays as it is.")
    if plan.reviewed_on is not None:
        raise Refused(f"This plan was reviewed on {said(plan.reviewed_on)} and is kept as it was.")
    return plan


def _still_there(plan: Plan, target: Target) -> Target:
    """The target as it stands. Raises Refused where it was removed meanwhile: nothing had been noted on it."""
    held = Target.objects.filter(school=plan.school_id, plan=plan, pk=target.pk).first()
    if held is None:
        raise Refused(f"“{target.words}” was removed from the plan meanwhile. Copy what you wrote.")
    return held


def _refuse_days_outside(placement: Placement, day: dt.date, review_on: dt.date) -> None:
    if day < placement.starts_on:
        raise Refused(
            f"{placement.pupil.known_as}’s place began on {said(placement.starts_on)}. "
            "Choose that day or a later one for the plan."
        )
    if placement.ends_on is not None and day >= placement.ends_on:
        raise Refused(f"{placement.pupil.known_as}’s place ended on {said(placement.ends_on)}.")
    if review_on <= day:
        raise Refused("The review comes after the first day. Choose a later day.")


def _refuse_unless_some(targets: Sequence[TargetIn]) -> None:
    if not targets:
        raise Refused("Write at least one target, in the pupil’s own words.")
    if len(targets) > MOST:
        raise Refused(f"Keep to {MOST} targets: a pupil keeps a few in mind. End one first.")


def _keep_targets(plan: Plan, targets: Sequence[TargetIn]) -> None:
    for position, each in enumerate(targets):
        if each.aims_at < each.starts_at:
            raise Refused(f"“{each.words}”: hope for the same step or a further one.")
        fields = {
            "position": position,
            "words": each.words.strip(),
            "success": each.success.strip(),
            "provision": each.provision.strip(),
            "starts_at": each.starts_at,
            "aims_at": each.aims_at,
        }
        if each.target is None:
            Target.objects.create(
                school_id=plan.school_id, plan=plan, carried_from=each.carried_from, **fields
            )
        else:
            Target.objects.filter(school=plan.school_id, plan=plan, pk=each.target.pk).update(**fields)


def _remove(target: Target) -> None:
    """Take a target out of a plan. It must have nothing noted on it, and not come from an earlier cycle."""
    noted = TargetEvidence.objects.filter(school=target.school_id, target=target).count()
    if noted or target.outcomes.exists():  # type: ignore[attr-defined]
        raise Refused(
            f"“{target.words}” has something noted on it, so it is not removed. "
            "End it instead: it stays with what was noted."
        )
    if target.carried_from_id is not None:
        raise Refused(f"“{target.words}” comes from the last cycle. End it instead, and say why.")
    target.delete()
