"""What a OneRoster zip says of the school and its year."""

import csv
import io
from collections.abc import Iterator, Sequence

from iap.imports.tables import Sending
from iap.imports.values import Wrong, date

from .files import File

FILES = {"orgs", "users"}


def is_one(inside: Sequence[File]) -> bool:
    """Whether these are the files of a OneRoster zip."""
    return {file.stem for file in inside} >= FILES


def read(inside: Sequence[File], sending: Sending) -> None:
    """Note the school's name and year."""
    by_stem = {file.stem: file for file in inside}
    for row in _rows(by_stem.get("orgs")):
        name = (row.get("name") or "").strip()
        # Some products write the word itself where the name belongs.
        if row.get("type") == "school" and name.lower() not in {"", "school"}:
            sending.school_name = sending.school_name or name[:120]
    for row in _rows(by_stem.get("academicsessions")):
        if row.get("type") == "schoolYear":
            try:
                sending.year = date(row.get("startDate") or ""), date(row.get("endDate") or "")
            except Wrong:
                continue


def _rows(file: File | None) -> Iterator[dict[str, str]]:
    if file is None:
        return
    with file.open() as raw, io.TextIOWrapper(raw, "utf-8-sig", errors="replace", newline="") as text:
        yield from csv.DictReader(text)
