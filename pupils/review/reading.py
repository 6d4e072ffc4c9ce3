"""How a held review reads: what it says, and beside it what was put right since, by whom and why."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as made

from pupils.labels import label
from pupils.models import Reached, Review, ReviewCorrection, TargetOutcome

FIELDS = ("went_well", "was_hard", "pupil_says", "family_says", "agreed")
STEPS = [Reached(number).label for number in Reached]


@dataclass(frozen=True)
class Said:
    """One part of a review. `text` is what holds now; each correction keeps what stood there before."""

    field: str
    label: str
    first: str
    corrections: Sequence[ReviewCorrection] = made(default_factory=list)

    @property
    def text(self) -> str:
        return self.corrections[-1].now if self.corrections else self.first

    @property
    def steps(self) -> list[str]:
        """What it may be put right to, where that is a step of the scale."""
        return STEPS if self.field.endswith(":reached") else []


def correctable(review: Review) -> list[Said]:
    """Every part of a held review that may be put right: two queries."""
    outcomes = TargetOutcome.objects.filter(school=review.school_id, review=review)
    held = list(outcomes.select_related("target").order_by("target__position", "target"))
    corrections = list(
        ReviewCorrection.objects.filter(school=review.school_id, review=review).select_related("by")
    )
    return parts_of(review, held, corrections)


def parts_of(
    review: Review, outcomes: Sequence[TargetOutcome], corrections: Sequence[ReviewCorrection]
) -> list[Said]:
    by_field: dict[str, list[ReviewCorrection]] = defaultdict(list)
    for each in corrections:
        by_field[each.field].append(each)
    texts = [(name, label(Review, name), getattr(review, name)) for name in FIELDS]
    for outcome in outcomes:
        step = str(Reached(outcome.reached).label) if outcome.reached else ""
        texts.append((step_field(outcome), f"{outcome.target.words}: step reached", step))
        texts.append((words_field(outcome), f"{outcome.target.words}: what shows it", outcome.words))
    return [Said(name, words, text, by_field[name]) for name, words, text in texts]


def steps_now(outcomes: Sequence[TargetOutcome]) -> dict[int, int | None]:
    """The step of each of these outcomes of one review as it holds now, put right or not, by target: one query.

    Each outcome has its target at hand.
    """
    steps = {each.target_id: each.reached for each in outcomes}
    if outcomes:
        targets = {step_field(each): each.target_id for each in outcomes}
        rows = ReviewCorrection.objects.filter(school=outcomes[0].school_id, review=outcomes[0].review_id)
        for each in rows.filter(field__in=targets):
            steps[targets[each.field]] = step_of(each.now)
    return steps


def step_field(outcome: TargetOutcome) -> str:
    return f"{outcome.target.uuid}:reached"


def words_field(outcome: TargetOutcome) -> str:
    return f"{outcome.target.uuid}:words"


def step_of(label: str) -> int | None:
    """The step that is called so."""
    return next((step.value for step in Reached if step.label == label), None)
