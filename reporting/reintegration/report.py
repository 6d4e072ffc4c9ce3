"""The reintegration report: how long the way back takes, how it goes by term, and whether it lasts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from iap.ui import words
from iap.ui.charts import Parts, Survival
from iap.ui.charts.bars import Row
from iap.ui.words import plural
from pupils.models import Placement
from reporting.facts import Facts
from reporting.periods import Span
from reporting.survival import Curve, curve_of
from timetables.models import StepKind

from . import lessons
from .charts import survival_chart
from .lasting import sustained
from .ways import Mark, Way, ways

LABELS = {Mark.FIRST: "First lesson back", Mark.HALF: "Half of the week", Mark.FULL: "Full return"}
KINDS = (StepKind.FORWARD, StepKind.HOLD, StepKind.BACK)
STEP_FILLS = ("iap-f", "sand-t", "plum-t")
TERMS = 9  # as many as a picture holds


@dataclass(frozen=True)
class Reached:
    """One mark of the way: how many have reached it, and how long that took."""

    mark: Mark
    curve: Curve
    chart: Survival | None

    @property
    def label(self) -> str:
        return LABELS[self.mark]

    @property
    def times(self) -> list[float]:
        return [stay.time for stay in self.curve.stays if stay.reached]

    @property
    def said(self) -> str:
        """9 of 14 pupils"""
        return f"{len(self.times)} of {plural(len(self.curve.stays), 'place')}"

    @property
    def middle(self) -> str:
        """Of those who have: never of all, who may need longer."""
        if not self.times:
            return "No way has come to this yet."
        weeks = median(self.times)
        said = "on the first day" if weeks == 0 else f"{weeks:.1f} school weeks".replace(".0 ", " ")
        return (
            f"Of those, the middle one took {said}."
            if weeks
            else f"Of those, the middle one was there {said}."
        )


@dataclass(frozen=True)
class Report:
    """What the page holds. Nobody's name."""

    places: int
    marks: tuple[Reached, ...]
    steps: Parts | None
    sustained: Parts | None
    subjects: Parts | None
    periods: Parts | None

    @property
    def drawn(self) -> bool:
        return any(each.chart for each in self.marks)


def report(facts: Facts, span: Span | None) -> Report:
    """Of the places that began within the span, or of all there were."""
    placements = [
        place
        for place in facts.placements
        if place.starts_on <= facts.today and (span is None or place.starts_on in span)
    ]
    found = ways(facts, placements)
    return Report(
        places=len(found),
        marks=tuple(_reached(mark, found, facts) for mark in Mark),
        steps=_steps(facts, placements),
        sustained=sustained(facts, placements),
        **_lessons(facts, placements),
    )


def _reached(mark: Mark, found: Sequence[Way], facts: Facts) -> Reached:
    curve = curve_of(way.followed(mark, facts.calendar) for way in found)
    return Reached(mark, curve, survival_chart(mark, curve))


def _steps(facts: Facts, placements: Sequence[Placement]) -> Parts | None:
    """Steps that began in each of the last terms, of these places."""
    mine = {place.pk for place in placements}
    begun = [
        step
        for steps in facts.steps.values()
        for step in steps
        if step.placement_id in mine and step.starts_on <= facts.today
    ]
    terms = [term for term in facts.periods.terms if term.first <= facts.today][-TERMS:]
    rows = []
    for term in terms:
        counted = Counter(step.kind for step in begun if step.starts_on in term)
        rows.append(Row(_term(term), tuple(counted[kind] for kind in KINDS)))
    total = [int(sum((row.values or ())[n] for row in rows)) for n in range(len(KINDS))]
    if not sum(total):
        return None
    forward, hold, back = total
    return Parts(
        title=f"{plural(forward, 'step')} forward, {plural(hold, 'hold')}, {plural(back, 'step')} back",
        desc="Steps of hybrid timetables by the term in which they began. A step back is part of the plan.",
        rows=tuple(rows),
        series=tuple((words.step(kind).label, css) for kind, css in zip(KINDS, STEP_FILLS, strict=True)),
        category="Term",
        shares=False,
    )


def _term(term: Span) -> str:
    """Autumn 26, where the name holds no year of its own."""
    name = term.name.removesuffix(" term")
    return name if any(letter.isdigit() for letter in name) else f"{name} {term.last:%y}"


def _lessons(facts: Facts, placements: Sequence[Placement]) -> dict[str, Parts | None]:
    pupils = {place.pupil_id for place in placements}
    first = min((place.starts_on for place in placements), default=facts.today)
    seen = lessons.seen(facts.school, pupils, first, facts.today)
    return {"subjects": lessons.by_subject(seen), "periods": lessons.by_period(seen)}
