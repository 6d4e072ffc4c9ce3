"""Workbooks by openpyxl, and the rows of a sheet one at a time: no more of a sheet than a row is in memory."""

from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import DATA_TAG, FORMULA_TAG, ROW_TAG, WorkSheetParser

from iap.imports.values import NO_RESULT

from .files import Unreadable

LARGEST_ROW = 2 * 1024 * 1024  # bytes from the end of one row to the end of the next

Cell = dict[str, Any]


class Book(ExcelReader):  # type: ignore[misc]
    """Opens a workbook without reading any of its sheets."""

    @classmethod
    def opened(cls, handle: IO[bytes]) -> Any:
        reader = cls(handle, read_only=True, data_only=True, keep_links=False)
        reader.read()
        return reader.wb

    def read_worksheets(self) -> None:
        for sheet, rel in self.parser.find_sheets():
            if rel.target in self.valid_files and "chartsheet" not in rel.Type:
                self.wb._sheets.append(_Sheet(self.wb, sheet.name, rel.target, self.shared_strings))


class _Sheet(ReadOnlyWorksheet):  # type: ignore[misc]
    def _get_size(self) -> None:
        """Not asked for: what a sheet says of it may be wrong, and to look for it may read the sheet whole."""


def rows_of(sheet: Any, name: str) -> Iterator[tuple[int, list[Cell]]]:
    """The number and cells of each row that the sheet holds. Raises Unreadable where one is far too large."""
    book = sheet.parent
    with sheet._get_source() as packed:
        source = _Bounded(packed, name)
        parser = _Cells(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        data: Element | None = None
        depth = 0  # below the sheet's data
        for event, element in iterparse(source, ("start", "end")):  # noqa: S314  expat bounds entities
            if element.tag == DATA_TAG:
                if event == "end":
                    return  # what follows says how the sheet looks
                data, depth = element, 0
                continue
            depth += 1 if event == "start" else -1
            if data is not None and depth == 0 and event == "end" and element.tag == ROW_TAG:
                yield parser.parse_row(element)
                source.since = 0
                data.clear()


class _Bounded:
    """A source that gives only so much between one row and the next."""

    def __init__(self, packed: IO[bytes], name: str) -> None:
        self.packed, self.name, self.since = packed, name, 0

    def read(self, size: int = -1) -> bytes:
        chunk = self.packed.read(size)
        self.since += len(chunk)
        if self.since > LARGEST_ROW:
            raise Unreadable(f"{self.name} has a row that is too long for a table. Export it again.")
        return chunk


class _Cells(WorkSheetParser):  # type: ignore[misc]
    """Reads a formula whose result was never saved as such, and not as an empty cell."""

    def parse_cell(self, element: Element) -> Cell:
        cell: Cell = super().parse_cell(element)
        # A result that is an empty text is saved as one.
        if cell["value"] is None and element.get("t") != "str" and element.find(FORMULA_TAG) is not None:
            cell["value"] = NO_RESULT
        return cell
