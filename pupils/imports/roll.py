"""Pupils on roll."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from iap.imports import words
from iap.imports.bringing import Wanted, bring, one_of_each
from iap.imports.intake import Intake, Row, WrongCell
from iap.imports.kinds import Column, Gone, Kind
from iap.imports.values import Wrong, date, full_name, required_text, sex, yes_or_no
from iap.schools.models import CodeSet
from pupils import upn
from pupils.models import Pupil

from . import who
from .who import Known, Roll

COLUMNS = (
    who.UPN,
    who.NUMBER,
    who.FAMILY,
    who.GIVEN,
    who.FULL,
    Column(
        "preferred_name",
        ("Preferred Forename", "Preferred first name", "Preferred name", "Known as", "Chosen name"),
    ),
    Column("born_on", who.BORN.headings, required=True, holds="date", says="Date of birth"),
    Column("sex", ("Gender", "Sex", "Legal sex"), words=words.sexes, says="Sex"),
    Column(
        "year_group",
        ("Year", "Year group", "NC Year", "Year taught in", "National curriculum year", "Curriculum year"),
        required=True,
        words=words.years,
        says="Year group",
    ),
    Column(
        "tutor_group",
        (
            *("Reg", "Registration form", "Registration group", "Reg group", "Form", "Tutor group", "Tutor"),
            *("Form group", "Class", "Registration class", "Class name"),
        ),
        says="Tutor group",
    ),
    Column(
        "sen_stage",
        ("SEN Status", "SEN stage", "SEN provision", "SEN", "SEN code"),
        words=words.codes(CodeSet.SEN_STAGE),
        says="SEN stage",
    ),
    Column(
        "sen_type",
        (
            "SEN Need",
            "Primary SEN need",
            "SEN type",
            "Primary need",
            "SEN need type",
            "Main SEN need",
            "Primary SEN type",
        ),
        words=words.codes(CodeSet.SEN_TYPE),
        says="SEN type",
    ),
    Column(
        "ethnicity",
        ("Ethnicity", "Ethnicity code", "Ethnic group", "Ethnic code"),
        words=words.codes(CodeSet.ETHNICITY),
    ),
    Column(
        "pupil_premium",
        ("Pupil Premium Indicator", "Pupil Premium", "PP", "Pupil premium eligible", "PPI"),
        words=words.yes_no,
        says="Pupil premium",
    ),
    Column(
        "free_meals",
        (
            "FSM Eligible",
            "Eligible for free meals",
            "FSM",
            "Free school meals",
            "Free meals",
            "FSM eligibility",
            "Free school meals eligible",
            "Free school meal",
        ),
        words=words.yes_no,
        says="Free school meals",
    ),
    Column(
        "in_care",
        ("In Care", "Looked after", "LAC", "CLA", "In LEA care", "Looked after child"),
        words=words.yes_no,
    ),
    Column(
        "social_worker",
        ("Social Worker", "Has social worker", "CIN", "Has a social worker"),
        words=words.yes_no,
    ),
    Column("first_language", ("First Language", "Language", "Home language", "Language code")),
    Column(
        "joined_on",
        (
            "Date of entry",
            "Admission date",
            "Entry date",
            "Joined",
            "Start date",
            "Date of admission",
            "Enrolment date",
        ),
        holds="date",
    ),
    Column("left_on", ("Date of leaving", "Leaving date", "Left", "Leaver date", "End date"), holds="date"),
)
NEEDS = {
    "UPN or admission number": (("upn",), ("mis_id",), ("family_name", "born_on"), ("full_name", "born_on")),
    "names": (("family_name", "given_name"), ("full_name",)),
}
GONE = Gone(
    stay="They stay: this file does not hold every pupil",
    end="They have left: today is their first day off roll",
    each=True,
    leaves="pupils.pupil",
)
CODED = ("sen_stage", "sen_type", "ethnicity")  # and the year group, which every row has
FLAGS = ("pupil_premium", "free_meals", "in_care", "social_worker")


def bring_pupils(intake: Intake) -> None:
    roll = Roll(intake)
    reader = _Reader(intake, roll)
    rows = ((row, key, fields) for row, (key, fields) in intake.checked(reader.take))
    wanted = one_of_each(intake, rows, column="upn", named=lambda key: f"the UPN {key}")
    pupils = {pupil.upn: pupil for pupil in Pupil.objects.filter(school=intake.school)}
    stored = _matched(intake, roll, wanted, pupils)
    if why := _not_ours(intake, wanted, stored):
        raise intake.turn_away(why)
    _keep_zeros(intake, wanted, stored)
    _say_who_has_no_birthday(intake, wanted, stored)
    for key, fields in wanted.items():
        if key in stored and "left_on" not in fields and stored[key].left_on:
            fields["left_on"] = None  # who stands in a list of pupils is on roll
    bring(
        intake,
        Pupil,
        wanted,
        stored,
        lambda key: {"upn": key},
        named=_name,
        reach=lambda key: stored[key].is_on_roll(intake.today) and stored[key].pk not in roll.unsure,
        end=lambda gone: intake.ledger.change([(pupil, {"left_on": intake.today}) for pupil in gone]),
    )


def _matched(intake: Intake, roll: Roll, wanted: Wanted, pupils: dict[str, Any]) -> dict[Any, Any]:
    """The stored pupils under the UPN of their row, which need not be the UPN they had."""
    stored = dict(pupils)
    for key, fields in list(wanted.items()):
        if key in stored:
            continue
        try:
            known = _known_otherwise(intake, roll, wanted, key, fields)
        except WrongCell as wrong:
            file, number = wanted.said[key]
            intake.counts.refuse(file, number, wrong.column, wrong.reason, wrong.value)
            del wanted[key]
            continue
        # A pupil whose own UPN stands in the file is that row's, whatever another row says.
        if known and known.upn not in wanted and known.upn in stored:
            stored[key] = stored.pop(known.upn)
            fields["upn"] = key
    return stored


def _known_otherwise(
    intake: Intake, roll: Roll, wanted: Wanted, key: str, fields: dict[str, Any]
) -> Known | None:
    """Who has the row's admission number, or its name and birthday once somebody has said so."""
    file, row = wanted.said[key]
    title = next(part.title("upn") for part in intake.parts if part.file == file)
    given, family, born_on = fields["given_name"], fields["family_name"], fields.get("born_on")
    if known := roll.with_number(fields.get("mis_id", "")):
        if known.born_on == born_on or who.folded("", known.family_name) == who.folded("", family):
            return known
        said = f"The admission number {fields['mis_id']} is {known.name}’s here, who was born on another day."
        raise WrongCell(title, f"{said} Mend the number, or the UPN if it is the same pupil.", key)
    if born_on is None:
        return None
    likely = [k for k in roll.by_name.get((who.folded(given, family), born_on), []) if k.upn not in wanted]
    if len(likely) != 1:
        return None
    return roll.confirmed(likely[0], given, family, born_on, file, row, title)


