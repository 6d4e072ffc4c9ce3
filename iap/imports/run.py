"""One run of an import: everything a school sends at one time, in one transaction."""

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from iap.schools.codes import seed
from iap.schools.models import Provision, School
from iap.tenancy import context

from . import after
from .files import sending_of
from .founding import school_of
from .kinds import Kind, Source, recognise, registered
from .models import ImportRun
from .reading import File, in_folder
from .report import Report
from .tables import Sending, Table

LOCK = 7300  # the first half of the advisory lock's key
Progress = Callable[[str, int], None]  # a kind, and how many more of its rows are done


class _Undo(Exception):
    """Everything that was written is taken back."""


def import_folder(folder: Path, urn: str, **options: Any) -> Report:
    """Bring a folder's files into the school with this URN, which is made if it does not exist."""
    return import_files(in_folder(folder), urn, **options)


def import_files(files: Sequence[File], urn: str, **options: Any) -> Report:
    """The same for files in hand. Raises Unreadable for a damaged zip."""
    return import_tables(sending_of(files), urn, **options)


def import_tables(
    sending: Sending,
    urn: str,
    *,
    by: Any = None,
    dry_run: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Recognise the tables, apply all their good rows in one transaction, and report the others.

    `dry_run` writes nothing; `strict` writes nothing when a row is refused. Two runs for one school wait for
    each other. Raises Refused where the school cannot be made or found.
    """
    report = Report()
    for problem in sending.problems:
        report.of(_kind_named(problem.file)).refuse(problem.file, 0, "", problem.sentence)
    sources = _recognised(sending.tables, report)
    try:
        with transaction.atomic():
            school = school_of(urn, sources, sending.school_name)
            with context.within(school.pk):
                _one_at_a_time(school)
                Provision.objects.get_or_create(school=school)
                seed(school)
                _bring_all(school, sources, sending, report, progress or (lambda kind, done: None), by)
                if dry_run or (strict and report.refused):
                    raise _Undo
                report.applied = True
                names = [file["name"] for file in sending.files]
                ImportRun.objects.create(school=school, by=by, files=names, outcome=report.as_json())
                # The import stands, whatever becomes of what follows it.
                transaction.on_commit(partial(after.run, school.pk, frozenset(sources)), robust=True)
    except _Undo:
        pass
    return report


def _recognised(tables: Sequence[Table], report: Report) -> dict[str, Source]:
    """The tables by kind. One of no kind is some other file of the folder."""
    sources: dict[str, Source] = {}
    for table in tables:
        kind = recognise(table, Path(table.name).stem)
        if kind is None:
            continue
        source = Source(table, kind.places_in(table.heading))
        if kind.name in sources:
            said = f"{sources[kind.name].file} holds the same kind of rows, so this file was left alone."
            report.of(kind.name).warn(table.name, 0, "", said)
        elif missing := kind.missing_from(source.places):
            said = ", ".join(_title(kind, name) for name in missing)
            reason = f"There is no column for {said}. Add it to the export, or rename its heading."
            report.of(kind.name).refuse(table.name, 0, said, reason)
        else:
            sources[kind.name] = source
    return sources


def _kind_named(file: str) -> str:
    stem = Path(file).stem.lower()
    return stem if stem in {kind.name for kind in registered()} else "files"


def _title(kind: Kind, column: str) -> str:
    return next(c.headings[0] if c.headings else c.name for c in kind.columns if c.name == column)


def _one_at_a_time(school: School) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, school.pk])


def _bring_all(
    school: School,
    sources: dict[str, Source],
    sending: Sending,
    report: Report,
    progress: Progress,
    by: Any,
) -> None:
    for kind in registered():
        if kind.name not in sources:
            continue
        progress(kind.name, 0)
        more: dict[str, Any] = {"year": sending.year} if kind.name == "calendar" else {}
        if kind.signed:
            more["by"] = by
        kind.bring(
            school,
            sources[kind.name],
            report.of(kind.name),
            lambda done, name=kind.name: progress(name, done),
            **more,
        )


def refusals_as_csv(report: Report) -> str:
    """The rows that were left out, as a table to open beside the export."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["File", "Row", "Column", "Reason"])
    for refusal in report.refused:
        writer.writerow(
            [_safe(refusal.file), refusal.row or "", _safe(refusal.column), _safe(refusal.reason)]
        )
    return out.getvalue()


def _safe(cell: str) -> str:
    """A spreadsheet takes a cell that begins like a formula for one."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
