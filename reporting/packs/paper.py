"""A pack as a tagged PDF with bookmarks, by Typst. The same document gives the same bytes."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from iap.ui.charts import Chart
from iap.ui.charts.paper import colour
from iap.ui.pdf import render

from .document import Document, Part, Table, Told, cell_said, day_said

_NUMBER = re.compile(r"[£−-]?[\d,.]+%?|–|fewer than 5|not known|not shown|\d+ of \d+")
MOST_ROWS = 14  # a chart's table on paper; a longer one is in the spreadsheet


def pdf(document: Document) -> bytes:
    made = document.made_on
    return render(
        "pack",
        {
            "title": document.title,
            "provision": document.provision,
            "school": document.school,
            "about": document.about,
            "made": day_said(made),
            "made_on": (made.year, made.month, made.day),
            "mark": "Confidential" if document.confidential else "",
            "parts": [_part(part) for part in document.parts if not part.is_empty],
            "definitions": document.definitions,
            "cautions": document.cautions,
        },
    )


def _part(part: Part) -> dict[str, Any]:
    figures = _listed(part.figures)
    return {
        "heading": part.heading,
        "words": part.words,
        "figures": [_figure(each) for each in figures],
        "grouped": any(each.group for each in figures),
        "charts": [_chart(chart) for chart in part.charts if not chart.is_empty],
        "tables": [_table(table) for table in part.tables],
    }


def _listed(figures: Iterable[Told]) -> list[Told]:
    """Of a figure that is not told, parts that are not told either are left out: they would say the same."""
    figures = list(figures)
    hidden = {each.key for each in figures if each.hidden and not each.group}
    return [each for each in figures if not (each.group and each.hidden and each.key in hidden)]


def _figure(told: Told) -> tuple[str, str, str, str, str]:
    return (told.label, told.group, told.words, told.beside, "" if told.n is None else f"{told.n:,}")


def _chart(chart: Chart) -> dict[str, Any]:
    head, rows = chart.table()
    said = [[str(cell) for cell in row] for row in rows]
    return {
        "title": chart.title,
        "desc": chart.desc,
        "wide": chart.svg("v-wide"),
        "key": [words for _, words in chart.key()],
        "swatches": [colour("hatch-ln" if css == "hatch" else css) for css, _ in chart.key()],
        "head": head,
        "rows": said if len(said) <= MOST_ROWS else [],
        **_columns(head, said),
    }


def _table(table: Table) -> dict[str, Any]:
    rows = [[cell_said(cell) for cell in row] for row in table.rows]
    return {"caption": table.caption, "head": table.head, "rows": rows, **_columns(table.head, rows)}


def _columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    """How wide each column is beside the others, by its words, and which hold numbers alone."""
    columns = [[row[n] for row in rows] for n in range(len(head))]
    longest = [
        max([len(name), *(len(cell) for cell in cells)]) for name, cells in zip(head, columns, strict=True)
    ]
    return {
        "widths": [min(max(length + 2, 8), 46) for length in longest],
        "numbers": [bool(cells) and all(_NUMBER.fullmatch(cell) for cell in cells) for cells in columns],
    }
