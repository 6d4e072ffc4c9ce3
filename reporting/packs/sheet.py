"""A pack as a spreadsheet: figures as typed cells, each table on its own sheet, and how everything is counted.

What somebody typed is always text, whatever it begins with: a cell that a spreadsheet would take for a formula is
never one.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from .document import Document, Told, day_said

BOLD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")
DAY, PERCENT, POUNDS = "d mmm yyyy", "0%", "£#,##0"
WIDEST = 70
_UNFIT = re.compile(r"[\[\]:*?/\\']")  # in a sheet's name
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # in a cell
FIGURE_HEAD = (
    "Section",
    "Figure",
    "Group",
    "Value",
    "Unit",
    "As it is said",
    "Beside it",
    "Rows it rests on",
)


def xlsx(document: Document) -> bytes:
    book = Workbook()
    book.properties.title = document.title
    book.properties.creator = document.provision
    moment = dt.datetime.combine(document.made_on, dt.time())
    book.properties.created = book.properties.modified = moment  # type: ignore[assignment]
    _about(book.active, document)
    if any(part.figures for part in document.parts):
        _figures(book.create_sheet("Figures"), document)
    for title, head, rows in _tables(document):
        _fill(book.create_sheet(_name(title, book.sheetnames)), [head, *rows])
    if document.definitions:
        _fill(book.create_sheet("Definitions"), [("Figure", "How it is counted"), *document.definitions])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _about(sheet: Any, document: Document) -> None:
    sheet.title = "About"
    rows: list[tuple[str, ...]] = [
        (document.title,),
        (document.provision, document.school),
        (document.about,),
        ("Made", day_said(document.made_on)),
        *((caution,) for caution in document.cautions),
        *((part.heading, words) for part in document.parts for words in part.words),
    ]
    _fill(sheet, rows)
    sheet.freeze_panes = None


def _figures(sheet: Worksheet, document: Document) -> None:
    rows = [
        (part.heading, told.label, told.group, told.number, told.unit, told.words, told.beside, told.n)
        for part in document.parts
        for told in part.figures
    ]
    _fill(sheet, [FIGURE_HEAD, *rows])
    shown = [told for part in document.parts for told in part.figures]
    for number, told in enumerate(shown, start=2):
        sheet.cell(number, 4).number_format = _format(told)


def _format(told: Told) -> str:
    if told.percent:
        return PERCENT
    return POUNDS if told.said.startswith("£") else "General"


def _tables(document: Document) -> Iterable[tuple[str, Sequence[Any], list[Sequence[Any]]]]:
    """The tables, and the numbers of the charts."""
    for part in document.parts:
        for table in part.tables:
            yield table.caption, table.head, list(table.rows)
        for chart in part.charts:
            head, rows = chart.table()
            yield chart.title, head, [[_typed(cell) for cell in row] for row in rows]


def _typed(cell: Any) -> Any:
    """What a chart's table says as words, where it is a plain number, as that number."""
    try:
        return float(cell) if "." in cell else int(cell)
    except (TypeError, ValueError):
        return cell


def _fill(sheet: Any, rows: Iterable[Sequence[Any]]) -> None:
    widths: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            put(sheet.cell(number, column), value)
            widths[column] = max(widths.get(column, 8), min(len(str(value)) + 2, WIDEST))
            if number == 1:
                sheet.cell(1, column).font = BOLD
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def put(cell: Any, value: Any) -> None:
    """A value as what it is: a number, a day, or text that is never a formula."""
    if isinstance(value, str):
        cell.value = _CONTROL.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t", "\r"))
        cell.alignment = WRAPPED
    else:
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = DAY


def _name(title: str, taken: Sequence[str]) -> str:
    """At most 31 characters, without those a sheet's name may not have, and unlike all others."""
    plain = " ".join(_UNFIT.sub(" ", title).split())[:31].strip() or "Table"
    number, name = 1, plain
    while name.lower() in {each.lower() for each in taken}:
        number += 1
        name = f"{plain[:27].strip()} ({number})"
    return name
