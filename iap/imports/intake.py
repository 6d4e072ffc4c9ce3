"""What a kind is given when its rows are brought in: the rows, how to read them, and where to note the outcome."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from django.utils import timezone

from iap.ui.cells import FORMULA

from .kinds import Gone, Kind
from .ledger import Ledger
from .report import Counts
from .tables import Table
from .values import SAID_OF_SPOILT, SPOILT, Wrong, result
from .words import Words

if TYPE_CHECKING:
    from .corrections import Corrections

Turn = Callable[[str], str]
MOST_ENDED = 0.5  # of what stands
LOST = "\ufffd"  # what stands for a letter that could not be read
SAID_OF_LOST = "A letter of “{}” was lost. Mend it, or say on the page of the import how the file is written."
MANY, MOST = 20, 0.5  # rows by which a file can be judged, and the share of them that is most of it


class WrongCell(Exception):
    """Why a row cannot be taken, the column to look at, and what stands there."""

    def __init__(self, column: str, reason: str, value: str = "") -> None:
        super().__init__(reason)
        self.column, self.reason, self.value = column, reason, value


class TurnedAway(Exception):
    """Why nothing can be taken of all that came, and in which table that shows: it is not this school's."""

    def __init__(self, kind: str, file: str, reason: str) -> None:
        super().__init__(reason)
        self.kind, self.file, self.reason = kind, file, reason


@dataclass(frozen=True)
class Part:
    """One table of a kind, its columns found; a turn makes of a cell what we read."""

    table: Table
    places: Mapping[str, int]
    turns: Mapping[str, Turn] = field(default_factory=dict)

    @property
    def file(self) -> str:
        return self.table.name

    def title(self, column: str) -> str:
        """The column's heading in this table."""
        place = self.places.get(column)
        return self.table.heading[place].strip() if place is not None else column

    def rows(self) -> Iterator["Row"]:
        for number, cells in self.table.rows():
            yield Row(self, number, cells)


class Row:
    """One row of a table, read by our names of its columns."""

    __slots__ = ("cells", "number", "part")

    def __init__(self, part: Part, number: int, cells: Sequence[str]) -> None:
        self.part, self.number, self.cells = part, number, cells

    def __getitem__(self, column: str) -> str:
        """The cell without blanks around it; empty where the table lacks the column or the row is short.

        Raises WrongCell where a letter of it was lost, and where a spreadsheet's formula has left no result: the
        cell is not empty.
        """
        place = self.part.places.get(column, -1)
        cell = self.cells[place].strip() if 0 <= place < len(self.cells) else ""
        if not cell.isascii():
            cell = normalize("NFC", cell)  # a Mac writes an accent as a letter of its own
            if LOST in cell:
                raise WrongCell(self.title(column), SAID_OF_LOST.format(cell), cell)
        if cell[:1] == "'" and cell[1:2] in FORMULA:
            cell = cell[1:]  # we put it there, so that no spreadsheet takes the cell for a formula
        if cell[:1] == "#":
            try:
                result(cell)
            except Wrong as wrong:
                raise WrongCell(self.title(column), str(wrong), cell) from None
        turn = self.part.turns.get(column)
        return turn(cell) if turn else cell

    def __contains__(self, column: str) -> bool:
        return column in self.part.places

    def read(self, column: str, take: Callable[[str], Any], *, required: bool = False) -> Any:
        """The cell as `take` understands it. Raises WrongCell, which knows the column."""
        cell = self[column]
        if required and not cell:
            raise WrongCell(self.title(column), f"{self.title(column)} is missing.")
        try:
            return take(cell)
        except Wrong as wrong:
            raise WrongCell(self.title(column), str(wrong), cell) from None

    def wrong(self, column: str, reason: str) -> WrongCell:
        return WrongCell(self.title(column), reason, self[column])

    def title(self, column: str) -> str:
        return self.part.title(column)


@dataclass(frozen=True)
class Choices:
    """What the person said on the page of what would change."""

    gone: Mapping[str, str] = field(default_factory=dict)  # kind → answer
    picked: Mapping[str, Sequence[str]] = field(default_factory=dict)  # kind → keys, where it is said of each
    sure: Collection[str] = ()  # kinds of which it was said that they are of this school, and of now
    answers: Mapping[str, str] = field(default_factory=dict)  # proposal → answer