def _keep_zeros(intake: Intake, wanted: Wanted, stored: dict[Any, Any]) -> None:
    """A spreadsheet that opened the file took the zeros before admission numbers; they stay as they were."""
    lost = 0
    for key, fields in wanted.items():
        new, old = fields.get("mis_id", ""), stored[key].mis_id if key in stored else ""
        if new != old and old.startswith("0") and new and who.number(new) == who.number(old):
            fields["mis_id"] = old
            lost += 1
    if lost:
        said = (
            f"{lost} admission numbers have lost the zeros before them, as in a spreadsheet. They were kept."
        )
        intake.counts.warn(intake.parts[0].file, 0, "", said)


def _not_ours(intake: Intake, wanted: Wanted, stored: dict[Any, Any]) -> str:
    """Why a table cannot be of this school as it is this year; empty where nothing speaks against it.

    Of many pupils in several year groups hardly anybody is known here: it is another school's. Most who are known
    would go down by a year: it is last year's.
    """
    known = [(stored[key], fields["year_group"]) for key, fields in wanted.items() if key in stored]
    years = {fields["year_group"] for fields in wanted.values()}
    if len(wanted) >= MANY and len(stored) >= MANY and len(years) > 2 and len(known) < HARDLY * len(wanted):
        return (
            f"Of these {len(wanted)} pupils {len(known)} are known here. This looks like another school’s file, and "
            "nothing that came with it is taken. If they are yours, send a file for each year group."
        )
    lower = sum(_is_a_year_lower(year, pupil.year_group) for pupil, year in known)
    if lower >= MANY and lower > len(known) / 2:
        return (
            f"{lower} pupils are a year lower here than they were. This looks like last year’s file, and nothing "
            "that came with it is taken. Export it again for this year."
        )
    return ""


