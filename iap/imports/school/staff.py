"""Staff as the school's own system lists them."""

from typing import Any

from iap.imports.bringing import bring, one_of_each
from iap.imports.kinds import Column, Kind, Row, Source, WrongCell, checked
from iap.imports.report import Counts
from iap.imports.values import Wrong, email, text, yes_or_no
from iap.schools.models import StaffMember

COLUMNS = (
    Column("code", ("Staff Code", "Code", "Initials", "Staff ID"), required=True),
    Column("title", ("Title",)),
    Column("given_name", ("Forename", "First name", "Given name", "Legal forename")),
    Column("family_name", ("Surname", "Last name", "Family name", "Legal surname"), required=True),
    Column("email", ("Email", "Email address", "Work email", "E-mail")),
    Column("post", ("Post", "Job title", "Role", "Position")),
    Column("qualified", ("QTS", "Qualified teacher", "Qualified", "QT status")),
    Column("subject", ("Main Subject", "Subject", "Specialism")),
)


def bring_staff(school: Any, source: Source, counts: Counts, tell: Any) -> None:
    def take(row: Row) -> tuple[str, dict[str, Any]]:
        return row.read("code", str.upper, required=True), _fields(row, source, counts)

    rows = ((row, key, fields) for row, (key, fields) in checked(source, counts, take))
    wanted = one_of_each(source, counts, rows, column="code")
    stored = {member.code: member for member in StaffMember.objects.filter(school=school)}
    bring(StaffMember, school, wanted, stored, counts, lambda code: {"code": code})


def _fields(row: Row, source: Source, counts: Counts) -> dict[str, Any]:
    fields = {
        "family_name": row.read("family_name", text, required=True),
        "email": _usable_email(row, source, counts),
    }
    for name in ("title", "given_name", "post", "subject"):
        if name in row:
            fields[name] = text(row[name])
    if "qualified" in row:
        fields["qualified"] = row.read("qualified", yes_or_no)
    for name, value in fields.items():
        limit = StaffMember._meta.get_field(name).max_length  # type: ignore[union-attr]
        if isinstance(value, str) and limit and len(value) > limit:
            raise WrongCell(row.title(name), f"This is longer than {limit} characters.")
    return fields


def _usable_email(row: Row, source: Source, counts: Counts) -> str:
    """The address, or none where it cannot be used: the person is kept all the same."""
    try:
        return email(row["email"])
    except Wrong as wrong:
        counts.warn(source.file, row.number, row.title("email"), f"{wrong} The address was left out.")
        return ""


KIND = Kind("staff", COLUMNS, bring_staff, order=10)
