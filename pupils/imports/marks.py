"""Attendance marks: by far the largest file, so it is compared as plain values and written in batches."""

import datetime as dt
from typing import Any

from iap.imports.bringing import BATCH, in_batches
from iap.imports.kinds import Column, Kind, Row, Source, WrongCell
from iap.imports.report import Counts
from iap.imports.values import Wrong, date
from iap.schools.models import Code, CodeSet
from pupils.models import AttendanceMark

from .who import Roll

COLUMNS = (
    Column("upn", ("UPN", "Unique pupil number", "Pupil"), required=True),
    Column("day", ("Date", "Mark date", "Day"), required=True),
    Column("half", ("Session", "AM/PM", "Half day", "AM or PM"), required=True),
    Column("code", ("Mark", "Code", "Attendance code", "Attendance mark"), required=True),
)
HALVES = {"AM": "AM", "A": "AM", "MORNING": "AM", "PM": "PM", "P": "PM", "AFTERNOON": "PM"}
TOLD_EVERY = 5000  # rows
Key = tuple[int, dt.date, str]


def bring_marks(school: Any, source: Source, counts: Counts, tell: Any) -> None:
    marks = _read(school, source, counts, tell)
    stored = {
        (pupil, day, half): (pk, code)
        for pk, pupil, day, half, code in AttendanceMark.objects.filter(school=school)
        .filter(day__range=_reach(marks))
        .values_list("pk", "pupil_id", "day", "half", "code")
    }
    new = [key for key in marks if key not in stored]
    other = [
        (stored[key][0], code) for key, code in marks.items() if key in stored and stored[key][1] != code
    ]
    for batch in in_batches(new):
        AttendanceMark.objects.bulk_create(
            AttendanceMark(school=school, pupil_id=pupil, day=day, half=half, code=marks[pupil, day, half])
            for pupil, day, half in batch
        )
        tell(len(batch))
    changed = [AttendanceMark(pk=pk, code=code) for pk, code in other]
    AttendanceMark.objects.bulk_update(changed, ["code"], batch_size=BATCH)
    counts.created += len(new)
    counts.changed += len(other)
    counts.unchanged += len(marks) - len(new) - len(other)


def _read(school: Any, source: Source, counts: Counts, tell: Any) -> dict[Key, str]:
    """The good marks. Two rows that give one half-day different marks are both refused."""
    roll = Roll(school)
    known = set(Code.objects.filter(school=school, set=CodeSet.ATTENDANCE).values_list("code", flat=True))
    marks: dict[Key, str] = {}
    rows: dict[Key, int] = {}
    at_odds: set[Key] = set()
    for row in source.rows():
        try:
            key = (
                roll.pupil(row),
                row.read("day", date, required=True),
                row.read("half", _half, required=True),
            )
            code = _code(row, known)
        except WrongCell as wrong:
            counts.refuse(source.file, row.number, wrong.column, wrong.reason)
            continue
        if marks.setdefault(key, code) != code:
            if key not in at_odds:
                _refuse(source, counts, row, rows[key])
            _refuse(source, counts, row, row.number)
            at_odds.add(key)
        rows.setdefault(key, row.number)
    for key in at_odds:
        del marks[key]
    return marks


def _half(cell: str) -> str:
    half = HALVES.get(cell.strip().upper())
    if half is None:
        raise Wrong(f"{cell!r} is neither AM nor PM.")
    return half


def _code(row: Row, known: set[str]) -> str:
    code = row["code"].upper()
    if not code:
        raise WrongCell(row.title("code"), "The mark is missing.")
    if code not in known:
        raise WrongCell(row.title("code"), f"{code!r} is not an attendance code.")
    return code


def _refuse(source: Source, counts: Counts, row: Row, number: int) -> None:
    counts.refuse(source.file, number, row.title("code"), "Another row gives this half-day a different mark.")


def _reach(marks: dict[Key, str]) -> tuple[dt.date, dt.date]:
    days = {day for _, day, _ in marks} or {dt.date.min}
    return min(days), max(days)


KIND = Kind("attendance", COLUMNS, bring_marks, order=90)
