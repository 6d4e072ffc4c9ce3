"""A row of the list of pupils: its columns, and what its cells say."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from iap.imports import words
from iap.imports.intake import Intake, Row, WrongCell
from iap.imports.kinds import Column
from iap.imports.values import Wrong, date, day_after, full_name, required_text, sex, yes_or_no
from iap.schools.models import CodeSet
from iap.ui.words import first_of, plural
from pupils import upn
from pupils.models import Pupil

from . import who
from .who import Roll

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
CODED = ("sen_stage", "sen_type", "ethnicity")  # and the year group, which every row has
SHOWN = 3  # rows that a warning names
FLAGS = ("pupil_premium", "free_meals", "in_care", "social_worker")


class PupilRows:
    """Reads rows by the school's own code sets."""

    def __init__(self, intake: Intake, roll: Roll) -> None:
        self.intake, self.roll = intake, roll
        self.of_no_authority: list[Row] = []
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
        optional: dict[str, Callable[[str], Any]] = {"sex": sex, "joined_on": _day, "left_on": day_after}
        optional |= {name: yes_or_no for name in FLAGS} | {name: self.codes[name] for name in CODED}
        if self.intake.changes_alone and not row["sex"]:
            del optional["sex"]  # it may stand elsewhere, and be unchanged
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
            number = row.read("upn", _upn) if row["upn"] else self._without_upn(row)
        except WrongCell:
            self.roll.perhaps(row)
            raise
        if row["upn"] and not upn.names_an_authority(number):
            self.of_no_authority.append(row)
        return number

    def say_which_are_of_no_authority(self) -> None:
        """One warning for each table; the rows are taken."""
        for part in self.intake.parts:
            rows = [row for row in self.of_no_authority if row.part is part]
            if rows:
                shown = first_of([f"row {row.number}" for row in rows], SHOWN)
                said = f"{plural(len(rows), 'UPN names', 'UPNs name')} a local authority that we do not know"
                more = "They were taken all the same; look for a slip in the digits."
                self.intake.warn(rows[0], "upn", f"{said}: {shown}. {more}")

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