@dataclass
class Intake:
    """One kind's tables on their way into a school."""

    kind: Kind
    school: Any
    parts: Sequence[Part]
    counts: Counts
    ledger: Ledger
    by: Any = None
    choices: Choices = field(default_factory=Choices)
    tell: Callable[[int], None] = lambda done: None
    year: tuple[dt.date, dt.date] | None = None
    corrections: "Corrections | None" = None
    proposals: dict[str, dict[str, Any]] = field(default_factory=dict)
    named: set[Any] = field(default_factory=set)

    @cached_property
    def today(self) -> dt.date:
        return timezone.localdate()

    def rows(self) -> Iterator[Row]:
        for part in self.parts:
            yield from part.rows()

    def checked(self, take: Callable[[Row], Any]) -> Iterator[tuple[Row, Any]]:
        """Each row with what `take` makes of it; one it cannot accept is refused with its reason."""
        for row in self.rows():
            try:
                yield row, take(row)
            except WrongCell as wrong:
                self.refuse(row, wrong)

    def names(self, key: Any) -> Any:
        """Note that the table names this, whatever becomes of its row: so it is not missing from the table."""
        self.named.add(key)
        return key

    def refuse(self, row: Row, wrong: WrongCell) -> None:
        self.counts.refuse(row.part.file, row.number, wrong.column, wrong.reason, wrong.value)

    def turn_away(self, reason: str) -> TurnedAway:
        """What to raise where the table cannot be of this school: what came with it is not taken either."""
        return TurnedAway(self.kind.name, self.parts[0].file, reason)

    def weigh(self, known: int, rows: int, standing: int) -> None:
        """Note a doubt where most of many rows agree with nothing of the many that stand: somebody has to say."""
        if self.changes_alone or self.kind.name in self.choices.sure or min(rows, standing) < MANY:
            return
        if known < MOST * rows:
            agree = f"only {known:,} of {rows:,} rows agree" if known else f"none of {rows:,} rows agrees"
            self.counts.doubt = f"{agree} with what stands here."

    def warn(self, row: Row, column: str, reason: str) -> None:
        self.counts.warn(row.part.file, row.number, row.title(column), reason)

    @property
    def changes_alone(self) -> bool:
        """Whether the table says only what has changed: nothing that it does not name is gone."""
        return any(part.table.changes_alone for part in self.parts)

    def has(self, column: str) -> bool:
        return any(column in part.places for part in self.parts)

    def words(self, column: str) -> Words:
        """What a cell of this column may say at this school."""
        words = self.kind.column(column).words
        if words is None:
            raise LookupError(f"The column {column} has no words of its own.")
        return words(self.school)

    def optional(self, row: Row, model: Any, names: Sequence[str]) -> dict[str, str]:
        """Texts that a row may have, each cut to what the model holds, with a warning."""
        found = {}
        for name in names:
            if name in row:
                text, most = " ".join(row[name].split()), model._meta.get_field(name).max_length
                if SPOILT.match(text):
                    self.warn(row, name, f"{SAID_OF_SPOILT.format(text)} It was left out.")
                    continue
                if len(text) > most:
                    self.warn(row, name, f"This is longer than {most} characters, and was cut.")
                found[name] = text[:most].rstrip()
        return found

    @property
    def gone(self) -> str:
        """What was said of rows that are not in the table, or what is usual."""
        usual = self.kind.gone.usual if self.kind.gone else Gone.STAY
        return self.choices.gone.get(self.kind.name, usual)

    def is_gone(self, key: str) -> bool:
        """Whether a row that is not in the table is to be taken as gone."""
        if self.gone == Gone.SOME:
            return key in self.choices.picked.get(self.kind.name, ())
        return self.gone == Gone.END

    def ends(self, missing: int, standing: int) -> bool:
        """Whether rows that are not in the table end, where that is said of all or none.

        Said nothing, a table that leaves out more than half of what stands is taken for a part of it.
        """
        part = missing > MOST_ENDED * standing
        if part and not self.gone:
            said = f"{missing} of {standing} rows are not in this file. It was taken for a part: they stay."
            self.counts.warn(self.parts[0].file, 0, "", said)
        return missing > 0 and (self.gone or (Gone.STAY if part else Gone.END)) == Gone.END
