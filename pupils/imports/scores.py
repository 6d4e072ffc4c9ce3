"""Scores of assessments from a table: one row for each score. Only scores come in, never an instrument's items."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from iap.errors import Refused
from iap.imports.bringing import in_words
from iap.imports.intake import Intake, Row
from iap.imports.kinds import Column, Kind
from iap.imports.report import NEW, UNCHANGED
from iap.imports.values import Wrong, date
from pupils.actions.assessments import keep_scores
from pupils.forms.assessments import read_score
from pupils.models import Assessment, Informant, Pupil, Score, ScoreField, Tool
from pupils.standard.tools import tools_of

from .who import NEEDS, WHO, Roll

COLUMNS = (
    *WHO,
    Column("assessment", ("Assessment", "Tool", "Test", "Assessment name"), required=True),
    Column("score_name", ("Score name", "Scale", "Measure", "Strand", "Factor")),
    Column("score", ("Score", "Result", "Value"), required=True),
    Column("day", ("Assessed on", "Date", "Test date", "Date of assessment"), required=True, holds="date"),
    Column("view_of", ("View of", "Informant", "Completed by", "Respondent")),
)
ASKED = {
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


def bring_scores(intake: Intake) -> None:
    """Rows of one pupil, assessment, view and day are one assessment; what is kept already is left as it is."""
    roll = Roll(intake)
    tools = {tool.name.casefold(): tool for tool in tools_of(intake.school)}
    found: dict[Key, list[tuple[Row, One]]] = {}
    for row, one in intake.checked(lambda row: _one(row, roll, tools)):
        found.setdefault(one.key, []).append((row, one))
    roll.say_if_of_others(len(found))
    by_key = {tool.pk: tool for tool in tools.values()}
    pupils = Pupil.objects.filter(school=intake.school).in_bulk([key[0] for key in found])
    for key, rows in found.items():
        pupils[key[0]].school = intake.school
        _keep(intake, pupils[key[0]], by_key[key[1]], key, rows)
        intake.tell(1)


def _one(row: Row, roll: Roll, tools: dict[str, Tool]) -> One:
    pupil = roll.pupil(row)
    tool = tools.get(row["assessment"].casefold())
    if tool is None:
        reason = (
            f"“{row['assessment']}” is not an assessment the school uses. The lead or the SENCO can add it."
        )
        raise row.wrong("assessment", reason)
    fields = list(tool.fields.all())  # type: ignore[attr-defined]
    name = row["score_name"].casefold()
    of = next((each for each in fields if each.name.casefold() == name), None) if name else fields[0]
    if of is None:
        raise row.wrong("score_name", f"{tool} has no score called “{row['score_name']}”.")
    value = row.read("score", lambda cell: _value(of, cell), required=True)
    return One((pupil, tool.pk, _informant(row, tool), row.read("day", date, required=True)), of, value)


def _value(of: ScoreField, cell: str) -> Decimal:
    number = read_score(of, cell)
    if number is None:
        raise Wrong(f"“{cell}” is not a score from {of.said(of.low)} to {of.said(of.high)}.")
    return number


def _informant(row: Row, tool: Tool) -> str:
    """Whose view it is; an assessment that asks one person only need not say."""
    said = row["view_of"].casefold().split()
    found = next((str(ASKED[word]) for word in said if word in ASKED), "")
    if not said and len(tool.informants) == 1:
        return str(tool.informants[0])
    if found not in tool.informants:
        raise row.wrong("view_of", f"Say whose view it is: {tool.asked.lower()}.")
    return found


def _keep(intake: Intake, pupil: Pupil, tool: Tool, key: Key, rows: list[tuple[Row, One]]) -> None:
    scores: dict[ScoreField, Decimal] = {}
    for _, one in rows:
        if scores.setdefault(one.field, one.value) != one.value:
            said = (
                f"Two rows say different things about {tool}, {one.field}, on that day. Keep the right one."
            )
            return _refuse(intake, rows, said)
    if intake.by is None:
        return _refuse(intake, rows, "Scores are kept in somebody’s name: import them while signed in.")
    before = set(_assessments(intake, pupil).values_list("pk", flat=True))
    try:
        keep_scores(pupil, by=intake.by, tool=tool, informant=key[2], day=key[3], scores=scores)
    except Refused as refusal:
        return _refuse(intake, rows, str(refusal))
    made = list(_assessments(intake, pupil).exclude(pk__in=before).values_list("pk", flat=True))
    if made:
        of_them = Score.objects.filter(school=intake.school, assessment__in=made)
        intake.ledger.created(Assessment, made)
        intake.ledger.created(Score, of_them.values_list("pk", flat=True))
        intake.counts.created += len(scores)
    else:
        intake.counts.unchanged += len(scores)
    for row, one in rows:
        name = f"{pupil.full_name}: {tool}, {one.field}, {in_words(key[3])}"
        intake.counts.list(NEW if made else UNCHANGED, name, file=row.part.file, row=row.number)
    return None


def _assessments(intake: Intake, pupil: Pupil) -> Any:
    return Assessment.objects.filter(school=intake.school, pupil=pupil)


def _refuse(intake: Intake, rows: list[tuple[Row, One]], reason: str) -> None:
    for row, _ in rows:
        intake.refuse(row, row.wrong("score", reason))


KIND = Kind("scores", COLUMNS, bring_scores, order=95, needs=NEEDS)
