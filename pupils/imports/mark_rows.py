"""Attendance marks as a table's rows say them: read into numbers, 17 bytes a mark, each half-day once."""

import datetime as dt
from array import array
from typing import Any

import numpy as np

from iap.imports import words
from iap.imports.bringing import in_words
from iap.imports.intake import Intake, Row, WrongCell
from iap.imports.values import Wrong, date
from iap.schools.models import Code, CodeSet

from .who import Roll

TOLD_EVERY = 5000  # rows
DAYS = 1 << 17  # more days than there are up to the year 9999, from EPOCH
EPOCH = dt.date(1990, 1, 1).toordinal()
HALVES = ("AM", "PM")


class Marks:
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


class Numbers:
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


def read_marks(intake: Intake, numbers: Numbers) -> Marks:
    """The good marks."""
    marks, roll = Marks(), numbers.roll
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
                cells = row["day"], row["half"]
                day = days.get(cells[0]) or days.setdefault(cells[0], row.read("day", _day, required=True))
                half = halves.get(cells[1]) or halves.setdefault(
                    cells[1], row.read("half", read_half, required=True)
                )
                half_day = numbers.half_day(pupil, day, half)
                code = codes.get(said := row["code"])
                if code is None:
                    code = codes[said] = numbers.code[_code(row, read_code)]
                if last_days and day > last_days.get(code, day):
                    raise _over(row, last_days[code])
            except WrongCell as wrong:
                if half_day is not None:
                    marks.refused.append(half_day)
                intake.refuse(row, wrong)
                continue
            marks.add(half_day, code, number, row.number)
    return marks


def _last_days(intake: Intake, numbers: Numbers) -> dict[int, dt.date]:
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
        raise row.wrong("code", f"“{row['code']}” is not an attendance code.")
    return row.read("code", read)


def one_of_each(intake: Intake, numbers: Numbers, marks: Marks) -> list[Any]:
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
