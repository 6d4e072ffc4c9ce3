"""Attendance marks: by far the largest table.

A million of them are held as numbers, 17 bytes a mark, sorted and compared as whole columns; so memory stays small
and the cost of one mark does not grow with their number.
"""

import datetime as dt
from array import array
from collections.abc import Iterator
from typing import Any

import numpy as np
from django.db import connection

from iap.imports import words
from iap.imports.bringing import in_words
from iap.imports.intake import Intake, Row, WrongCell
from iap.imports.kinds import Column, Gone, Kind
from iap.imports.ledger import BATCH
from iap.imports.report import CHANGED, GONE, LISTED, NEW, UNCHANGED
from iap.imports.values import Wrong, date
from iap.schools.models import Code, CodeSet
from pupils.models import AttendanceMark

from .who import NEEDS, WHO, Roll

COLUMNS = (
    *WHO,
    Column("day", ("Date", "Mark date", "Day", "Session date"), required=True, holds="date", says="Date"),
    Column(
        "half",
        ("Session", "AM/PM", "Half day", "AM or PM", "Session name"),
        required=True,
        words=words.halves,
    ),
    Column(
        "code",
        ("Mark", "Code", "Attendance code", "Attendance mark", "Session mark"),
        required=True,
        words=words.codes(CodeSet.ATTENDANCE, at_all_times=True),
        says="Mark",
    ),
)
GONE_MARKS = Gone(
    stay="They stay: this file does not hold every mark of these days",
    end="They are no longer in the school’s system: take them out",
)
TOLD_EVERY = 5000  # rows
DAYS = 1 << 17  # more days than there are up to the year 9999, from EPOCH
EPOCH = dt.date(1990, 1, 1).toordinal()
HALVES = ("AM", "PM")
INSERT = """
INSERT INTO pupils_attendancemark (school_id, pupil_id, day, half, code)
SELECT %s, * FROM unnest(%s::bigint[], %s::date[], %s::text[], %s::text[]) RETURNING id
"""
UPDATE = """
UPDATE pupils_attendancemark mark SET code = new.code
FROM unnest(%s::bigint[], %s::text[]) AS new (id, code) WHERE mark.school_id = %s AND mark.id = new.id
"""


class _Marks:
    """Marks as columns: which half-day of which pupil, which code, and where it was said."""

    def __init__(self) -> None:
        self.half_days, self.codes = array("q"), array("b")
        self.parts, self.rows = array("b"), array("i")
        self.refused = array("q")  # half-days that rows name and that are left as they stand

    def add(self, half_day: int, code: int, part: int, row: int) -> None:
        self.half_days.append(half_day)
        self.codes.append(code)
        self.parts.append(part)
        self.rows.append(row)

    def columns(self) -> tuple[Any, Any, Any, Any]:
        return tuple(np.asarray(x) for x in (self.half_days, self.codes, self.parts, self.rows))  # type: ignore[return-value]


class _Numbers:
    """Pupils and codes as small numbers, and one number for a half-day of a pupil."""

    def __init__(self, intake: Intake) -> None:
        self.roll = Roll(intake)
        self.pupils = [known.pk for known in self.roll.all]
        self.number = {pk: n for n, pk in enumerate(self.pupils)}
        school_codes = Code.objects.filter(school=intake.school, set=CodeSet.ATTENDANCE)
        self.codes = sorted(set(school_codes.values_list("code", flat=True)))
        self.code = {code: n for n, code in enumerate(self.codes)}

    def half_day(self, pupil: int, day: dt.date, half: str) -> int:
        return ((self.number[pupil] * DAYS) + day.toordinal() - EPOCH) * 2 + (half == "PM")

    def split(self, half_day: int) -> tuple[int, dt.date, str]:
        rest, half = divmod(int(half_day), 2)
        number, day = divmod(rest, DAYS)
        return self.pupils[number], dt.date.fromordinal(day + EPOCH), HALVES[half]

    def name(self, half_day: int) -> str:
        pupil, day, half = self.split(half_day)
        return f"{self.roll.name(pupil)}: {in_words(day)}, {'morning' if half == 'AM' else 'afternoon'}"


