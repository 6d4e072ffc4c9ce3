"""A school's files as a source: CSV, and zips of them."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .kinds import plain, registered
from .reading import File, Unreadable, decoded, table, unpacked
from .tables import Problem, Sending
from .values import Wrong, date


def sending_of(files: Sequence[File]) -> Sending:
    """The tables in these files, those first that bear a kind's name. Raises Unreadable for a damaged zip.

    Tables inside a zip count only where no file lies beside it: a folder's own files are the fuller ones. What
    a OneRoster zip says of the school and its year is always heard.
    """
    zips = [file for file in files if file.name.lower().endswith(".zip")]
    inside = [file for archive in zips for file in unpacked(archive)]
    loose = [file for file in files if file not in zips]
    ours = [file for file in inside if not is_named_otherwise(file)] if not loose else []
    sending = Sending(school_name=_name(inside), year=_year(inside))
    sending.files = [{"name": file.name, "sha256": file.sha256} for file in files]
    for file in sorted([*loose, *ours], key=is_named_otherwise):
        try:
            sending.tables.append(table(file))
        except Unreadable as problem:
            sending.problems.append(Problem(file.name, str(problem)))
    return sending


def is_named_otherwise(file: File) -> bool:
    """Whether its name is not that of a kind, so that its headings have to say what it is."""
    return plain(Path(file.name).stem) not in {plain(kind.name) for kind in registered()}


def _year(inside: Sequence[File]) -> Any:
    """First and last day of the school year, where a OneRoster zip names them."""
    for row in _rows(inside, "academicsessions"):
        if row.get("type") == "schoolYear":
            try:
                return date(row.get("startDate") or ""), date(row.get("endDate") or "")
            except Wrong:
                return None
    return None


def _name(inside: Sequence[File]) -> str:
    """The school's name in the zip, unless it is only the word itself."""
    names = (row.get("name") or "" for row in _rows(inside, "orgs") if row.get("type") == "school")
    return next((name.strip()[:120] for name in names if name.strip().lower() not in {"", "school"}), "")


def _rows(inside: Sequence[File], stem: str) -> list[dict[str, Any]]:
    return [
        row
        for file in inside
        if file.stem == stem
        for row in csv.DictReader(io.StringIO(decoded(file.content)))
    ]
