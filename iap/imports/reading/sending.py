"""All files that came together, as one sending."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from iap.imports.headings import plain
from iap.imports.kinds import registered
from iap.imports.tables import Problem, Sending, Table

from . import oneroster
from .archive import is_workbook, is_zip, members
from .files import File, Unreadable
from .text import text_table
from .workbook import sheets


def sending_of(files: Sequence[File], workspace: Path) -> Sending:
    """The tables in these files, those first whose name is that of a kind.

    `workspace` is a folder that lasts as long as the sending is used: what is unpacked lies there. A file that
    cannot be read becomes a problem of the sending, and the others are still read.
    """
    sending = Sending(files=[{"name": file.name, "sha256": file.sha256} for file in files])
    longer: list[str] = []
    for file in files:
        try:
            _take(file, sending, workspace)
        except Unreadable as problem:
            sending.problems.append(Problem(file.name, str(problem)))
        longer += [_within(file, table) for table in sending.tables[len(longer) :]]
    often = Counter(table.name for table in sending.tables)
    sending.tables = [
        replace(table, name=name) if often[table.name] > 1 else table
        for table, name in zip(sending.tables, longer, strict=True)
    ]
    sending.tables.sort(key=is_named_otherwise)
    return sending


def _within(file: File, table: Table) -> str:
    """What a table is called beside another of its name: with the zip in which it lies."""
    return table.name if table.name.startswith(file.name) else f"{file.name}, {table.name}"


def is_named_otherwise(table: Table) -> bool:
    """Whether its name is not that of a kind, so that its headings have to say what it is."""
    return plain(table.stem) not in {plain(kind.name) for kind in registered()}


def _take(file: File, sending: Sending, workspace: Path) -> None:
    if not is_zip(file):
        sending.tables.append(text_table(file))
    elif is_workbook(file):
        sending.tables += sheets(file, workspace)
    else:
        inside = members(file, workspace)
        if oneroster.is_one(inside):
            oneroster.read(inside, sending, file.name)
            return
        for member in inside:
            try:
                _take_member(member, sending, workspace)
            except Unreadable as problem:
                sending.problems.append(Problem(f"{file.name}, {member.name}", str(problem)))


def _take_member(member: File, sending: Sending, workspace: Path) -> None:
    if not is_zip(member):
        sending.tables.append(text_table(member))
    elif is_workbook(member):
        sending.tables += sheets(member, workspace)
    else:
        raise Unreadable(f"{member.name} is a zip within a zip. Unpack it and send its files.")
