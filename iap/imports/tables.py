"""What every source of a school's data yields, and all that the import knows of it.

A source is anything that makes `Table`s: files of a folder or an upload (`reading`), a OneRoster zip, a client
of some product's REST API. It puts them into a `Sending`, and `run.import_tables(sending, urn, …)` does the rest
for all of them alike: recognise the kind of each table from its headings, find its columns, check its rows,
compare, and apply in one transaction (or only say what would change).

    rows = [["B801200005001", "Mensah", "Kai", "2014-03-05", "8"], …]
    table = Table.of("students", ["upn", "family_name", "given_name", "born_on", "year_group"], rows, kind="pupils")
    report = import_tables(Sending([table]), school.urn, dry_run=True)

A heading may be any that a product writes, or our own name of the column (`Column.name` of the kind's columns);
a source that knows its kinds names them in `kind` and uses our names, and then nothing has to be guessed.
Dates are best given as 2026-09-01. Cells are text, blanks around them do no harm, and an empty cell is "".

What is large is never held in memory: `read` opens the rows anew each time it is called, and `spool` keeps rows
that come from elsewhere in a file first.
"""

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

Numbered = tuple[int, Sequence[str]]  # a row and its number, as the place it came from counts


@dataclass(frozen=True)
class Table:
    """A heading and the rows under it.

    `name` is the file or resource as people know it. `read()` gives each row with its number as a spreadsheet
    shows it, so that a refused row can be found again; it is called more than once, and may give the rows above
    the heading too. `kind` is the name of a registered kind where the source knows it, else it is recognised.
    `stem` is a name that may be that of a kind, and `sha256` is of the file it came from. One of `changes_alone`
    says nothing of what it does not name. Of a text file it is known what divides its cells and how its letters are
    written; `anew` reads it as if both were otherwise.
    """

    name: str
    heading: Sequence[str]
    read: Callable[[], Iterable[Numbered]]
    kind: str = ""
    sha256: str = ""
    stem: str = ""
    heading_row: int = 1
    changes_alone: bool = False
    delimiter: str = ""
    encoding: str = ""
    anew: Callable[[str, str], "Table"] | None = None

    @classmethod
    def of(
        cls, name: str, heading: Sequence[str], rows: Sequence[Sequence[str]], *, kind: str = ""
    ) -> "Table":
        """A small table that is already in memory."""
        stem = Path(name).stem.lower()
        return cls(name, heading, lambda: enumerate(rows, start=2), kind, stem=stem)

    def rows(self) -> Iterator[Numbered]:
        """The rows under the heading that say anything; a heading that is repeated on each page says nothing."""
        heading = list(self.heading)
        for number, cells in self.read():
            if number > self.heading_row and cells != heading and any(cells) and not _blank(cells):
                yield number, cells

    def written(self, delimiter: str, encoding: str) -> "Table":
        """The same file taken to be written so. Raises Unreadable where that makes no table of it."""
        if self.anew is None or (delimiter, encoding) == (self.delimiter, self.encoding):
            return self
        return self.anew(delimiter, encoding)

    def headed(self, row: int) -> "Table":
        """The same table with its heading in another row. Raises LookupError where there is no such row."""
        for number, cells in self.read():
            if number == row:
                return replace(self, heading=cells, heading_row=row)
        raise LookupError(f"{self.name} has no row {row}.")


def _blank(cells: Sequence[str]) -> bool:
    return not "".join(cells).strip()


@dataclass(frozen=True)
class Problem:
    """A file that could not be read, and what to do about it."""

    file: str
    sentence: str


@dataclass
class Sending:
    """What one source gives at one time, in order of preference: of two tables of a kind the first is taken."""

    tables: list[Table] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    school_name: str = ""
    year: tuple[dt.date, dt.date] | None = None  # the school year's first and last day
    files: list[dict[str, str]] = field(default_factory=list)  # for the record: name and sha256 of each


def spool(path: Path, rows: Iterable[Sequence[str]], *, first: int = 2) -> Callable[[], Iterator[Numbered]]:
    """Keep rows in a file and give what reads them from there, numbered from `first`."""
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)

    def read() -> Iterator[Numbered]:
        with path.open(encoding="utf-8", newline="") as kept:
            yield from enumerate(csv.reader(kept), start=first)

    return read
