"""A plan as it stands: its targets with how far each has come, and who has been heard for its review."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from .models import Plan, PupilsWay, Reached, Review, Target, TargetEvidence, TargetOutcome, TeacherVoice
from .review.reading import steps_now


@dataclass
class TargetNow:
    """A target, what was noted on it, the newest first, and what its review said."""

    target: Target
    evidence: Sequence[TargetEvidence] = field(default_factory=list)
    outcome: TargetOutcome | None = None
    held: int | None = None  # the step its review says, as it was put right
    latest: int | None = None  # the step noted last, where that alone was read

    @property
    def reached(self) -> int:
        """The step it stands at: by its review, by what was noted last, or where it began."""
        noted = next((each.reached for each in self.evidence if each.reached and each.stands), None)
        return self.held or noted or self.latest or self.target.starts_at

    @property
    def word(self) -> str:
        return str(Reached(self.reached).label)

    @property
    def hoped(self) -> str:
        return str(Reached(self.target.aims_at).label)


@dataclass
class PlanNow:
    """A pupil's open plan as their page shows it."""

    plan: Plan
    targets: list[TargetNow] = field(default_factory=list)
    asked: int = 0
    answered: int = 0
    pupil_heard: bool = False
    family_heard: bool = False

    def is_due(self, day: dt.date) -> bool:
        return self.plan.review_on <= day


BESIDE = (
    "plan__uuid",
    "plan__school_id",
    "plan__placement_id",
    "plan__day",
    "plan__number",
    "plan__review_on",
)


def open_plan(pupil: Any) -> PlanNow | None:
    """The open plan with its targets and the voices that are in: one query."""
    return open_plan_in(open_targets(pupil).select_related("plan"))


def open_targets(pupil: Any) -> Any:
    """The targets of the open plan, each with what is asked of its review."""
    newest = TargetEvidence.objects.standing().filter(target=OuterRef("pk"), reached__isnull=False)
    voices = TeacherVoice.objects.filter(review__plan=OuterRef("plan"), review__in_error_at=None)
    begun = Review.objects.standing().filter(plan=OuterRef("plan"))
    return (
        Target.objects.filter(
            school=pupil.school_id, plan__pupil=pupil, plan__in_error_at=None, plan__reviewed_on=None
        )
        .annotate(
            latest=Subquery(newest.order_by("-day", "-pk").values("reached")[:1]),
            asked=_count(voices),
            answered=_count(voices.exclude(answer="")),
            pupil_heard=Exists(begun.filter(~Q(pupil_says="") | Q(pupil_how=PupilsWay.NOT_NOW))),
            family_heard=Exists(begun.exclude(family_how="")),
        )
        .in_order()
    )


def open_plan_in(rows: Iterable[Any]) -> PlanNow | None:
    found: PlanNow | None = None
    for row in rows:
        found = found or PlanNow(row.plan, [], row.asked, row.answered, row.pupil_heard, row.family_heard)
        if row.goes_on:
            found.targets.append(TargetNow(row, latest=row.latest))
    return found


def _count(rows: Any) -> Coalesce:
    counted = rows.order_by().values("review__plan").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def targets_now(plan: Plan) -> list[TargetNow]:
    """Every target of a plan, ended ones last, with what was noted and decided: four queries at most."""
    targets = list(
        Target.objects.filter(school=plan.school_id, plan=plan)
        .select_related("ended_by", "carried_from")
        .in_order()
    )
    found = {each.pk: TargetNow(each, []) for each in targets}
    noted = TargetEvidence.objects.filter(school=plan.school_id, target__in=found).select_related("by")
    for each in noted.newest_first():
        found[each.target_id].evidence.append(each)  # type: ignore[attr-defined]
    outcomes = TargetOutcome.objects.filter(
        school=plan.school_id, target__in=found, review__in_error_at=None, review__held_at__isnull=False
    )
    decided = list(outcomes.select_related("target"))
    steps = steps_now(decided)
    for outcome in decided:
        now = found[outcome.target_id]
        now.outcome, now.held = outcome, steps[outcome.target_id]
    return sorted(found.values(), key=lambda now: not now.target.goes_on)
