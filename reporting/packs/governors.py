"""The governors' pack: every figure of a period as it may leave the school, with pictures and definitions."""

import datetime as dt
import inspect
from collections.abc import Iterable, Iterator, Mapping

from iap.schools.models import School
from reporting import fairness
from reporting.facts import Facts
from reporting.figures import Figure, figures_of, measures
from reporting.measures.fairness import COLUMNS, LABELS
from reporting.periods import Period
from reporting.pictures import pictures

from .document import Document, Part, Table, told

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
NOT_TOLD = "not shown"
SUPPRESSED = (
    "Counts of fewer than five pupils are not told, nor any number from which they could be worked out."
)
NO_CAUSE = (
    "Pupils join at a hard moment, so that some improvement would be likely anyway. Nothing here says why."
)


def document(facts: Facts, period: Period, *, made_on: dt.date) -> Document:
    """Everything in it has been through suppression."""
    school: School = facts.school
    figures = figures_of(facts, period)
    parts = [_at_a_glance(figures.values())]
    for about in dict.fromkeys([*SECTIONS, *(each.measure.about for each in figures.values())]):
        if about == "fairness":
            parts.append(_fairness(figures))
        else:
            parts.append(_section(about, [each for each in figures.values() if each.measure.about == about]))
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


def _at_a_glance(figures: Iterable[Figure]) -> Part:
    return Part(
        "At a glance", figures=tuple(told(each.leaving()) for each in figures if each.measure.headline)
    )


def _section(about: str, figures: list[Figure]) -> Part:
    """Its figures, those with groups also by group, and what can be drawn of them."""
    rows = []
    for figure in figures:
        rows.append(told(figure.leaving()))
        if figure.measure.groups and figure.key not in DRAWN:
            rows += [told(each) for each in figure.groups_leaving() if each.rows or each.hidden]
    return Part(
        SECTIONS.get(about, about.capitalize()),
        figures=tuple(rows),
        charts=tuple(chart for figure in figures for chart in pictures(figure)),
    )


def _fairness(figures: Mapping[str, Figure]) -> Part:
    """One table, in which no column gives away what another hides."""
    rows = [
        (
            f"{line.characteristic}: {line.group}",
            *map(_share, (line.roll, line.referred, line.placed)),
            _count(line),
        )
        for line in fairness.table(figures)
    ]
    head = ("Group", *LABELS.values())
    tables = (Table("Shares of each group", head, tuple(rows)),) if rows else ()
    return Part(SECTIONS["fairness"], tables=tables)


def _share(cell: fairness.Cell) -> str:
    return NOT_TOLD if cell.percent is None else f"{cell.percent}%"


def _count(line: fairness.Line) -> str:
    if line.returned.count is None or line.placed.count is None:
        return NOT_TOLD
    return f"{line.returned.count} of {line.placed.count}"


def _definitions() -> Iterator[tuple[str, str]]:
    """Each figure once; of who gets a place each column, since its groups are counted alike."""
    for each in measures():
        if each.about != "fairness":
            yield each.label, each.definition
    for name, chosen in COLUMNS.items():
        yield (
            f"{SECTIONS['fairness']}: {LABELS[name].lower()}",
            " ".join((inspect.getdoc(chosen) or "").split()),
        )
