"""How a school has settled that its tables are read, so that nobody is asked again when they come again."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Any

from .headings import plain
from .mapping import Understood, fingerprint_of
from .reading import Unreadable
from .reading.encoding import OLDER
from .reading.text import DELIMITERS, LOOKED_AT
from .tables import Table

Kept = Mapping[str, Any]  # mappings that were settled, each under what it is known by


def as_settled(table: Table, kept: Kept) -> tuple[Table, Any]:
    """The table as somebody has settled that it is read, and that mapping; as it is, and nothing, where nobody has.

    A mapping is known by its headings. Where they are not those that were found they may stand in another row, or
    show once the table is divided otherwise: somebody has then said so before.
    """
    found = ((each, mapping) for each in _readings(table) if (mapping := remembered(each, kept)))
    first = next(found, None) if kept else None
    if first is None:
        return table, None
    each, mapping = first if first[1]["take"] else next((more for more in found if more[1]["take"]), first)
    return _in_letters(each, mapping.get("encoding", "")), mapping


def _readings(table: Table) -> Iterator[Table]:
    """The table as it was found, then under each of its first rows, then the same divided in every other way."""
    yield table
    for each in (table, *_divided_otherwise(table)):
        for number, cells in islice(each.read(), LOOKED_AT):
            if any(map(plain, cells)):
                yield replace(each, heading=cells, heading_row=number)


def _divided_otherwise(table: Table) -> Iterator[Table]:
    for mark in DELIMITERS if table.anew else ():
        if mark != table.delimiter:
            with suppress(Unreadable):
                yield table.written(mark, table.encoding)


def _in_letters(table: Table, encoding: str) -> Table:
    """In the letters that somebody has named, unless the file's own bytes say what they are."""
    if encoding not in OLDER or table.encoding not in OLDER:
        return table
    again = table.written(table.delimiter, encoding)
    return again if again.heading_row == table.heading_row else again.headed(table.heading_row)


def remembered(table: Table, kept: Kept) -> Any:
    """The mapping that somebody has settled for such headings; nothing where there is none."""
    return kept.get(fingerprint_of(table.heading, table.name)) or kept.get(fingerprint_of(table.heading))


def outgrown(understood: Understood, kept: Kept) -> bool:
    """Whether somebody has settled how such a table is read, under headings that it no longer has."""
    settled = {mapping["kind"] for mapping in kept.values() if mapping["take"]}
    return understood.take and not understood.remembered and understood.kind in settled


def keys_to_keep(understood: Sequence[Understood]) -> list[str]:
    """Under what each table's mapping is kept: its headings, and its name too where another kind has the same ones."""
    kinds: dict[str, set[str]] = {}
    for each in understood:
        kinds.setdefault(each.fingerprint, set()).add(each.kind)
    alone = {key for key, some in kinds.items() if len(some) == 1}
    return [
        x.fingerprint if x.fingerprint in alone else fingerprint_of(x.heading, x.table) for x in understood
    ]


def to_keep(understood: Understood) -> dict[str, Any]:
    """What is remembered of a mapping, by headings rather than places: the next export may order them otherwise."""
    titles = [plain(title) for title in understood.heading]
    places = {name: found.place for name, found in understood.columns.items()}
    return {
        "kind": understood.kind,
        "take": understood.take,
        "columns": {name: titles[place] for name, place in places.items()},
        "which": {name: titles[:place].count(titles[place]) for name, place in places.items()},
        "heading": titles,  # tells headings that are alike from each other
        "dates": understood.dates,
        "asked": understood.asked,
        "words": understood.words,
        **({"encoding": understood.encoding} if understood.letters_said else {}),
    }
