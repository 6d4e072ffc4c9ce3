"""Excel workbooks: each sheet with rows is a table, kept as text beside the upload."""

import datetime as dt
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from iap.imports.tables import Table, spool

from .files import File, Unreadable
from .sheet import Book, Cell, rows_of
from .text import MOST_COLUMNS, MOST_ROWS, headed

MOST_UNPACKED = 200 * 1024 * 1024
MOST_WORDS = 12 * 1024 * 1024  # bytes of the words that sheets share, which openpyxl holds in memory
MOST_BESIDES = 8 * 1024 * 1024  # bytes of styles, names and whatever else is no sheet, likewise
MOST_SHEETS = 30
NEVER_READ = ("xl/media/", "xl/calcChain.xml", "xl/pivotCache/", "xl/drawings/", "xl/printerSettings/")


def sheets(file: File, workspace: Path) -> list[Table]:
    """The tables of a workbook. Raises Unreadable for one that is damaged, locked or far too large."""
    _refuse_if_too_large(file)
    tables: list[Table] = []
    try:
        with file.open() as handle, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles it does not know
            book = Book.opened(handle)
            names = book.sheetnames[:MOST_SHEETS]
            for number, name in enumerate(names):
                sheet = book[name]
                path = workspace / f"{file.sha256[:12]}-{number}.csv"
                read = spool(path, _rows(file, sheet), first=1)
                if path.stat().st_size == 0:
                    continue
                title = file.name if len(names) == 1 else f"{file.name}, {name}"
                stem = file.stem if len(names) == 1 else name.lower()
                tables.append(headed(title, read, sha256=file.sha256, stem=stem))
    except Unreadable:
        raise
    except Exception as error:  # what a damaged workbook makes openpyxl raise has no common base
        raise Unreadable(f"{file.name} cannot be opened. Open it in Excel and save it again.") from error
    if not tables:
        raise Unreadable(f"{file.name} has no sheet with rows. Export it again.")
    return tables


def _refuse_if_too_large(file: File) -> None:
    try:
        with file.open() as handle, zipfile.ZipFile(handle) as inside:
            members = inside.infolist()
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
        raise Unreadable(f"{file.name} is damaged. Open it in Excel and save it again.") from None
    if sum(info.file_size for info in members) > MOST_UNPACKED or not all(map(_is_bounded, members)):
        raise Unreadable(f"{file.name} is too large when unpacked. Save its sheets as CSV, one by one.")


def _is_bounded(info: zipfile.ZipInfo) -> bool:
    """Whether this may be read: what is no sheet is held in memory whole."""
    if info.filename == "xl/sharedStrings.xml":
        return info.file_size <= MOST_WORDS
    return info.file_size <= MOST_BESIDES or info.filename.startswith(("xl/worksheets/", *NEVER_READ))


def _rows(file: File, sheet: Any) -> Iterator[Sequence[str]]:
    last = 0
    for seen, (number, cells) in enumerate(rows_of(sheet, file.name), start=1):
        if max(seen, number) > MOST_ROWS:
            raise Unreadable(f"{file.name} has more than {MOST_ROWS:,} rows. Send it in parts.")
        if number <= last:
            continue  # it says that it stands where another does
        for _ in range(last + 1, number):
            yield []
        last = number
        yield _texts(file, number, cells)


def _texts(file: File, number: int, cells: list[Cell]) -> list[str]:
    """A row's cells in their places."""
    filled = [cell for cell in cells if cell["value"] is not None]
    width = max((cell["column"] for cell in filled), default=0)
    if width > MOST_COLUMNS:
        raise Unreadable(f"{file.name}, row {number}, has more than {MOST_COLUMNS} columns: no export has.")
    row = [""] * width
    for cell in filled:
        row[cell["column"] - 1] = _text(cell["value"])
    return row


def _text(cell: Any) -> str:
    """The cell as it would stand in a CSV; days as 2026-09-01, whole numbers without `.0`."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
