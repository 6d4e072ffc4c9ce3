"""One run of an import: every file of a school, in one transaction."""

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
from .founding import school_of, year_of
from .kinds import Kind, Source, plain, recognise, registered
from .models import ImportRun
from .reading import File, Unreadable, in_folder, table, unpacked
from .report import Report

LOCK = 7300  # the first half of the advisory lock's key
Progress = Callable[[str, int], None]  # a kind, and how many more of its rows are done


class _Undo(Exception):
    """Everything that was written is taken back."""


def import_folder(folder: Path, urn: str, **options: Any) -> Report:
    """Bring a folder's files into the school with this URN, which is made if it does not exist."""
    return import_files(in_folder(folder), urn, **options)


def import_files(
    files: Sequence[File],
    urn: str,
    *,
    by: Any = None,
    dry_run: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Apply all good rows of these files in one transaction and report the others.

    `dry_run` writes nothing; `strict` writes nothing when a row is refused. Two runs for one school wait for
    each other. Raises Unreadable for a damaged zip.
    """
    report = Report()
    tables, zips = _sorted(files, report)
    try:
        with transaction.atomic():
            school = school_of(urn, tables, zips)
            with context.within(school.pk):
                _one_at_a_time(school)
                Provision.objects.get_or_create(school=school)
                seed(school)
                _bring_all(school, tables, zips, report, progress or (lambda kind, done: None))
                if dry_run or (strict and report.refused):
                    raise _Undo
                report.applied = True
                ImportRun.objects.create(
                    school=school, by=by, files=[file.name for file in files], outcome=report.as_json()
                )
                # The import stands, whatever becomes of what follows it.
                transaction.on_commit(partial(after.run, school.pk, frozenset(tables)), robust=True)
    except _Undo:
        pass
    return report


def _sorted(files: Sequence[File], report: Report) -> tuple[dict[str, Source], list[File]]:
    """The tables by kind, and the files inside zips. What is no table, or of no kind, is reported."""
    tables: dict[str, Source] = {}
    zips = [file for file in files if file.name.lower().endswith(".zip")]
    inside = [file for archive in zips for file in unpacked(archive)]
    loose = [file for file in files if file not in zips]
    ours = [file for file in inside if not _is_named_otherwise(file)] if not loose else []
    for file in sorted([*loose, *ours], key=_is_named_otherwise):
        try:
            source, kind = _source(file)
        except Unreadable as problem:
            report.of(_kind_named(file)).refuse(file.name, 0, "", str(problem))
            continue
        if kind is None:
            continue  # some other file of the folder
        if kind.name in tables:
            said = f"{tables[kind.name].file} holds the same kind of rows, so this file was left alone."
            report.of(kind.name).warn(file.name, 0, "", said)
        elif missing := kind.missing_from(source.places):
            said = ", ".join(_title(kind, name) for name in missing)
            report.of(kind.name).refuse(
                file.name,
                0,
                said,
                f"There is no column for {said}. Add it to the export, or rename its heading.",
            )
        else:
            tables[kind.name] = source
    return tables, inside


def _is_named_otherwise(file: File) -> bool:
    """Files that bear a kind's name come first; others are known by their headings."""
    return plain(file.stem) not in {plain(kind.name) for kind in registered()}


def _source(file: File) -> tuple[Source, Kind | None]:
    found = table(file)
    kind = recognise(found, file.stem)
    return Source(found, kind.places_in(found.heading) if kind else {}), kind


def _kind_named(file: File) -> str:
    return file.stem if file.stem in {kind.name for kind in registered()} else "files"


def _title(kind: Kind, column: str) -> str:
    return next(c.headings[0] if c.headings else c.name for c in kind.columns if c.name == column)


def _one_at_a_time(school: School) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, school.pk])


def _bring_all(
    school: School, tables: dict[str, Source], zips: list[File], report: Report, progress: Progress
) -> None:
    for kind in registered():
        if kind.name not in tables:
            continue
        progress(kind.name, 0)
        more: dict[str, Any] = {"year": year_of(zips)} if kind.name == "calendar" else {}
        kind.bring(
            school,
            tables[kind.name],
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
