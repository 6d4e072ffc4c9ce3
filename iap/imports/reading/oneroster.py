"""A OneRoster 1.1 or 1.2 zip as a source: people, classes and who is in them. It knows no lesson times and no SEN.

A zip is whole ("bulk") or holds what has changed ("delta"), file by file, as its manifest says. A row whose status
says so is somebody who has left, or in what has changed a class that a pupil has left.
"""

from collections.abc import Iterator, Sequence

from iap.imports.tables import Problem, Sending, Table
from iap.ui.words import plural

from .files import File
from .oneroster_zip import CONTACT, WHOLE, Zip

SOME_OF = {"manifest", "orgs", "academicsessions", "enrollments"}


def is_one(inside: Sequence[File]) -> bool:
    """Whether these are the files of a OneRoster zip."""
    stems = {file.stem for file in inside}
    return "users" in stems and bool(stems & SOME_OF)


def read(inside: Sequence[File], sending: Sending, name: str) -> None:
    """Add what the zip of this name holds to a sending."""
    zipped = Zip(inside)
    sending.school_name = sending.school_name or zipped.school_name
    sending.year = zipped.year or sending.year
    tables = list(_tables(zipped, name))
    # Where only changes are given there may be none.
    tables = [x for x in tables if next(iter(x.rows()), None)] or [x for x in tables if x.changes_alone]
    sending.tables += tables
    if tables:
        sending.problems += [
            Problem(f"{name}, {stem}.csv ({plural(rows, 'row')})", said)
            for stem, rows, said in zipped.unclear
        ]
    else:
        sending.problems.append(Problem(name, f"{name} names no pupils, staff or classes. {WHOLE}"))


def _tables(zipped: Zip, name: str) -> Iterator[Table]:
    people, members = zipped.is_delta("users"), zipped.has_changes_of_members
    for file, of, heading, read, kind, changes_alone in (
        ("users.csv", "staff", zipped.staff_heading, zipped.staff, "staff", people),
        ("users.csv", "pupils", zipped.pupil_heading, zipped.pupils, "pupils", people),
        ("users.csv", "contacts", CONTACT, zipped.contacts, "contacts", people),
        ("enrollments.csv", "", zipped.member_heading, zipped.members, "members", members),
    ):
        more = ", ".join(filter(None, (of, "changes alone" if changes_alone else "")))
        title = f"{name}, {file} ({more})" if more else f"{name}, {file}"
        yield Table(title, heading, read, kind=kind, changes_alone=changes_alone)
