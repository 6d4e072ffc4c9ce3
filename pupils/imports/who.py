"""Finding the pupil a row is about: by UPN, then by admission number, then by name and date of birth.

The last is a proposal that a person confirms; it is never taken silently.
"""

import datetime as dt
import hashlib
import unicodedata
from dataclasses import dataclass

from iap.imports.bringing import in_words
from iap.imports.intake import MANY, Intake, Row, WrongCell
from iap.imports.kinds import Column
from iap.imports.values import date, full_name
from pupils import upn
from pupils.models import Pupil

UPN = Column("upn", ("UPN", "Unique pupil number", "Pupil UPN", "Student UPN", "Pupil"))
NUMBER = Column(
    "mis_id",
    (
        *("Adno", "Admission number", "Arbor Student ID", "Student ID", "Pupil ID", "MIS ID", "Exam number"),
        *("Admission no", "Adm no", "School ID", "School code", "iSAMS ID", "Roll number"),
    ),
    says="Admission number",
)
FAMILY = Column("family_name", ("Legal Surname", "Legal last name", "Surname", "Last name", "Family name"))
GIVEN = Column("given_name", ("Legal Forename", "Legal first name", "Forename", "First name", "Given name"))
PUPIL_NAME = ("Pupil name", "Student name", "Pupil full name", "Student full name", "Student")
FULL = Column("full_name", ("Full name", "Name", *PUPIL_NAME, "Name (last, first)"))
BORN = Column("born_on", ("DOB", "Date of birth", "Birth date", "D.O.B."), holds="date", says="Date of birth")
WHO = (UPN, NUMBER, FAMILY, GIVEN, FULL, BORN)
# Beside somebody else’s name, which is then just "Name".
WHOSE = (UPN, NUMBER, FAMILY, GIVEN, Column("full_name", PUPIL_NAME, says="Pupil’s name"), BORN)
NEEDS = {
    "UPN, admission number, or name and date of birth": (
        ("upn",),
        ("mis_id",),
        ("family_name", "given_name", "born_on"),
        ("full_name", "born_on"),
    )
}
SOMEBODY_ELSE = "other"


@dataclass(frozen=True)
class Known:
    """A pupil of the school, as far as it takes to find them and to name them."""

    pk: int
    uuid: str
    upn: str
    mis_id: str
    given_name: str
    family_name: str
    preferred_name: str
    born_on: dt.date | None
    tutor_group: str

    @property
    def name(self) -> str:
        known_as = f"{self.preferred_name or self.given_name} {self.family_name}"
        return f"{known_as}, {self.tutor_group}" if self.tutor_group else known_as


