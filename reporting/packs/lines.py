"""A pack as comma-separated values, one line for each value, for whatever reads it next."""

import csv
import datetime as dt
from collections.abc import Iterator
from io import StringIO
from typing import Any

from .document import Document

HEAD = ("section", "item", "row", "column", "value", "unit", "beside", "rests on")
RISKY = ("=", "+", "-", "@", "\t", "\r")


def text(document: Document) -> str:
    """With the mark by which spreadsheets know UTF-8."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows([safe(cell) for cell in line] for line in _lines(document))
    return "\ufeff" + out.getvalue()


def safe(value: Any) -> Any:
    """A spreadsheet would run what begins like a formula: a quote before it makes it text."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return "" if value is None else value


def _lines(document: Document) -> Iterator[tuple[Any, ...]]:
    for part in document.parts:
        for told in part.figures:
            value = told.said if told.hidden else told.number
            yield (part.heading, told.label, told.group, "", value, told.unit, told.beside, told.n)
        tables = [(table.caption, table.head, table.rows) for table in part.tables]
        drawn = [(chart.title, *chart.table()) for chart in part.charts]
        for caption, head, rows in [*tables, *drawn]:
            for row in rows:
                for column, cell in list(zip(head, row, strict=True))[1:]:
                    yield (part.heading, caption, row[0], column, cell, "", "", "")
