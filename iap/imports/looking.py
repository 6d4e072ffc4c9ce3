"""Read a table once through for what its mapping has to know: orders of dates, words, samples, and how many rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import dates
from .kinds import Column
from .mapping import Understood, plain_word
from .tables import Table
from .values import MISTAKES

SAMPLES = 3  # values of a column that are shown beside it
MOST_WORDS = 60  # words of a column that are shown; a column with more unknown ones says something else


def look(
    understood: Understood, table: Table, school: Any = None, *, usual: Mapping[str, str] | None = None
) -> None:
    """Read the table once through: orders of dates, words that need explaining, samples, and how many rows.

    `usual` are the orders that somebody has settled: they hold where all dates fit both.
    Words are looked at where the `school` is known, whose codes they are. Raises Unreadable where the table
    cannot be read to its end.
    """
    table, kind = understood.seen(table), understood.of
    places = {name: found.place for name, found in understood.columns.items()} if kind else {}
    columns = [kind.column(name) for name in places] if kind else []
    watches = {c.name: (places[c.name], dates.Watch()) for c in columns if c.holds == "date"}
    worded = {c.name: _Words(places[c.name], c, school) for c in columns if c.words and school is not None}
    samples: list[list[str]] = [[] for _ in table.heading]
    understood.rows = 0
    for _, cells in table.rows():
        understood.rows += 1
        if understood.rows <= 200:
            _sample(samples, cells)
        for place, watch in watches.values():
            if place < len(cells):
                watch.look(cells[place])
        for words in worded.values():
            words.look(cells)
    understood.samples = samples
    for name, (_, watch) in watches.items():
        understood.dates[name] = _order(understood, name, watch.order, usual or {})
    for name, each in worded.items():
        each.leave_out(understood.words.get(name, {}))
    understood.unknown = {name: each.unknown for name, each in worded.items() if each.unknown}
    understood.read = {name: each.read for name, each in worded.items() if each.read}


def _order(understood: Understood, name: str, shown: str, usual: Mapping[str, str]) -> str:
    """What is usual holds where every date fits both orders; of mixed dates only what somebody has said."""
    is_open = shown == dates.EITHER or (shown == dates.MIXED and name in understood.asked)
    return usual.get(name, shown) if is_open else shown


class _Words:
    """Gathers the words of a column: those that stand for nothing, and those that are read as something else."""

    def __init__(self, place: int, column: Column, school: Any) -> None:
        self.place, self.seen = place, set[str]()
        self.unknown: list[str] = []
        self.read: dict[str, str] = {}
        self.words = column.words(school) if column.words else None

    def look(self, cells: Sequence[str]) -> None:
        cell = cells[self.place] if self.place < len(cells) else ""
        if cell in self.seen or len(self.unknown) > MOST_WORDS or self.words is None:
            return
        self.seen.add(cell)
        word = " ".join(cell.split())
        if not word or word in MISTAKES:
            return
        if not self.words.knows(word):
            if word not in self.unknown:
                self.unknown.append(word)
        elif len(self.read) < MOST_WORDS:
            meant = self.words.meant_by(word)
            if meant is not None and plain_word(meant) != plain_word(word):
                self.read[word] = meant

    def leave_out(self, said: Mapping[str, str]) -> None:
        """Leave out what somebody has said the meaning of."""
        self.unknown = [word for word in self.unknown if plain_word(word) not in said]
        self.read = {word: meant for word, meant in self.read.items() if plain_word(word) not in said}


def _sample(samples: list[list[str]], cells: Iterable[str]) -> None:
    for sample, cell in zip(samples, cells, strict=False):
        word = cell.strip()
        if word and len(sample) < SAMPLES and word not in sample:
            sample.append(word[:40])
