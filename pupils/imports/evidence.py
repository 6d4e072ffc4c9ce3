"""Contacts, last year's attendance, suspensions and incidents."""

import re
from collections.abc import Callable
from typing import Any

from iap.imports import words
from iap.imports.bringing import bring, in_words, one_of_each
from iap.imports.intake import Intake, Row
from iap.imports.kinds import Column, Gone, Kind
from iap.imports.values import Wrong, date, email, period_name, required_text, text, whole, yes_or_no
from iap.schools.models import AcademicYear, CodeSet
from pupils.models import AttendanceTotal, Contact, Incident, Suspension

from .who import NEEDS, WHO, WHOSE, Roll

CONTACTS = (
    Column(
        "name",
        (
            *("Name", "Contact name", "Contact full name", "Full name", "Parent name", "Parent/carer name"),
            *("Guardian name", "Guardian full name", "Guardian"),
        ),
        required=True,
        says="Contact’s name",
    ),
    Column(
        "priority", ("Priority", "Order", "Contact order", "Contact priority", "Call order"), required=True
    ),
    Column(
        "relationship",
        ("Relationship", "Relation", "Relationship to pupil", "Relationship to student", "Relationship type"),
    ),
    Column(
        "phone",
        (
            "Telephone",
            "Phone",
            "Mobile",
            "Phone number",
            "Main telephone",
            "Mobile number",
            "Telephone number",
        ),
    ),
    Column("email", ("Email", "E-mail", "Email address", "Primary email")),
    Column(
        "parental_responsibility",
        ("Parental Responsibility", "PR", "Has parental responsibility"),
        words=words.yes_no,
    ),
    *WHOSE,
)
TOTALS = (
    *WHO,
    Column("possible", ("Possible", "Possible sessions", "Sessions possible"), required=True),
    Column("attended", ("Attended", "Attended sessions", "Present", "Sessions attended"), required=True),
    Column("year", ("Academic year", "School year")),
)
SUSPENSIONS = (
    *WHO,
    Column(
        "starts_on",
        ("Start Date", "Date", "Start", "From", "Suspension start date", "Exclusion start date"),
        required=True,
        holds="date",
        says="First day",
    ),
    Column(
        "sessions",
        ("Sessions", "Sessions lost", "Length", "Half days", "Number of sessions", "Length in sessions"),
        required=True,
    ),
    Column("reasons", ("Reason", "Reason code", "Reasons", "Reason codes", "Suspension reason")),
)
INCIDENTS = (
    *WHO,
    Column(
        "day",
        ("Date", "Incident date", "Day", "Date of incident", "Event date"),
        required=True,
        holds="date",
        says="Date",
    ),
    Column("period", ("Period", "Lesson", "Time", "Incident period")),
    Column("class_name", ("Class", "Group", "Teaching group", "Class name")),
    Column(
        "kind",
        ("Type", "Incident type", "Behaviour", "Incident", "Behaviour type", "Category"),
        required=True,
        says="What happened",
    ),
)


LOST_ZERO = re.compile(r"^[1-9]\d{8,9}$")  # as long as a number in this country is without the zero before it


def bring_contacts(intake: Intake) -> None:
    roll = Roll(intake)
    put_back: list[Row] = []

    def take(row: Row) -> tuple[Any, dict[str, Any]]:
        key = intake.names(
            (roll.pupil(row), row.read("priority", lambda cell: whole(cell, least=1), required=True))
        )
        address = ""
        try:
            address = email(row["email"])
        except Wrong as wrong:
            intake.warn(row, "email", f"{wrong} The address was left out.")
        fields = {"name": row.read("name", required_text(120), required=True)}
        fields |= intake.optional(row, Contact, ("relationship", "phone"))
        if LOST_ZERO.match(fields.get("phone", "")):
            fields["phone"] = f"0{fields['phone']}"
            put_back.append(row)
        if "email" in row:
            fields["email"] = address
        if "parental_responsibility" in row:
            fields["parental_responsibility"] = row.read("parental_responsibility", yes_or_no)
        return key, fields

    _bring(intake, roll, Contact, take, ("pupil_id", "priority"), "priority", lambda x: x.name)
    if put_back:
        said = f"{len(put_back)} telephone numbers had lost the zero before them, as in a spreadsheet; it was put back."
        intake.counts.warn(put_back[0].part.file, 0, "", said)


