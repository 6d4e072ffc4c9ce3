"""Staff as the school's own system lists them."""

from typing import Any

from iap.imports import words
from iap.imports.bringing import bring, one_of_each
from iap.imports.headings import OF_PUPILS
from iap.imports.intake import Intake, Row
from iap.imports.kinds import Column, Gone, Kind
from iap.imports.values import Wrong, day_after, email, required_text, yes_or_no
from iap.schools.models import StaffMember

COLUMNS = (
    Column(
        "code",
        ("Staff Code", "Code", "Initials", "Staff ID", "Staff initials", "Teacher code"),
        required=True,
    ),
    Column("title", ("Title", "Salutation")),
    Column(
        "given_name",
        (
            "Forename",
            "First name",
            "Given name",
            "Legal forename",
            "Preferred first name",
            "Preferred forename",
        ),
    ),
    Column(
        "family_name",
        ("Surname", "Last name", "Family name", "Legal surname", "Legal last name", "Preferred surname"),
        required=True,
    ),
    Column(
        "email",
        (
            "Email",
            "Email address",
            "Work email",
            "E-mail",
            "Work email address",
            "School email",
            "School email address",
        ),
    ),
    Column("post", ("Post", "Job title", "Role", "Position", "Current posts")),
    Column(
        "qualified",
        ("QTS", "Qualified teacher", "Qualified", "QT status", "Has QTS", "Qualified teacher status"),
        words=words.yes_no,
    ),
    Column("subject", ("Main Subject", "Subject", "Specialism", "Main teaching subject")),
    Column("left_on", ("Leaving date", "Date of leaving", "Left", "Leaver date", "End date"), holds="date"),
)
GONE = Gone(
    stay="They stay: this file does not hold all staff",
    end="They have left: they are no longer offered from today",
    each=True,
    leaves="schools.staffmember",
)


def bring_staff(intake: Intake) -> None:
    def take(row: Row) -> tuple[str, dict[str, Any]]:
        code = row.read("code", required_text(20), required=True).upper()
        return intake.names(code), _fields(intake, row)

    rows = ((row, key, fields) for row, (key, fields) in intake.checked(take))
    wanted = one_of_each(intake, rows, column="code")
    stored = {member.code: member for member in StaffMember.objects.filter(school=intake.school)}
    same = [c for c in wanted if c in stored and _is_named(stored[c], wanted[c]["family_name"])]
    intake.weigh(len(same), len(wanted), len(stored))
    for code in stored.keys() & wanted.keys():
        if stored[code].left_on:
            wanted[code].pop("left_on", None)  # whoever has left already, left on that day
    bring(
        intake,
        StaffMember,
        wanted,
        stored,
        lambda code: {"code": code},
        named=lambda member: f"{member}, {member.code}",
        reach=lambda code: stored[code].left_on is None,
        end=lambda gone: intake.ledger.change([(member, {"left_on": intake.today}) for member in gone]),
    )


def _fields(intake: Intake, row: Row) -> dict[str, Any]:
    fields: dict[str, Any] = {"family_name": row.read("family_name", required_text(80), required=True)}
    fields |= intake.optional(row, StaffMember, ("title", "given_name", "post", "subject"))
    if "email" in row:
        fields["email"] = _usable_email(intake, row)
    if "qualified" in row:
        fields["qualified"] = row.read("qualified", yes_or_no)
    if row["left_on"]:
        fields["left_on"] = row.read("left_on", day_after)
    return fields


def _is_named(member: StaffMember, family_name: str) -> bool:
    """Two schools may give one code to two people."""
    return member.family_name.casefold() == family_name.casefold()


def _usable_email(intake: Intake, row: Row) -> str:
    """The address, or none where it cannot be used: the person is kept all the same."""
    try:
        return email(row["email"])
    except Wrong as wrong:
        intake.warn(row, "email", f"{wrong} The address was left out.")
        return ""


KIND = Kind("staff", COLUMNS, bring_staff, order=10, gone=GONE, never=OF_PUPILS, most=20_000)