class Roll:
    """The school's pupils, read once for a table."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        fields = list(Known.__dataclass_fields__)
        rows = Pupil.objects.filter(school=intake.school).order_by("pk").values_list(*fields)
        self.all = [Known(*row) for row in rows]
        self.by_upn = {known.upn: known for known in self.all}
        self.by_key = {known.pk: known for known in self.all}
        self.by_number: dict[str, list[Known]] = {}
        self.by_name: dict[tuple[str, dt.date | None], list[Known]] = {}
        self.unsure: set[int] = set()  # keys of pupils whom rows are perhaps about
        self.strangers = 0  # rows that name nobody here
        for known in self.all:
            if known.mis_id:
                self.by_number.setdefault(number(known.mis_id), []).append(known)
            for given in (
                {known.given_name, known.preferred_name or known.given_name} if known.born_on else ()
            ):
                self.by_name.setdefault((folded(given, known.family_name), known.born_on), []).append(known)

    def name(self, pk: int) -> str:
        return self.by_key[pk].name

    def pupil(self, row: Row) -> int:
        """The pupil's key. Raises WrongCell where the row names nobody here, or only likely names somebody."""
        given = row["upn"]
        known = self.by_upn.get(given) or self.by_upn.get(upn.tidy(given)) or self.with_number(row["mis_id"])
        if known:
            return known.pk
        if not given and (likely := self.likely(row)):
            return likely.pk
        self.perhaps(row)
        raise self._nobody(row)

    def with_number(self, cell: str) -> Known | None:
        """The one pupil with this admission number; zeros before it do not count, as spreadsheets lose them."""
        found = self.by_number.get(number(cell), []) if cell else []
        return found[0] if len(found) == 1 else None

    def likely(self, row: Row) -> Known | None:
        """The pupil of that name and birthday, once somebody has said so; else it is proposed, and WrongCell."""
        named = name_and_birthday(row)
        found = self.by_name.get((folded(*named[:2]), named[2]), []) if named else []
        if named is None or len(found) != 1:
            return None
        column = "full_name" if "full_name" in row else "family_name"
        return self.confirmed(found[0], *named, row.part.file, row.number, row.title(column))

    def confirmed(
        self, known: Known, given: str, family: str, born_on: dt.date, file: str, row: int, title: str
    ) -> Known | None:
        """Somebody's answer to whether these are one pupil: the pupil, nobody, or not said yet (WrongCell)."""
        key = hashlib.sha256(f"{folded(given, family)}|{born_on}|{known.uuid}".encode()).hexdigest()[:16]
        answer = self.intake.choices.answers.get(key, "")
        proposal = self.intake.proposals.setdefault(
            key,
            {
                "says": f"{given} {family}, born {in_words(born_on)}",
                "match": known.name,
                "pupil": str(known.uuid),
                "where": f"{file}, row {row}",
                "rows": 0,
                "answer": answer,
            },
        )
        proposal["rows"] += 1
        if not answer:
            self.unsure.add(known.pk)
            reason = f"Say on the page whether this is {known.name}: name and date of birth are the same."
            raise WrongCell(title, reason, f"{given} {family}")
        return None if answer == SOMEBODY_ELSE else known

    def perhaps(self, row: Row) -> None:
        """Note whom a row is perhaps about that cannot be taken: they stand in the table all the same."""
        known = self.with_number(row["mis_id"])
        try:
            named = None if known else name_and_birthday(row)
        except WrongCell:
            return
        found = self.by_name.get((folded(*named[:2]), named[2]), []) if named else []
        if known or len(found) == 1:
            self.unsure.add((known or found[0]).pk)

    def say_if_of_others(self, taken: int) -> None:
        """Say once of a file of many rows that not one of them is about a pupil of this school."""
        if not taken and min(self.strangers, len(self.all)) >= MANY:
            said = f"None of its {self.strangers:,} rows is about a pupil of this school"
            reason = f"{said}: it looks like another school’s."
            self.intake.counts.refuse(self.intake.parts[0].file, 0, "", reason)

    def _nobody(self, row: Row) -> WrongCell:
        given = upn.tidy(row["upn"])
        if given and not upn.is_valid(given):
            return row.wrong("upn", f"{given} is not a UPN; check it for a slip.")
        if given or row["mis_id"] or name_and_birthday(row):
            self.strangers += 1
        if given:
            return row.wrong("upn", f"No pupil of this school has the UPN {given}. Import pupils first.")
        if row["mis_id"]:
            said = f"No pupil of this school has the admission number {row['mis_id']}. Import pupils first."
            return row.wrong("mis_id", said)
        if name_and_birthday(row):
            column = "full_name" if "full_name" in row else "family_name"
            return row.wrong(column, "No pupil of this school has that name and date of birth.")
        return row.wrong("upn", "The UPN is missing.")


def name_and_birthday(row: Row) -> tuple[str, str, dt.date] | None:
    """Given name, family name and birthday, where the row has all of them."""
    if not row["born_on"] or not (row["full_name"] or (row["family_name"] and row["given_name"])):
        return None
    born_on = row.read("born_on", date)
    if row["full_name"]:
        given, family = row.read("full_name", full_name)
        return given, family, born_on
    return row["given_name"], row["family_name"], born_on


def number(cell: str) -> str:
    """An admission number without the zeros before it."""
    return cell.strip().upper().lstrip("0") or "0"


def folded(given: str, family: str) -> str:
    """A name without accents, case, hyphens and apostrophes."""
    apart = unicodedata.normalize("NFKD", f"{given} {family}")
    return "".join(c for c in apart.casefold() if c.isalpha())
