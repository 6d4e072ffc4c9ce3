"""Attendance marks: by far the largest table.

A million of them are held as numbers, sorted and compared as whole columns; so memory stays small and the cost of one
mark does not grow with their number.
"""

import datetime as dt
from array import array
from collections.abc import Iterator
from typing import Any

import numpy as np
from django.db import connection

from iap.imports import words
from iap.imports.intake import Intake
from iap.imports.kinds import Column, Gone, Kind
from iap.imports.ledger import BATCH
from iap.imports.report import CHANGED, LISTED, NEW, UNCHANGED
from iap.schools.models import CodeSet
from pupils.models import AttendanceMark

from .mark_rows import DAYS, EPOCH, Numbers, one_of_each, read_marks
from .who import NEEDS, WHO

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
INSERT = """
INSERT INTO pupils_attendancemark (school_id, pupil_id, day, half, code)
SELECT %s, * FROM unnest(%s::bigint[], %s::date[], %s::text[], %s::text[]) RETURNING id
"""
UPDATE = """
UPDATE pupils_attendancemark mark SET code = new.code
FROM unnest(%s::bigint[], %s::text[]) AS new (id, code) WHERE mark.school_id = %s AND mark.id = new.id
"""


def bring_marks(intake: Intake) -> None:
    numbers = Numbers(intake)
    marks = read_marks(intake, numbers)
    half_days, codes, parts, rows = one_of_each(intake, numbers, marks)
    numbers.roll.say_if_of_others(len(half_days))
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


def _stored(intake: Intake, numbers: Numbers, half_days: Any) -> tuple[Any, Any, Any]:
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


def _create(intake: Intake, numbers: Numbers, half_days: Any, codes: Any) -> None:
    for start in range(0, len(half_days), BATCH):
        batch = slice(start, start + BATCH)
        pupils, days, halves = zip(*map(numbers.split, half_days[batch]), strict=True)
        given = [numbers.codes[n] for n in codes[batch]]
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [intake.school.pk, list(pupils), list(days), list(halves), given])
            intake.ledger.created(AttendanceMark, (key for (key,) in cursor.fetchall()))
        intake.tell(len(pupils))


def _change(intake: Intake, numbers: Numbers, keys: Any, old: Any, new: Any) -> None:
    for start in range(0, len(keys), BATCH):
        batch = slice(start, start + BATCH)
        these = [int(key) for key in keys[batch]]
        was, now = ([numbers.codes[n] for n in column[batch]] for column in (old, new))
        with connection.cursor() as cursor:
            cursor.execute(UPDATE, [these, now, intake.school.pk])
        changes = zip(these, was, now, strict=True)
        intake.ledger.changed(AttendanceMark, [[key, {"code": [one, other]}] for key, one, other in changes])


def _take_out(intake: Intake, numbers: Numbers, half_days: Any, keys: Any) -> None:
    ends = intake.gone == Gone.END
    listed = ((numbers.name(half_day), key) for half_day, key in zip(half_days, keys, strict=True))
    intake.counts.miss(len(keys), listed, ended=len(keys) if ends else 0)
    if ends:
        marks = AttendanceMark.objects.filter(school=intake.school)
        for start in range(0, len(keys), BATCH):
            these = [int(key) for key in keys[start : start + BATCH]]
            intake.ledger.delete(list(marks.filter(pk__in=these)))


def _list(intake: Intake, numbers: Numbers, what: str, said: list[Any], old: Any = None) -> None:
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
