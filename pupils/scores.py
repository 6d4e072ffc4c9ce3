"""The scores of a pupil over time: one course for each score and each person's view of it."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from iap.ui.moments import day as said

from .models import Informant, Score, ScoreField, Tool


@dataclasses.dataclass
class Course:
    """One score by one informant, the oldest first."""

    field: ScoreField
    informant: str
    scores: list[Score] = dataclasses.field(default_factory=list)

    @property
    def tool(self) -> Tool:
        return self.field.tool

    @property
    def who(self) -> str:
        return str(Informant(self.informant).label)

    @property
    def first(self) -> Score:
        return self.scores[0]

    @property
    def last(self) -> Score:
        return self.scores[-1]

    @property
    def change(self) -> Decimal | None:
        """How far the last lies from the first, the good way; nothing while there is one only."""
        if len(self.scores) < 2:
            return None
        return self.field.change(self.first.value, self.last.value)

    @property
    def change_words(self) -> str:
        """4 lower than on 3 March: the hoped-for way."""
        if self.change is None:
            return ""
        since = said(self.first.assessment.day, weekday=False)
        moved = self.last.value - self.first.value
        if not moved:
            return f"As on {since}"
        way = "the hoped-for way" if self.change > 0 else "the other way"
        return f"{self.field.said(abs(moved))} {'higher' if moved > 0 else 'lower'} than on {since}: {way}"


def rows_of(pupil: Any) -> Any:
    """Every score of a pupil that stands, the oldest first."""
    rows = Score.objects.filter(school=pupil.school_id, assessment__pupil=pupil, assessment__in_error_at=None)
    return rows.order_by("assessment__day", "assessment__pk")


def scores_of(pupil: Any, *, tool: Tool | None = None) -> list[Course]:
    """The courses of a pupil by tool, score and informant: one query, and one for the bands of a `tool`."""
    rows = rows_of(pupil).select_related("assessment__by", "field__tool")
    if tool is not None:
        rows = rows.filter(field__tool=tool).prefetch_related("field__bands")
    return courses(rows)


def courses(scores: Iterable[Score]) -> list[Course]:
    """Scores, the oldest first, put together by what they tell."""
    found: dict[tuple[int, str], Course] = {}
    for score in scores:
        key = score.field_id, score.assessment.informant
        found.setdefault(key, Course(score.field, key[1])).scores.append(score)
    order = list(Informant.values)
    return sorted(
        found.values(),
        key=lambda each: (
            each.tool.name.casefold(),
            each.tool.pk,
            each.field.position,
            order.index(each.informant),
        ),
    )


@dataclasses.dataclass(frozen=True)
class Days:
    """A tool's scores of one informant on one day, for a table: a value for each score of the tool."""

    day: dt.date
    who: str
    by: str
    values: list[str]


def table_of(tool: Tool, found: Iterable[Course]) -> list[Days]:
    """All scores of a tool, the newest day first."""
    fields = list(tool.fields.all())  # type: ignore[attr-defined]
    rows: dict[int, tuple[Any, dict[int, Score]]] = {}
    for course in found:
        for score in course.scores:
            rows.setdefault(score.assessment_id, (score.assessment, {}))[1][score.field_id] = score
    newest = sorted(rows.values(), key=lambda row: (row[0].day, row[0].pk), reverse=True)
    return [
        Days(
            assessment.day,
            assessment.get_informant_display(),
            str(assessment.by),
            [_cell(of.get(each.pk)) for each in fields],
        )
        for assessment, of in newest
    ]


def _cell(score: Score | None) -> str:
    if score is None:
        return ""
    return f"{score.said}, {score.band.lower()}" if score.band else score.said
