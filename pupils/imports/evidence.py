"""Contacts, last year's attendance, suspensions and incidents."""

import re
from typing import Any

from iap.imports.bringing import bring, one_of_each
from iap.imports.kinds import Column, Kind, Row, Source, WrongCell, checked
from iap.imports.report import Counts
from iap.imports.values import Wrong, date, email, period_name, text, whole, yes_or_no
from iap.schools.models import AcademicYear, Code, CodeSet
from pupils.models import AttendanceTotal, Contact, Incident, Suspension

from .who import Roll

UPN = Column("upn", ("UPN", "Unique pupil number", "Pupil"), required=True)
CONTACTS = (
    UPN,
    Column("priority", ("Priority", "Order", "Contact order", "Contact priority"), required=True),
    Column("relationship", ("Relationship", "Relation", "Relationship to pupil")),
    Column("name", ("Name", "Contact name", "Full name"), required=True),
    Column("phone", ("Telephone", "Phone", "Mobile", "Phone number")),
    Column("email", ("Email", "E-mail", "Email address")),
    Column("parental_responsibility", ("Parental Responsibility", "PR", "Has parental responsibility")),
)
TOTALS = (
    UPN,
    Column("possible", ("Possible", "Possible sessions", "Sessions possible"), required=True),
    Column("attended", ("Attended", "Attended sessions", "Present", "Sessions attended"), required=True),
    Column("year", ("Academic year", "School year")),
)
SUSPENSIONS = (
    UPN,
    Column("starts_on", ("Start Date", "Date", "Start", "From"), required=True),
    Column("sessions", ("Sessions", "Sessions lost", "Length", "Half days"), required=True),
    Column("reasons", ("Reason", "Reason code", "Reasons", "Reason codes")),
)
INCIDENTS = (
    UPN,
    Column("day", ("Date", "Incident date", "Day"), required=True),
    Column("period", ("Period", "Lesson", "Time")),
    Column("class_name", ("Class", "Group", "Teaching group")),
    Column("kind", ("Type", "Incident type", "Behaviour", "Incident"), required=True),
)


def bring_contacts(school: Any, source: Source, counts: Counts, tell: Any) -> None:
    roll = Roll(school)

    def take(row: Row) -> tuple[Any, dict[str, Any]]:
        key = roll.pupil(row), row.read("priority", lambda cell: whole(cell, least=1), required=True)
        address = ""
        try:
            address = email(row["email"])
        except Wrong as wrong:
            counts.warn(source.file, row.number, row.title("email"), f"{wrong} The address was left out.")
        return key, {
            "name": row.read("name", text, required=True)[:120],
            "relationship": text(row["relationship"])[:40],
            "phone": text(row["phone"])[:40],
            "email": address,
            "parental_responsibility": row.read("parental_responsibility", yes_or_no),
        }

    _bring(Contact, school, source, counts, take, ("pupil_id", "priority"), "priority")


def bring_totals(school: Any, source: Source, counts: Counts, tell: Any) -> None:
    roll = Roll(school)
    last = AcademicYear.objects.filter(school=school).order_by("-starts_on").first()
    usual = f"{last.starts_on.year - 1}/{last.starts_on.year % 100:02}" if last else ""

    def take(row: Row) -> tuple[Any, dict[str, Any]]:
        year = row["year"] or usual
        if not re.fullmatch(r"\d{4}/\d{2}", year):
            raise WrongCell(
                row.title("year"), "Name the school year, such as 2025/26, or import the calendar first."
            )
        fields = {name: row.read(name, whole, required=True) for name in ("possible", "attended")}
        if fields["attended"] > fields["possible"]:
            raise WrongCell(row.title("attended"), "Attended cannot be more than possible.")
        return (roll.pupil(row), year), fields

    _bring(AttendanceTotal, school, source, counts, take, ("pupil_id", "year"), "upn")


def bring_suspensions(school: Any, source: Source, counts: Counts, tell: Any) -> None:
    roll = Roll(school)
    known = set(Code.objects.filter(school=school, set=CodeSet.SUSPENSION).values_list("code", flat=True))

    def reasons(cell: str) -> list[str]:
        codes = re.findall(r"[A-Za-z0-9]+", cell.upper())
        if unknown := [code for code in codes if code not in known]:
            raise Wrong(
                f"{unknown[0]!r} is not a known reason. A data manager can add it to the school's codes."
            )
        if len(codes) > 3:
            raise Wrong("A suspension has up to three reasons.")
        return codes

    def take(row: Row) -> tuple[Any, dict[str, Any]]:
        key = roll.pupil(row), row.read("starts_on", date, required=True)
        sessions = row.read("sessions", lambda cell: whole(cell, least=1), required=True)
        return key, {"sessions": sessions, "reasons": row.read("reasons", reasons)}

    _bring(Suspension, school, source, counts, take, ("pupil_id", "starts_on"), "starts_on")


def bring_incidents(school: Any, source: Source, counts: Counts, tell: Any) -> None:
    roll = Roll(school)

    def take(row: Row) -> tuple[Any, dict[str, Any]]:
        period = row.read("period", period_name) if row["period"] else ""
        kind = row.read("kind", text, required=True)[:120]
        key = (
            roll.pupil(row),
            row.read("day", date, required=True),
            period[:20],
            text(row["class_name"])[:40],
            kind,
        )
        return key, {}

    names = ("pupil_id", "day", "period", "class_name", "kind")
    _bring(Incident, school, source, counts, take, names, "day")


def _bring(
    model: Any,
    school: Any,
    source: Source,
    counts: Counts,
    take: Any,
    key_names: tuple[str, ...],
    column: str,
) -> None:
    """Rows of pupils under a key of several fields."""
    rows = ((row, key, fields) for row, (key, fields) in checked(source, counts, take))
    wanted = one_of_each(source, counts, rows, column=column, named=lambda key: "this pupil")
    stored = {tuple(getattr(x, name) for name in key_names): x for x in model.objects.filter(school=school)}
    bring(model, school, wanted, stored, counts, lambda key: dict(zip(key_names, key, strict=True)))


KINDS = (
    Kind("contacts", CONTACTS, bring_contacts, order=50),
    Kind("attendance-last-year", TOTALS, bring_totals, order=60),
    Kind("suspensions", SUSPENSIONS, bring_suspensions, order=70),
    Kind("incidents", INCIDENTS, bring_incidents, order=80),
)
