"""Periods of the week as the bell has them."""

from typing import Any

from iap.imports.bringing import bring, one_of_each
from iap.imports.kinds import Column, Kind, Row, Source, WrongCell, checked
from iap.imports.report import Counts
from iap.imports.values import Wrong, period_name, time, weekday
from iap.schools.models import Period, PeriodKind

COLUMNS = (
    Column("day", ("Day", "Weekday"), required=True),
    Column("period", ("Period", "Period name", "Name"), required=True),
    Column("start", ("Start", "Start time", "From"), required=True),
    Column("end", ("End", "End time", "To", "Finish"), required=True),
    Column("kind", ("Kind", "Type", "Period type")),
)
WORDS = {
    "reg": "registration",
    "tutor": "registration",
    "am": "registration",
    "form": "registration",
    "recess": "break",
}


def bring_periods(school: Any, source: Source, counts: Counts, tell: Any) -> None:
    rows = ((row, key, fields) for row, (key, fields) in checked(source, counts, _take))
    wanted = one_of_each(source, counts, rows, column="period")
    stored = {(period.weekday, period.name): period for period in Period.objects.filter(school=school)}
    bring(Period, school, wanted, stored, counts, lambda key: {"weekday": key[0], "name": key[1]})


def _take(row: Row) -> tuple[tuple[int, str], dict[str, Any]]:
    key = row.read("day", weekday, required=True), row.read("period", period_name, required=True)[:20]
    fields = {
        "starts": row.read("start", time, required=True),
        "ends": row.read("end", time, required=True),
        "kind": row.read("kind", lambda cell: _kind(cell, key[1])),
    }
    if fields["ends"] <= fields["starts"]:
        raise WrongCell(row.title("end"), "A period must end after it starts.")
    return key, fields


def _kind(cell: str, name: str) -> str:
    """The kind as given, or as the period's name says it: a number is a lesson."""
    word = (cell or name).strip().lower()
    for kind in PeriodKind.values:
        if word.startswith(kind):
            return kind
    for start, kind in WORDS.items():
        if word.startswith(start):
            return kind
    if not cell and name.isdigit():
        return PeriodKind.LESSON
    raise Wrong(f"{cell or name!r} is not registration, lesson, break or lunch.")


KIND = Kind("periods", COLUMNS, bring_periods, order=20)
