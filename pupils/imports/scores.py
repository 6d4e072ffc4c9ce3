"""Scores of assessments from a table: one row for each score. Only scores come in, never an instrument's items."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from iap.errors import Refused
from iap.imports.kinds import Column, Kind, Row, Source, WrongCell, checked
from iap.imports.report import Counts
from iap.imports.values import Wrong, date
from pupils.actions.assessments import keep_scores
from pupils.forms.assessments import read_score
from pupils.models import Assessment, Informant, Pupil, ScoreField, Tool
from pupils.standard.tools import tools_of

from .evidence import UPN
from .who import Roll

COLUMNS = (
    UPN,
    Column("assessment", ("Assessment", "Tool", "Test", "Assessment name"), required=True),
    Column("score_name", ("Score name", "Scale", "Measure", "Strand", "Factor")),
    Column("score", ("Score", "Result", "Value"), required=True),
    Column("day", ("Assessed on", "Date", "Test date", "Date of assessment"), required=True),
    Column("view_of", ("View of", "Informant", "Completed by", "Respondent")),
)
WHO = {
    "pupil": Informant.PUPIL,
    "self": Informant.PUPIL,
    "student": Informant.PUPIL,
    "parent": Informant.FAMILY,
    "carer": Informant.FAMILY,
    "family": Informant.FAMILY,
    "teacher": Informant.TEACHER,
    "staff": Informant.STAFF,
}
Key = tuple[int, int, str, dt.date]  # pupil, tool, informant, day


@dataclass(frozen=True)
class One:
    """One score of a row."""

    key: Key
    field: ScoreField
    value: Decimal


def bring_scores(
    school: Any, source: Source, counts: Counts, tell: Callable[[int], None], *, by: Any = None
) -> None:
    """Rows of one pupil, assessment, view and day are one assessment; what is kept already is left as it is."""
    roll = Roll(school)
    tools = {tool.name.casefold(): tool for tool in tools_of(school)}
    found: dict[Key, list[tuple[Row, One]]] = {}
    for row, one in checked(source, counts, lambda row: _one(row, roll, tools)):
        found.setdefault(one.key, []).append((row, one))
    by_key = {tool.pk: tool for tool in tools.values()}
    pupils = Pupil.objects.filter(school=school).in_bulk([key[0] for key in found])
    for done, (key, rows) in enumerate(found.items(), start=1):
        pupils[key[0]].school = school
        _keep(source, counts, pupils[key[0]], by_key[key[1]], key, rows, by)
        tell(done)


def _one(row: Row, roll: Roll, tools: dict[str, Tool]) -> One:
    pupil = roll.pupil(row)
    tool = tools.get(row["assessment"].casefold())
    if tool is None:
        reason = (
            f"{row['assessment']!r} is not an assessment the school uses. The lead or the SENCO can add it."
        )
        raise WrongCell(row.title("assessment"), reason)
    fields = list(tool.fields.all())  # type: ignore[attr-defined]
    name = row["score_name"].casefold()
    of = next((each for each in fields if each.name.casefold() == name), None) if name else fields[0]
    if of is None:
        raise WrongCell(row.title("score_name"), f"{tool} has no score called {row['score_name']!r}.")
    value = row.read("score", lambda cell: _value(of, cell), required=True)
    return One((pupil, tool.pk, _informant(row, tool), row.read("day", date, required=True)), of, value)


def _value(of: ScoreField, cell: str) -> Decimal:
    number = read_score(of, cell)
    if number is None:
        raise Wrong(f"{cell!r} is not a score from {of.said(of.low)} to {of.said(of.high)}.")
    return number


def _informant(row: Row, tool: Tool) -> str:
    """Whose view it is; an assessment that asks one person only need not say."""
    said = row["view_of"].casefold().split()
    found = next((str(WHO[word]) for word in said if word in WHO), "")
    if not said and len(tool.informants) == 1:
        return str(tool.informants[0])
    if found not in tool.informants:
        raise WrongCell(row.title("view_of"), f"Say whose view it is: {tool.asked.lower()}.")
    return found


def _keep(
    source: Source, counts: Counts, pupil: Pupil, tool: Tool, key: Key, rows: list[tuple[Row, One]], by: Any
) -> None:
    scores: dict[ScoreField, Decimal] = {}
    for _, one in rows:
        if scores.setdefault(one.field, one.value) != one.value:
            reason = (
                f"Two rows say different things about {tool}, {one.field}, on that day. Keep the right one."
            )
            return _refuse(source, counts, rows, "score", reason)
    if by is None:
        return _refuse(
            source, counts, rows, "score", "Scores are kept in somebody’s name: import them while signed in."
        )
    before = Assessment.objects.filter(school=pupil.school_id, pupil=pupil).count()
    try:
        keep_scores(pupil, by=by, tool=tool, informant=key[2], day=key[3], scores=scores)
    except Refused as refusal:
        return _refuse(source, counts, rows, "score", str(refusal))
    if Assessment.objects.filter(school=pupil.school_id, pupil=pupil).count() > before:
        counts.created += len(scores)
    else:
        counts.unchanged += len(scores)
    return None


def _refuse(source: Source, counts: Counts, rows: list[tuple[Row, One]], column: str, reason: str) -> None:
    for row, _ in rows:
        counts.refuse(source.file, row.number, row.title(column), reason)


KIND = Kind("scores", COLUMNS, bring_scores, order=95, signed=True)
