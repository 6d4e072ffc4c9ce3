"""The governors' pack: every figure of a period as it may leave the school, with pictures and definitions."""

import datetime as dt
from collections.abc import Iterable

from iap.schools.models import School
from reporting.facts import Facts
from reporting.figures import Figure, figures_of, measures
from reporting.periods import Period
from reporting.pictures import pictures

from .document import Document, Part, told

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
        parts.append(_section(about, [each for each in figures.values() if each.measure.about == about]))
    return Document(
        kind="governors",
        title="Governors’ pack",
        provision=school.provision.name,
        school=school.name,
        about=period.words,
        made_on=made_on,
        parts=tuple(part for part in parts if not part.is_empty),
        definitions=tuple((each.label, each.definition) for each in measures()),
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
        if figure.measure.groups:
            rows += [told(each) for each in figure.groups_leaving() if each.rows or each.hidden]
    return Part(
        SECTIONS.get(about, about.capitalize()),
        figures=tuple(rows),
        charts=tuple(chart for figure in figures for chart in pictures(figure)),
    )