def bring_totals(intake: Intake) -> None:
    roll = Roll(intake)
    last = AcademicYear.objects.filter(school=intake.school).order_by("-starts_on").first()
    usual = f"{last.starts_on.year - 1}/{last.starts_on.year % 100:02}" if last else ""

    def take(row: Row) -> tuple[Any, dict[str, Any]]:
        year = row["year"] or usual
        if not re.fullmatch(r"\d{4}/\d{2}", year):
            raise row.wrong("year", "Name the school year, such as 2025/26, or import the calendar first.")
        key = intake.names((roll.pupil(row), year))
        fields = {name: row.read(name, whole, required=True) for name in ("possible", "attended")}
        if fields["attended"] > fields["possible"]:
            raise row.wrong("attended", "Attended cannot be more than possible.")
        return key, fields

    _bring(intake, roll, AttendanceTotal, take, ("pupil_id", "year"), "upn", lambda x: x.year)


def bring_suspensions(intake: Intake) -> None:
    roll = Roll(intake)
    known = words.codes(CodeSet.SUSPENSION, at_all_times=True)(intake.school)

    def reasons(cell: str) -> list[str]:
        codes = [known.read(cell)] if cell and known.knows(cell) else re.findall(r"[A-Z0-9]+", cell.upper())
        if unknown := [code for code in codes if not known.knows(code)]:
            raise Wrong(
                f"“{unknown[0]}” is not a known reason. A data manager can add it to the school’s codes."
            )
        if len(codes) > 3:
            raise Wrong("A suspension has up to three reasons.")
        return codes

    last_days = words.ended(intake.school, CodeSet.SUSPENSION)

    def take(row: Row) -> tuple[Any, dict[str, Any]]:
        key = intake.names((roll.pupil(row), row.read("starts_on", date, required=True)))
        fields = {"sessions": row.read("sessions", lambda cell: whole(cell, least=1), required=True)}
        if "reasons" in row:
            fields["reasons"] = row.read("reasons", reasons)
            if over := [code for code in fields["reasons"] if key[1] > last_days.get(code, key[1])]:
                said = f"The last day of {over[0]} was {in_words(last_days[over[0]])}."
                raise row.wrong("reasons", f"{said} Mend the reason, or the code’s last day under Settings.")
        return key, fields

    _bring(intake, roll, Suspension, take, ("pupil_id", "starts_on"), "starts_on", _from)


def bring_incidents(intake: Intake) -> None:
    roll = Roll(intake)

    def take(row: Row) -> tuple[Any, dict[str, Any]]:
        period = row.read("period", period_name) if row["period"] else ""
        kind = row.read("kind", text, required=True)[:120]
        day = row.read("day", date, required=True)
        return (roll.pupil(row), day, period[:20], text(row["class_name"])[:40], kind), {}

    names = ("pupil_id", "day", "period", "class_name", "kind")
    _bring(intake, roll, Incident, take, names, "day", lambda x: f"{in_words(x.day)}, {x.kind}")


def _bring(
    intake: Intake,
    roll: Roll,
    model: Any,
    take: Callable[[Row], Any],
    key_names: tuple[str, ...],
    column: str,
    what: Callable[[Any], str],
) -> None:
    """Rows of pupils under a key of several fields. Only pupils whom the table names can lack a row in it."""
    rows = ((row, key, fields) for row, (key, fields) in intake.checked(take))
    wanted = one_of_each(intake, rows, column=column, named=lambda key: f"{roll.name(key[0])}")
    roll.say_if_of_others(len(wanted))
    things = model.objects.filter(school=intake.school)
    stored = {tuple(getattr(x, name) for name in key_names): x for x in things}
    pupils = {key[0] for key in wanted}
    dates = [key[1] for key in wanted] if model in (Suspension, Incident) else []
    bring(
        intake,
        model,
        wanted,
        stored,
        lambda key: dict(zip(key_names, key, strict=True)),
        named=lambda x: f"{roll.name(x.pupil_id)}: {what(x)}",
        reach=lambda key: key[0] in pupils and (not dates or min(dates) <= key[1] <= max(dates)),
    )


def _from(suspension: Any) -> str:
    return f"from {in_words(suspension.starts_on)}"


def _gone(what: str) -> Gone:
    return Gone(
        stay=f"They stay: this file does not hold every {what} of these pupils",
        end="They are no longer in the school’s system: take them out",
        each=True,
    )


KINDS = (
    Kind("contacts", CONTACTS, bring_contacts, order=50, needs=NEEDS, gone=_gone("contact")),
    Kind(
        "attendance-last-year",
        TOTALS,
        bring_totals,
        order=60,
        label="Attendance last year",
        needs=NEEDS,
        gone=_gone("total"),
    ),
    Kind("suspensions", SUSPENSIONS, bring_suspensions, order=70, needs=NEEDS, gone=_gone("suspension")),
    Kind("incidents", INCIDENTS, bring_incidents, order=80, needs=NEEDS, gone=_gone("incident")),
)
