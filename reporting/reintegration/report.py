"""The reintegration report: how long the way back takes, how it goes by term, and whether it lasts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from statistics import median

from iap.ui.charts import Parts, Survival
from iap.ui.words import plural
from reporting.facts import Facts
from reporting.figures import Figure, figures_of, measures
from reporting.measures.way_back import mark_key
from reporting.periods import Kind, Period, Span
from reporting.survival import Curve, Followed, curve_of

from .charts import lasting_chart, steps_chart, survival_chart, visits_chart
from .ways import Mark


@dataclass(frozen=True)
class Reached:
    """One mark of the way: how many have reached it, and how long that took."""

    mark: Mark
    figure: Figure
    curve: Curve
    chart: Survival | None

    @property
    def label(self) -> str:
        return self.figure.label

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
    figures: Mapping[str, Figure] = field(default_factory=dict)
    steps: Parts | None = None
    sustained: Parts | None = None
    subjects: Parts | None = None
    periods: Parts | None = None

    @property
    def drawn(self) -> bool:
        return any(each.chart for each in self.marks)


def report(facts: Facts, period: Period | None) -> Report:
    """Of the places that began in the period, or of none where no place has begun."""
    if period is None:
        return Report(0, ())
    figures = figures_of(facts, period, measures("way-back"))
    marks = tuple(_reached(mark, figures[mark_key(mark)]) for mark in Mark)
    return Report(
        places=len(marks[0].figure.rows),
        marks=marks,
        figures=figures,
        steps=steps_chart(figures["way-back-steps"], _terms(facts)),
        sustained=lasting_chart(figures["way-back-lasting"]),
        subjects=visits_chart(figures["way-back-by-subject"], "Subject"),
        periods=visits_chart(figures["way-back-by-period"], "Period"),
    )


def period_of(facts: Facts, asked: str) -> Period | None:
    """The school year that is asked for by its key; without a word, or by days, all places."""
    if not asked or asked.startswith(f"{Kind.OWN}:"):
        return everything(facts)
    return next((year for year in facts.periods.past(Kind.YEAR) if year.key == asked), None)


def everything(facts: Facts) -> Period | None:
    """From the first place on; nothing while none has begun."""
    first = next((place.starts_on for place in facts.placements), facts.today)
    period = facts.periods.own(first, facts.today) if facts.placements else None
    return replace(period, name="All places so far") if period else None


def _reached(mark: Mark, figure: Figure) -> Reached:
    curve = curve_of(Followed(float(row.cells[3]), bool(row.part)) for row in figure.rows)
    return Reached(mark, figure, curve, survival_chart(mark, curve))


def _terms(facts: Facts) -> list[Span]:
    """Those that have begun, and the one after a holiday in which steps have."""
    terms = facts.periods.terms
    begun = sum(term.first <= facts.today for term in terms)
    between = bool(begun) and terms[begun - 1].last < facts.today
    return terms[: begun + between]
