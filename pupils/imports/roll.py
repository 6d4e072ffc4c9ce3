"""Pupils on roll."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from iap.imports.bringing import bring, one_of_each
from iap.imports.kinds import Column, Kind, Row, Source, WrongCell, checked
from iap.imports.report import Counts
from iap.imports.values import Wrong, date, sex, text, year_group, yes_or_no
from iap.schools.models import Code, CodeSet
from pupils import upn
from pupils.models import Pupil

COLUMNS = (
    Column("upn", ("UPN", "Unique pupil number"), required=True),
    Column(
        "mis_id",
        ("Adno", "Admission number", "Arbor Student ID", "Student ID", "Pupil ID", "MIS ID", "Exam number"),
    ),
    Column(
        "family_name",
        ("Legal Surname", "Legal last name", "Surname", "Last name", "Family name"),
        required=True,
    ),
    Column(
        "given_name",
        ("Legal Forename", "Legal first name", "Forename", "First name", "Given name"),
        required=True,
    ),
    Column(
        "preferred_name",
        ("Preferred Forename", "Preferred first name", "Preferred name", "Known as", "Chosen name"),
    ),
    Column("born_on", ("DOB", "Date of birth", "Birth date"), required=True),
    Column("sex", ("Gender", "Sex", "Legal sex")),
    Column(
        "year_group",
        ("Year", "Year group", "NC Year", "Year taught in", "National curriculum year"),
        required=True,
    ),
    Column(
        "tutor_group",
        ("Reg", "Registration form", "Registration group", "Reg group", "Form", "Tutor group", "Tutor"),
    ),
    Column("sen_stage", ("SEN Status", "SEN stage", "SEN provision", "SEN")),
    Column("sen_type", ("SEN Need", "Primary SEN need", "SEN type", "Primary need", "SEN need type")),
    Column("ethnicity", ("Ethnicity", "Ethnicity code", "Ethnic group")),
    Column("pupil_premium", ("Pupil Premium Indicator", "Pupil Premium", "PP", "Pupil premium eligible")),
    Column(
        "free_meals", ("FSM Eligible", "Eligible for free meals", "FSM", "Free school meals", "Free meals")
    ),
    Column("in_care", ("In Care", "Looked after", "LAC", "CLA", "In LEA care")),
    Column("social_worker", ("Social Worker", "Has social worker", "CIN")),
    Column("first_language", ("First Language", "Language", "Home language", "Language code")),
    Column("joined_on", ("Date of entry", "Admission date", "Entry date", "Joined", "Start date")),
    Column("left_on", ("Date of leaving", "Leaving date", "Left", "Leaver date", "End date")),
)
CODES = {"sen_stage": CodeSet.SEN_STAGE, "sen_type": CodeSet.SEN_TYPE, "ethnicity": CodeSet.ETHNICITY}
FLAGS = ("pupil_premium", "free_meals", "in_care", "social_worker")


def bring_pupils(school: Any, source: Source, counts: Counts, tell: Any) -> None:
    reader = _Reader(school)
    rows = ((row, key, fields) for row, (key, fields) in checked(source, counts, reader.take))
    wanted = one_of_each(source, counts, rows, column="upn", named=lambda key: f"the UPN {key}")
    stored = {pupil.upn: pupil for pupil in Pupil.objects.filter(school=school)}
    bring(Pupil, school, wanted, stored, counts, lambda key: {"upn": key})


class _Reader:
    """Reads rows by the school's own code sets."""

    def __init__(self, school: Any) -> None:
        valid = Code.objects.filter(school=school).valid_on(timezone.localdate())
        self.codes: dict[str, set[str]] = {}
        for code_set, code in valid.values_list("set", "code"):
            self.codes.setdefault(code_set, set()).add(code)

    def take(self, row: Row) -> tuple[str, dict[str, Any]]:
        number = row.read("upn", self._upn, required=True)
        fields: dict[str, Any] = {
            "family_name": row.read("family_name", text, required=True),
            "given_name": row.read("given_name", text, required=True),
            "born_on": row.read("born_on", _birthday, required=True),
            "year_group": row.read("year_group", year_group, required=True),
        }
        optional: dict[str, Callable[[str], Any]] = {"sex": sex, "joined_on": _day, "left_on": _left}
        optional |= {name: text for name in ("mis_id", "preferred_name", "tutor_group", "first_language")}
        optional |= {name: yes_or_no for name in FLAGS}
        optional |= {name: self._code(code_set) for name, code_set in CODES.items()}
        for name, take in optional.items():
            if name in row:
                fields[name] = row.read(name, take)
        if fields.get("preferred_name") == fields["given_name"]:
            fields["preferred_name"] = ""
        _refuse_if_too_long(row, fields)
        return number, fields

    def _upn(self, cell: str) -> str:
        number = upn.tidy(cell)
        if not upn.SHAPE.match(number):
            raise Wrong(f"{number} is not a UPN: a letter, 11 digits, and a digit or letter.")
        if not upn.is_valid(number):
            raise Wrong(f"The check letter of {number} does not agree with its digits; look for a slip.")
        return number

    def _code(self, code_set: str) -> Callable[[str], str]:
        def take(cell: str) -> str:
            code = cell.strip().upper()
            if code and code not in self.codes.get(code_set, set()):
                raise Wrong(f"{code!r} is not a known code of the set “{CodeSet(code_set).label}”.")
            return code

        return take


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


def _refuse_if_too_long(row: Row, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        limit = Pupil._meta.get_field(name).max_length  # type: ignore[union-attr]
        if isinstance(value, str) and limit and len(value) > limit:
            raise WrongCell(row.title(name), f"This is longer than {limit} characters.")
    joined, left = fields.get("joined_on"), fields.get("left_on")
    if joined and left and left <= joined:
        raise WrongCell(row.title("left_on"), "A pupil cannot leave before they have joined.")


KIND = Kind("pupils", COLUMNS, bring_pupils, order=40)