def bring_marks(intake: Intake) -> None:
    numbers = _Numbers(intake)
    marks = _read(intake, numbers)
    half_days, codes, parts, rows = _one_of_each(intake, numbers, marks)
    keys, standing, standing_codes = _stored(intake, numbers, half_days)
    at = np.searchsorted(standing, half_days)
    found = np.zeros(len(half_days), bool)
    inside = at < len(standing)
    found[inside] = standing[at[inside]] == half_days[inside]
    same = found.copy()
    same[found] = standing_codes[at[found]] == codes[found]
    other = found & ~same
    intake.counts.created += int((~found).sum())
    intake.counts.changed += int(other.sum())
    intake.counts.unchanged += int(same.sum())
    if intake.counts.listing:
        said = half_days, codes, parts, rows
        _list(intake, numbers, NEW, [column[~found] for column in said])
        _list(intake, numbers, UNCHANGED, [column[same] for column in said])
        _list(intake, numbers, CHANGED, [column[other] for column in said], standing_codes[at[other]])
    _change(intake, numbers, keys[at[other]], standing_codes[at[other]], codes[other])
    _create(intake, numbers, half_days[~found], codes[~found])
    gone = ~np.isin(standing, half_days) & ~np.isin(standing, np.asarray(marks.refused))
    _take_out(intake, numbers, standing[gone], keys[gone])


def _read(intake: Intake, numbers: _Numbers) -> _Marks:
    """The good marks."""
    marks, roll = _Marks(), numbers.roll
    read_half, read_code = intake.words("half").read, intake.words("code").read
    days, halves, codes, done = {}, {}, {}, 0  # type: ignore[var-annotated]
    last_days = _last_days(intake, numbers)
    for number, part in enumerate(intake.parts):
        for row in part.rows():
            done += 1
            if done % TOLD_EVERY == 0:
                intake.tell(TOLD_EVERY)
            half_day = None
            try:
                known = roll.by_upn.get(row["upn"])
                pupil = known.pk if known else roll.pupil(row)
                cells = row["day"], row["half"], row["code"]
                day = days.get(cells[0]) or days.setdefault(cells[0], row.read("day", _day, required=True))
                half = halves.get(cells[1]) or halves.setdefault(
                    cells[1], row.read("half", read_half, required=True)
                )
                half_day = numbers.half_day(pupil, day, half)
                code = codes.get(cells[2])
                if code is None:
                    code = codes[cells[2]] = numbers.code[_code(row, read_code)]
                if last_days and day > last_days.get(code, day):
                    raise _over(row, last_days[code])
            except WrongCell as wrong:
                if half_day is not None:
                    marks.refused.append(half_day)
                intake.refuse(row, wrong)
                continue
            marks.add(half_day, code, number, row.number)
    return marks


def _last_days(intake: Intake, numbers: _Numbers) -> dict[int, dt.date]:
    last_days = words.ended(intake.school, CodeSet.ATTENDANCE)
    return {numbers.code[code]: day for code, day in last_days.items()}


def _over(row: Row, last_day: dt.date) -> WrongCell:
    said = f"The last day of this code was {in_words(last_day)}. Mend the mark, or the code’s last day under Settings."
    return row.wrong("code", said)


def _day(cell: str) -> dt.date:
    day = date(cell)
    if day.toordinal() < EPOCH:
        raise Wrong(f"{cell} is too long ago for a mark.")
    return day


def _code(row: Row, read: Any) -> str:
    if not row["code"]:
        raise row.wrong("code", "The mark is missing.")
    if not row.read("code", read):
        raise row.wrong("code", f"{row['code']!r} is not an attendance code.")
    return row.read("code", read)


def _one_of_each(intake: Intake, numbers: _Numbers, marks: _Marks) -> list[Any]:
    """In order of half-days, each once. Rows that give one half-day different marks are all refused."""
    half_days, codes, parts, rows = marks.columns()
    order = np.argsort(half_days, kind="stable")
    half_days, codes, parts, rows = (column[order] for column in (half_days, codes, parts, rows))
    first = np.ones(len(half_days), bool)
    first[1:] = half_days[1:] != half_days[:-1]
    group = np.cumsum(first) - 1
    at_odds = np.unique(group[codes != codes[first][group]])
    for n in np.flatnonzero(np.isin(group, at_odds)):
        part = intake.parts[parts[n]]
        reason = f"Another row gives this half-day a different mark: {numbers.name(half_days[n])}. Keep the right one."
        marks.refused.append(int(half_days[n]))
        intake.counts.refuse(part.file, int(rows[n]), part.title("code"), reason, numbers.codes[codes[n]])
    keep = first & ~np.isin(group, at_odds)
    return [column[keep] for column in (half_days, codes, parts, rows)]


