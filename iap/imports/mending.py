"""Rows that were left out, as they stand in their files, with a column of reasons: to mend and to bring again."""

import csv
import io
import zipfile
from typing import Any

from iap.ui.cells import safe

from . import uploads
from .listing import lines_of
from .models import ImportJob
from .reading import sending_of
from .report import REFUSED

REASON = "What to mend"  # `finding.IGNORED` leaves it alone when the file comes again


def mended(job: ImportJob) -> tuple[str, bytes]:
    """A file's name and content: one CSV, or a zip of one for each file that has such rows."""
    if kept := uploads.kept_to_mend(job):
        return kept
    reasons = _reasons(job)
    tables = {table.name: table for table in sending_of(uploads.stored(job), uploads.workspace(job)).tables}
    understood = {each.table: each for each in job.tables}
    found: dict[str, str] = {}
    other: list[tuple[str, str, str]] = []
    for name, by_row in reasons.items():
        if name not in tables or 0 in by_row:
            other += [(name, str(row or ""), reason) for row, reason in by_row.items()]
            continue
        table = understood[name].seen(tables[name]) if name in understood else tables[name]
        found[_as_csv_name(name)] = _mended(table, by_row)
    if other or not found:
        found["files-left-out.csv"] = as_csv([["File", "Row", REASON], *map(list, other)])
    if len(found) == 1:
        return next((name, f"\ufeff{text}".encode()) for name, text in found.items())
    return "rows-left-out.zip", _zipped(found)


def _reasons(job: ImportJob) -> dict[str, dict[int, str]]:
    """What is wrong with each row of each file."""
    found: dict[str, dict[int, str]] = {}
    for kind in job.outcome:
        for line in lines_of(uploads.listing(job), kind, REFUSED):
            said, column = line["reason"], line["column"]
            said = said if said.startswith(column) else f"{column}: {said}"
            by_row = found.setdefault(line["file"], {})
            by_row[line["row"]] = f"{by_row[line['row']]} {said}" if line["row"] in by_row else said
    return found


def _mended(table: Any, reasons: dict[int, str]) -> str:
    rows = [[*table.heading, REASON]]
    width = len(table.heading)
    for number, cells in table.rows():
        if number in reasons:
            rows.append([*[*cells, *[""] * width][:width], reasons[number]])
    return as_csv(rows)


def as_csv(rows: list[list[str]]) -> str:
    """Rows as text, each cell safe to open in a spreadsheet; reading takes the mark off again."""
    out = io.StringIO()
    csv.writer(out).writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _as_csv_name(name: str) -> str:
    stem = "".join(c if c.isalnum() or c in " -_" else "-" for c in name.rsplit(".", 1)[0])
    return f"{stem.strip() or 'rows'}-to-mend.csv"


def _zipped(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, f"\ufeff{text}")
    return out.getvalue()
