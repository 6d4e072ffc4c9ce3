"""The governors' pack: every figure of a period as it may leave the school, with pictures and definitions."""

import datetime as dt
import inspect
from collections.abc import Iterable, Iterator

from iap.schools.models import School
from iap.ui.charts import Chart
from reporting import fairness
from reporting.facts import Facts
from reporting.figures import Figure, Measure, figures_of, measures
from reporting.measures.fairness import COLUMNS, LABELS
from reporting.periods import Kind, Period
from reporting.pictures import pictures
from reporting.release import Release

from .document import HIDDEN, Document, Part, Table, Told, told

SECTIONS = {
    "places": "Pupils and their way back",
    "sessions": "Groups and adults",
    "waiting": "Who waits",
    "classrooms": "What the school has changed",
    "outcomes": "Before, during and after",
    "cost": "Cost",
    "fairness": "Who gets a place",
    "staff": "Staff and training",
}
DRAWN = {"group-size", "adults-present", "mainstream-by-week"}  # their groups are told by the picture

SUPPRESSED = (
    "Counts of fewer than five pupils are not told, nor any number from which they could be worked out."
)
NO_CAUSE = (
    "Pupils join at a hard moment, so that some improvement would be likely anyway. Nothing here says why."
)


def document(facts: Facts, period: Period, *, made_on: dt.date) -> Document:
    """Everything in it has been through suppression."""
    school: School = facts.school
    figures, release = figures_of(facts, period, _told()), Release(facts)
    parts = [_at_a_glance(figures.values(), release)]
    for about in dict.fromkeys([*SECTIONS, *(each.measure.about for each in figures.values())]):
        if about == "fairness":
            parts.append(_fairness(facts, period, release))
        else:
            listed = [each for each in figures.values() if each.measure.about == about]
            parts.append(_section(about, listed, release))
    return Document(
        kind="governors",
        title="Governors’ pack",
        provision=school.provision.name,
        school=school.name,
        about=period.words,
        made_on=made_on,
        parts=tuple(part for part in parts if not part.is_empty),
        definitions=tuple(_definitions()),
        cautions=(SUPPRESSED, NO_CAUSE),
    )


def _told() -> list[Measure]:
    return [each for each in measures() if each.leaves]


def _at_a_glance(figures: Iterable[Figure], release: Release) -> Part:
    headlines = (each for each in figures if each.measure.headline)
    return Part("At a glance", figures=tuple(told(release.leaving(each)) for each in headlines))


def _section(about: str, figures: list[Figure], release: Release) -> Part:
    """Its figures, those with groups also by group, and what can be drawn of them."""
    rows: list[Told] = []
    charts: list[Chart] = []
    for figure in figures:
        whole, groups = release.leaving(figure), release.parts(figure)
        rows.append(told(whole))
        charts += pictures(whole, groups)
        if figure.measure.groups and figure.key not in DRAWN:
            rows += [told(each) for each in groups if each.rows or each.hidden]
    return Part(
        SECTIONS.get(about, about.capitalize()),
        figures=tuple(rows),
        charts=tuple(charts),
    )


def _fairness(facts: Facts, period: Period, release: Release) -> Part:
    """One table, in which no column gives away what another hides. It stands still until a school year closes:
    between two packs of one year the few who came in between could be counted by group.
    """
    years = [year for year in facts.periods.past(Kind.YEAR) if not year.runs and year.last <= period.last]
    if not years:
        return Part(SECTIONS["fairness"], words=("This is told once a school year has closed.",))
    year = years[0]
    kept_in = any(release.is_withheld("full-returns", each) for each in years[:2])
    rows = [
        (
            f"{line.characteristic}: {line.group}",
            *map(_share, (line.roll, line.referred, line.placed)),
            HIDDEN if kept_in else _count(line),
        )
        for line in fairness.table(figures_of(facts, year, measures("fairness")))
    ]
    head = ("Group", *LABELS.values())
    words = f"Over the school year {year.name} and the one before, as the school’s own system has its pupils."
    tables = (Table("Shares of each group", head, tuple(rows)),) if rows else ()
    return Part(SECTIONS["fairness"], words=(words,), tables=tables)


def _share(cell: fairness.Cell) -> str:
    return HIDDEN if cell.percent is None else f"{cell.percent}%"


def _count(line: fairness.Line) -> str:
    if line.returned.count is None or line.placed.count is None:
        return HIDDEN
    return f"{line.returned.count} of {line.placed.count}"


def _definitions() -> Iterator[tuple[str, str]]:
    """Each figure once; of who gets a place each column, since its groups are counted alike."""
    for each in _told():
        if each.about != "fairness":
            yield each.label, each.definition
    for name, chosen in COLUMNS.items():
        yield (
            f"{SECTIONS['fairness']}: {LABELS[name].lower()}",
            " ".join((inspect.getdoc(chosen) or "").split()),
        )
