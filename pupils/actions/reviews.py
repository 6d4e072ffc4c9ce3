"""A review is prepared section by section, held once, and put right beside what it said. A next cycle follows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Conflict, Refused
from iap.ui.moments import day as said
from pupils.models import Plan, PupilsWay, Review, ReviewCorrection, Target, TargetOutcome, Then
from pupils.plans import usual_review
from pupils.review.gathered import Part, as_kept
from pupils.review.reading import correctable, steps_now
from pupils.review.sections import BY_SLUG, Content, contents, digest, keep

from .plans import TargetIn, make_plan


@transaction.atomic
def save_review(
    plan: Plan, *, by: Any, written: Mapping[str, Content], seen: Mapping[str, str]
) -> tuple[Review, list[str]]:
    """Keep what was written in these sections. Returns the review, and the sections that somebody else changed.

    `seen` names each section's content as it was when the page was opened. A section nobody else touched is kept; one
    that two people changed is left as the first kept it, to be shown beside what the second typed.
    """
    plan = locked(plan)
    review, targets = draft_of(plan, by), targets_of(plan)
    kept, clashes = contents(review, targets), []
    for slug, content in written.items():
        now, new = digest(kept[slug]), digest(content)
        if new in (now, seen.get(slug)):
            continue  # the same is kept already, or nothing was typed here
        if seen.get(slug, now) != now:
            clashes.append(slug)
        else:
            keep(review, BY_SLUG[slug], content, targets)
            review.saved_at, review.saved_by = timezone.now(), by
    review.save(update_fields=["saved_at", "saved_by"])
    return review, clashes


@transaction.atomic
def hold_review(
    plan: Plan, *, by: Any, facts: Sequence[Part] = (), next_cycle: bool = True
) -> tuple[Review, Plan | None]:
    """The review was held: it stands from now on, with the facts that were gathered for it.

    With `next_cycle` the next plan begins with what was decided.

    Raises Refused naming all that is missing, and for a review that was held already.
    """
    plan = locked(plan)
    review, targets = draft_of(plan, by), targets_of(plan)
    if missing := what_is_missing(plan, review, targets):
        raise Refused(*missing)
    review.held_at, review.held_by, review.facts = timezone.now(), by, as_kept(facts)
    review.save(update_fields=["held_at", "held_by", "facts"])
    plan.reviewed_on = review.day
    plan.save(update_fields=["reviewed_on"])
    record("review.held", review, by=by, plan=plan.number, day=str(review.day))
    follows = next_cycle and any(each.then != Then.END for each in outcomes_of(review))
    begun = Plan.objects.open().filter(school=plan.school_id, placement=plan.placement_id).exists()
    return review, begin_next_cycle(review, by=by) if follows and not begun else None


@transaction.atomic
def begin_next_cycle(review: Review, *, by: Any) -> Plan:
    """The plan after a held review: targets carried on from where they stand, changed in their words, or left out."""
    review = Review.objects.select_related("plan__placement__pupil").get(
        school=review.school_id, pk=review.pk
    )
    if not review.is_held or not review.stands:
        raise Refused("Hold the review first; the next cycle follows from it.")
    plan = review.plan
    outcomes = [each for each in outcomes_of(review) if each.then != Then.END]
    if not outcomes:
        raise Refused("Every target has done its work. Write the next plan with new ones.")
    steps = steps_now(outcomes)
    return make_plan(
        plan.placement,
        by=by,
        day=review.day,
        review_on=usual_review(plan.placement.pupil.school, review.day),
        barriers=plan.barriers,
        strengths=plan.strengths,
        targets=[_carried(each, steps[each.target_id]) for each in outcomes],
    )


@transaction.atomic
def correct_review(
    review: Review, *, by: Any, field: str, now: str, why: str, seen: str = ""
) -> ReviewCorrection:
    """Put right what a held review says. It stays as it was; the correction stands beside it, with who and why."""
    if not (why := why.strip()):
        raise Refused("Say in a few words why it is put right.")
    review = Review.objects.select_for_update(no_key=True, of=("self",)).get(
        school=review.school_id, pk=review.pk
    )
    if not review.is_held:
        raise Refused("This review is still being prepared: change it there.")
    says = {each.field: each.text for each in correctable(review)}
    if field not in says:
        raise Refused("Choose which part of the review is put right.")
    if seen and seen != digest({"text": says[field]}):
        raise Conflict(
            "Somebody has put this part right since you opened the page. Look at it, then save again."
        )
    if (now := now.strip()) == says[field]:
        raise Refused("That is what the review says already.")
    corrected = ReviewCorrection.objects.create(
        school_id=review.school_id, review=review, field=field, was=says[field], now=now, why=why[:200],
        by=by, at=timezone.now(),
    )  # fmt: skip
    record("review.corrected", review, by=by, field=field, why=corrected.why)
    return corrected


def what_is_missing(plan: Plan, review: Review, targets: list[Target]) -> list[str]:
    """A sentence for each thing without which a review cannot be held."""
    today, missing = timezone.localdate(), []
    if review.day > today:
        missing.append(f"The review is set for {said(review.day)}: hold it on that day, or change the day.")
    if review.day < plan.day:
        missing.append(f"The plan began on {said(plan.day)}. Choose that day or a later one for the review.")
    if not review.pupil_says and review.pupil_how != PupilsWay.NOT_NOW:
        missing.append("Write the pupil’s own words, or that they chose not to say.")
    if not review.family_how:
        missing.append("Say how the parent or carer was heard, or that they could not be reached yet.")
    decided = {each.target_id: each for each in outcomes_of(review)}
    for target in targets:
        outcome = decided.get(target.pk)
        if outcome is None or outcome.reached is None:
            missing.append(f"“{target.words}”: choose the step it has reached.")
        if outcome is None or not outcome.then:
            missing.append(f"“{target.words}”: choose what follows.")
        elif outcome.then == Then.CHANGE and not outcome.new_words:
            missing.append(f"“{target.words}”: write the changed target.")
    return missing


def targets_of(plan: Plan) -> list[Target]:
    """The targets that are reviewed: those nobody has ended before."""
    return list(Target.objects.filter(school=plan.school_id, plan=plan).going_on().in_order())


def outcomes_of(review: Review) -> list[TargetOutcome]:
    held = TargetOutcome.objects.filter(school=review.school_id, review=review)
    return list(held.select_related("target").order_by("target__position", "target"))


def review_of(plan: Plan) -> Review | None:
    """The review of a plan as it is kept, if it was begun."""
    return Review.objects.standing().filter(school=plan.school_id, plan=plan).first()


def unsaved(plan: Plan, by: Any) -> Review:
    """A review that nobody has begun yet, for its day."""
    now = timezone.now()
    return Review(
        school_id=plan.school_id,
        pupil_id=plan.pupil_id,
        plan=plan,
        day=plan.review_on,
        by=by,
        saved_at=now,
        saved_by=by,
    )


def locked(plan: Plan) -> Plan:
    """The plan, held until the transaction ends; the first to come holds the review, everybody after is told."""
    plan = (
        Plan.objects.select_for_update(no_key=True, of=("self",))
        .select_related("placement__pupil", "pupil")
        .get(school=plan.school_id, pk=plan.pk)
    )
    if not plan.stands:
        raise Refused("This plan was entered in error, so it has no review.")
    review = review_of(plan)
    if review is not None and review.is_held:
        raise Refused(
            f"This review was held on {said(review.day)} and kept by {review.held_by}. Nothing you typed is lost: "
            "copy what is missing, open the review, and choose “Put right”."
        )
    return plan


def draft_of(plan: Plan, by: Any) -> Review:
    review = review_of(plan)
    if review is None:
        review = unsaved(plan, by)
        review.save()
        record("review.begun", review, by=by, plan=plan.number)
    return review


def _carried(outcome: TargetOutcome, step: int | None) -> TargetIn:
    target, reached = outcome.target, step or outcome.target.starts_at
    return TargetIn(
        words=outcome.new_words if outcome.then == Then.CHANGE else target.words,
        success=target.success,
        provision=target.provision,
        starts_at=reached,
        aims_at=max(target.aims_at, reached),
        carried_from=target,
    )
