"""What was understood of a table: its kind, its columns, the order of its dates, and words nobody has explained."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from . import dates
from .finding import Found, fingerprint, recognise
from .headings import LIKELY, NEARLY, plain
from .intake import Part
from .kinds import Kind, kind_named
from .tables import Table


@dataclass
class Understood:
    """One table as it will be read, in what can be kept as JSON and corrected by hand."""

    table: str
    heading: list[str]
    heading_row: int = 1
    delimiter: str = ""  # of a text file, as its encoding
    encoding: str = ""
    letters_said: bool = False  # somebody has said its encoding
    kind: str = ""
    take: bool = True
    columns: dict[str, Found] = field(default_factory=dict)
    dates: dict[str, str] = field(
        default_factory=dict
    )  # column → order, as the column shows it or somebody says
    asked: list[str] = field(default_factory=list)  # columns whose order somebody has said
    assumed: list[str] = field(default_factory=list)  # columns whose order nobody has said, and that fit both
    words: dict[str, dict[str, str]] = field(default_factory=dict)  # column → plain word → what it stands for
    read: dict[str, dict[str, str]] = field(default_factory=dict)  # column → word → what we read it as
    unknown: dict[str, list[str]] = field(default_factory=dict)  # column → words that stand for nothing yet
    shown: dict[str, list[str]] = field(default_factory=dict)  # column → words that somebody was asked about
    samples: list[list[str]] = field(default_factory=list)  # of each heading
    rows: int = 0
    remembered: bool = False  # somebody has seen and kept this mapping before
    beside_others: bool = False  # somebody has had it read beside another report of its kind
    because: str = ""  # why the table is left alone

    @property
    def of(self) -> Kind | None:
        return kind_named(self.kind)

    @property
    def missing(self) -> list[str]:
        """What its kind cannot do without and nobody has found."""
        return self.of.missing_from(self.columns) if self.of else []

    @property
    def undecided(self) -> list[str]:
        """The columns of dates whose order nobody can know from the file."""
        return [name for name, order in self.dates.items() if order in {dates.EITHER, dates.MIXED}]

    @property
    def unsure(self) -> list[str]:
        """The columns that were found by likeness alone."""
        return [name for name, found in self.columns.items() if found.sure < NEARLY]

    @property
    def must_be_asked(self) -> bool:
        """Whether nothing of the table can be brought in before somebody has said something."""
        return self.take and bool(not self.kind or self.missing or self.undecided)

    @property
    def has_new_words(self) -> bool:
        """Whether cells say words that stand for nothing, and that nobody has been asked about yet."""
        return self.take and any(
            plain_word(word) not in self.shown.get(name, ())
            for name, words in self.unknown.items()
            for word in words
        )

    @property
    def worth_a_look(self) -> bool:
        """Whether somebody should see it before it is used for the first time."""
        return self.must_be_asked or (self.take and not self.remembered and bool(self.unsure or self.unknown))

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.heading)

    def assume(self, order: str) -> None:
        """Take this order where all dates of a column fit both; where they are mixed, only a person can say."""
        self.assumed = [name for name, shown in self.dates.items() if shown == dates.EITHER]
        self.dates |= dict.fromkeys(self.assumed, order)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Understood":
        columns = {name: Found(**found) for name, found in data["columns"].items()}
        return cls(**{**data, "columns": columns})

    def seen(self, table: Table) -> Table:
        """The table with its letters, its cells and its headings where this says that they are."""
        table = table.written(self.delimiter or table.delimiter, self.encoding or table.encoding)
        return table if table.heading_row == self.heading_row else table.headed(self.heading_row)

    def part(self, table: Table) -> Part:
        """The table as its kind reads it."""
        table = self.seen(table)
        places = {name: found.place for name, found in self.columns.items()}
        return Part(table, places, {name: turn for name in places if (turn := self._turn(name))})

    def _turn(self, name: str) -> Callable[[str], str] | None:
        if words := self.words.get(name):
            return lambda cell: words.get(plain_word(cell), cell)
        return dates.turn_for(self.dates.get(name, ""))


def fingerprint_of(heading: Sequence[str], table: str = "") -> str:
    """The same for the same headings in any order; where they alone do not tell, in a table of the same name."""
    known_by = f"{fingerprint(heading)}||{plain(table)}" if table else fingerprint(heading)
    return hashlib.sha256(known_by.encode()).hexdigest()[:32]


def plain_word(cell: str) -> str:
    """A word as it is looked up: whatever its case and its blanks."""
    return " ".join(cell.casefold().split())


def understand(table: Table, *, kept: Mapping[str, Any] | None = None) -> Understood:
    """Recognise a table and find its columns, or take both from the mapping that was `kept` for its headings."""
    understood = Understood(
        table.name, list(table.heading), table.heading_row, table.delimiter, table.encoding
    )
    if kept:
        understood.letters_said, understood.beside_others = (
            "encoding" in kept,
            kept.get("beside_others", False),
        )
        understood.kind, understood.take = kept["kind"], kept["take"]
        understood.words, understood.asked = kept["words"], kept["asked"]
        understood.columns = _as_kept(table.heading, kept)
        understood.remembered = not understood.unsure
    elif found_fit := recognise(table):
        understood.kind, understood.columns = found_fit.kind.name, found_fit.columns
    return understood


def _as_kept(heading: Sequence[str], kept: Mapping[str, Any]) -> dict[str, Found]:
    """Each kept column at its heading. Of headings that are alike only the whole row of them says which is which."""
    titles = [plain(title) for title in heading]
    same, found = kept.get("heading") == titles, {}
    for name, title in kept["columns"].items():
        places = [place for place, each in enumerate(titles) if each == title]
        clear = same or (title and len(places) == 1)
        if places:
            place = places[min(kept.get("which", {}).get(name, 0), len(places) - 1)]
            found[name] = Found(place) if clear else Found(place, LIKELY)
    return found


def leave_repeated(pairs: Iterable[tuple[Table, Understood]]) -> None:
    """Of several tables of one kind: those that are named like it, else all; and of these those of the same headings.

    An export in parts has the same headings in each; other headings are another report of the same things, which is
    read only where somebody has said so.
    """
    by_kind: dict[str, list[tuple[Table, Understood]]] = {}
    for table, each in pairs:
        if each.kind and each.take and not each.missing:
            by_kind.setdefault(each.kind, []).append((table, each))
    for kind, these in by_kind.items():
        named = [each for table, each in these if plain(table.stem) == plain(kind)]
        first, *_ = parts = named or [each for _, each in these]
        for _, other in these:
            if not other.beside_others and (other not in parts or other.fingerprint != first.fingerprint):
                other.take = False
                other.because = f"{first.table} holds the same kind of rows, so this file was left alone."
