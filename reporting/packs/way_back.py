"""The way back on paper: what the page of that name tells, for those inside the school."""

import datetime as dt

from iap.ui.charts import Chart
from reporting.facts import Facts
from reporting.figures import Figure, measures
from reporting.periods import Kind, Period
from reporting.reintegration.report import Report, report

from .document import Document, Part, Table, Told, told

CAUTIONS = (
    "Nobody is named, but some numbers are of one or two pupils: this stays inside the school.",
    "Pupils join at a hard moment, and different speeds are expected. A step back is part of the plan.",
)


def document(facts: Facts, period: Period, *, made_on: dt.date) -> Document:
    """Of the places that began in the period, as far as they have come by today."""
    found = report(facts, period)
    of = found.figures
    return Document(
        kind="way-back",
        title="The way back",
        provision=facts.school.provision.name,
        school=facts.school.name,
        about=f"Places that began in {period.name}" if period.kind == Kind.YEAR else period.name,
        made_on=made_on,
        parts=(
            _time(found),
            _part("Steps by term", of["way-back-steps"], found.steps),
            _part("Does it last?", of["way-back-lasting"], found.sustained),
            _part("Lessons, by subject", of["way-back-by-subject"], found.subjects),
            _part("Lessons, by time of day", of["way-back-by-period"], found.periods),
        ),
        definitions=tuple((each.label, each.definition) for each in measures("way-back")),
        cautions=CAUTIONS,
        confidential=True,
    )


def _time(found: Report) -> Part:
    rows = tuple((each.label, len(each.times), found.places, each.middle) for each in found.marks)
    return Part(
        "How long it takes",
        figures=tuple(told(each.figure) for each in found.marks),
        charts=tuple(each.chart for each in found.marks if each.chart is not None),
        tables=(Table("How many have come to it", ("Mark", "Places", "Of", "How long it took"), rows),),
    )


def _part(heading: str, figure: Figure, chart: Chart | None) -> Part:
    """A figure and its picture; nothing where nothing is counted yet."""
    figures: tuple[Told, ...] = (told(figure),) if figure.rows else ()
    return Part(heading, figures=figures, charts=(chart,) if chart is not None else ())