def _stored(intake: Intake, numbers: _Numbers, half_days: Any) -> tuple[Any, Any, Any]:
    """Keys, half-days and codes of the marks that stand for the file's pupils between its first and last day."""
    keys, standing, codes = array("q"), array("q"), array("h")
    known = dict(numbers.code)
    if len(half_days):
        days = (half_days // 2) % DAYS + EPOCH
        reach = dt.date.fromordinal(int(days.min())), dt.date.fromordinal(int(days.max()))
        pupils = [numbers.pupils[n] for n in np.unique(half_days // 2 // DAYS)]
        marks = AttendanceMark.objects.filter(school=intake.school, day__range=reach, pupil__in=pupils)
        for key, pupil, day, half, code in marks.values_list(
            "pk", "pupil_id", "day", "half", "code"
        ).iterator(BATCH):
            keys.append(key)
            standing.append(numbers.half_day(pupil, day, half))
            codes.append(known.setdefault(code, len(known)))
    numbers.codes += [code for code in known if code not in numbers.code]
    order = np.argsort(np.asarray(standing), kind="stable")
    return tuple(np.asarray(x)[order] for x in (keys, standing, codes))  # type: ignore[return-value]


def _create(intake: Intake, numbers: _Numbers, half_days: Any, codes: Any) -> None:
    for start in range(0, len(half_days), BATCH):
        batch = slice(start, start + BATCH)
        pupils, days, halves = zip(*map(numbers.split, half_days[batch]), strict=True)
        given = [numbers.codes[n] for n in codes[batch]]
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [intake.school.pk, list(pupils), list(days), list(halves), given])
            intake.ledger.created(AttendanceMark, (key for (key,) in cursor.fetchall()))
        intake.tell(len(pupils))


def _change(intake: Intake, numbers: _Numbers, keys: Any, old: Any, new: Any) -> None:
    for start in range(0, len(keys), BATCH):
        batch = slice(start, start + BATCH)
        these = [int(key) for key in keys[batch]]
        was, now = ([numbers.codes[n] for n in column[batch]] for column in (old, new))
        with connection.cursor() as cursor:
            cursor.execute(UPDATE, [these, now, intake.school.pk])
        changes = zip(these, was, now, strict=True)
        intake.ledger.changed(AttendanceMark, [[key, {"code": [one, other]}] for key, one, other in changes])


def _take_out(intake: Intake, numbers: _Numbers, half_days: Any, keys: Any) -> None:
    intake.counts.gone += len(keys)
    for half_day, key in zip(half_days, keys, strict=True) if intake.counts.listing else ():
        intake.counts.list(GONE, numbers.name(half_day), key=str(key))
    if intake.gone == Gone.END:
        marks = AttendanceMark.objects.filter(school=intake.school)
        for start in range(0, len(keys), BATCH):
            these = [int(key) for key in keys[start : start + BATCH]]
            intake.ledger.delete(list(marks.filter(pk__in=these)))


def _list(intake: Intake, numbers: _Numbers, what: str, said: list[Any], old: Any = None) -> None:
    for n, (half_day, code, part, row) in enumerate(_capped(intake, what, said)):
        mark = numbers.codes[code]
        fields = [("Mark", "" if old is None else numbers.codes[old[n]], mark)]
        file = intake.parts[part].file
        intake.counts.list(what, numbers.name(half_day), file=file, row=int(row), fields=fields)


def _capped(intake: Intake, what: str, said: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Of what is new or unchanged only so many as are shown; all of what changes."""
    most = len(said[0]) if what == CHANGED else LISTED
    return zip(*(column[:most] for column in said), strict=True)


KIND = Kind("attendance", COLUMNS, bring_marks, order=90, needs=NEEDS, gone=GONE_MARKS, most=1_300_000)