MANY, HARDLY = 20, 0.05


def _is_a_year_lower(year: str, than: str) -> bool:
    order = {each: n for n, each in enumerate(["N1", "N2", "R", *map(str, range(1, 14))])}
    return year in order and than in order and order[year] == order[than] - 1


def _say_who_has_no_birthday(intake: Intake, wanted: Wanted, stored: dict[Any, Any]) -> None:
    without = sum("born_on" not in fields for key, fields in wanted.items() if key not in stored)
    if without:
        said = f"{without} new pupils come without a date of birth. Another file can bring it."
        intake.counts.warn(intake.parts[0].file, 0, "", said)


class _Reader:
    """Reads rows by the school's own code sets."""

    def __init__(self, intake: Intake, roll: Roll) -> None:
        self.intake, self.roll = intake, roll
        self.codes: dict[str, Callable[[str], Any]] = {
            name: intake.words(name).read for name in ("year_group", *CODED)
        }

    def take(self, row: Row) -> tuple[str, dict[str, Any]]:
        """The row's UPN, and its fields."""
        number = self.intake.names(self._number(row))
        fields = self._names(row)
        if row["born_on"]:
            fields["born_on"] = row.read("born_on", _birthday)
        fields["year_group"] = row.read("year_group", self.codes["year_group"], required=True)
        optional: dict[str, Callable[[str], Any]] = {"sex": sex, "joined_on": _day, "left_on": _left}
        optional |= {name: yes_or_no for name in FLAGS} | {name: self.codes[name] for name in CODED}
        for name, take in optional.items():
            if name in row:
                fields[name] = row.read(name, take)
        texts = ("mis_id", "preferred_name", "tutor_group", "first_language")
        fields |= self.intake.optional(row, Pupil, texts)
        if fields.get("preferred_name") == fields["given_name"]:
            fields["preferred_name"] = ""
        joined, left = fields.get("joined_on"), fields.get("left_on")
        if joined and left and left <= joined:
            raise row.wrong("left_on", "A pupil cannot leave before they have joined.")
        return number, fields

    def _names(self, row: Row) -> dict[str, Any]:
        if row["full_name"] and not row["family_name"]:
            given, family = row.read("full_name", full_name)
            return {"family_name": required_text(100)(family), "given_name": required_text(100)(given)}
        most = required_text(100)
        return {name: row.read(name, most, required=True) for name in ("family_name", "given_name")}

    def _number(self, row: Row) -> str:
        """The row's UPN, or that of the pupil it is about."""
        try:
            return row.read("upn", _upn) if row["upn"] else self._without_upn(row)
        except WrongCell:
            self.roll.perhaps(row)
            raise

    def _without_upn(self, row: Row) -> str:
        """The UPN of the pupil a row without one is about; nobody new can come in without."""
        known = self.roll.with_number(row["mis_id"]) or self.roll.likely(row)
        if known is None:
            raise row.wrong("upn", f"{row.title('upn')} is missing.")
        return known.upn


def _upn(cell: str) -> str:
    number = upn.tidy(cell)
    if not upn.SHAPE.match(number):
        raise Wrong(f"{number} is not a UPN: a letter, 11 digits, and a digit or letter.")
    if not upn.is_valid(number):
        raise Wrong(f"The check letter of {number} does not agree with its digits; look for a slip.")
    return number


def _birthday(cell: str) -> dt.date:
    day = date(cell)
    if not dt.date(1990, 1, 1) <= day <= timezone.localdate():
        raise Wrong(f"{cell} cannot be a pupil's date of birth.")
    return day


def _day(cell: str) -> dt.date | None:
    return date(cell) if cell else None


def _left(cell: str) -> dt.date | None:
    """A leaving date is the last day on roll; we keep the first day after it."""
    return date(cell) + dt.timedelta(days=1) if cell else None


def _name(pupil: Any) -> str:
    return f"{pupil.full_name}, {pupil.tutor_group}" if pupil.tutor_group else pupil.full_name


KIND = Kind("pupils", COLUMNS, bring_pupils, order=40, needs=NEEDS, gone=GONE, most=20_000)
