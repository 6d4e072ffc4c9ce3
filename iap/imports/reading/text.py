"""Text files as tables: found delimiter, bounded lines, and rows numbered as a spreadsheet shows them."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice

from iap.imports.finding import heading_of
from iap.imports.tables import Numbered, Table

from .encoding import MARK, encoding_of
from .files import File, Unreadable

LONGEST_LINE = 200_000  # characters
MOST_COLUMNS, MOST_ROWS = 300, 1_300_000
LOOKED_AT = 40  # rows, when a heading and a delimiter are sought
DELIMITERS = {",": "Commas", ";": "Semicolons", "\t": "Tabs", "|": "Upright bars"}
NO_TABLE = {
    b"%PDF": "is a PDF. Export the report again as CSV or Excel.",
    b"\xd0\xcf\x11\xe0": "is an old Excel workbook (.xls). Open it and save it as .xlsx or CSV.",
    b"{\\rt": "is a text document. Export the report again as CSV or Excel.",
    b"<htm": "is a web page. Export the report again as CSV or Excel.",
    b"<!DO": "is a web page. Export the report again as CSV or Excel.",
}


def text_table(file: File, delimiter: str = "", encoding: str = "") -> Table:
    """A file's table, not read further than its heading. Raises Unreadable for what has none.

    How the file is written is found out, unless somebody has said it.
    """
    if reason := NO_TABLE.get(file.head()):
        raise Unreadable(f"{file.name} {reason}")
    encoding = encoding or encoding_of(file)
    delimiter = delimiter or _delimiter(list(islice(_lines(file, encoding), LOOKED_AT)))

    def read() -> Iterator[Numbered]:
        return numbered_rows(file, encoding, delimiter)

    table = headed(file.name, read, sha256=file.sha256, stem=file.stem)
    return replace(table, delimiter=delimiter, encoding=encoding, anew=partial(text_table, file))


def headed(name: str, read: object, *, sha256: str, stem: str) -> Table:
    """The table under the heading that its first rows hold."""
    first = list(islice(read(), LOOKED_AT))  # type: ignore[operator]
    number, heading = heading_of(first)
    if not number:
        raise Unreadable(f"{name} is empty, or has no heading. Export it again with its column headings.")
    return Table(name, heading, read, sha256=sha256, stem=stem, heading_row=number)  # type: ignore[arg-type]


def _lines(file: File, encoding: str) -> Iterator[str]:
    """The lines with their ends. Raises Unreadable before a line without end fills the memory."""
    with file.open() as raw, io.TextIOWrapper(raw, encoding, errors="replace", newline="") as text:
        number = 0
        while line := text.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE:
                raise Unreadable(f"{file.name}, line {number}, is too long for a table. Export it again.")
            if "\x00" in line:
                raise Unreadable(f"{file.name} is no text: line {number} holds zero bytes. Export it again.")
            yield line.removeprefix(MARK) if number == 1 else line


def numbered_rows(file: File, encoding: str, delimiter: str) -> Iterator[Numbered]:
    """The rows and their numbers. Raises Unreadable where a line or a row is none of a table."""
    rows = csv.reader(_lines(file, encoding), delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            raise Unreadable(f"{file.name}, row {number}: {_UNCLOSED}") from None
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(
                f"{file.name}, row {number}, has more than {MOST_COLUMNS} columns: no export has."
            )
        if number > MOST_ROWS:
            raise Unreadable(f"{file.name} has more than {MOST_ROWS:,} rows. Send it in parts.")
        yield number, cells


_UNCLOSED = "a quotation mark opens a cell and none closes it. Mend that cell, or export the file again."


def _delimiter(lines: list[str]) -> str:
    """What divides most lines into the same number of cells, and into most."""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4]
    return max(DELIMITERS, key=lambda mark: _divides(lines, mark))


def _divides(lines: list[str], mark: str) -> tuple[int, int]:
    try:
        widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=mark) if len(cells) > 1)
    except csv.Error:
        return 0, 0
    (width, often), *_ = widths.most_common(1) or [(0, 0)]
    return often * min(width, 2), width
