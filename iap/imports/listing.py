"""What would become of each row, kept line by line beside an upload, and read a page at a time."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from .report import LISTED, NEW, UNCHANGED

CAPPED = {NEW, UNCHANGED}


class Writer:
    """Notes lines in a folder, a file for each kind and outcome. Of what is new or unchanged only the first."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        self.folder = folder
        self.open: dict[tuple[str, str], TextIOWrapper] = {}
        self.lines: dict[tuple[str, str], int] = {}

    def add(self, kind: str, what: str, line: Mapping[str, Any]) -> None:
        number = self.lines[kind, what] = self.lines.get((kind, what), 0) + 1
        if what in CAPPED and number > LISTED:
            return
        if (kind, what) not in self.open:
            self.open[kind, what] = _path(self.folder, kind, what).open("w", encoding="utf-8")
        self.open[kind, what].write(json.dumps(line) + "\n")

    def close(self) -> None:
        for file in self.open.values():
            file.close()


@dataclass(frozen=True)
class Page:
    """Some lines of a list, and how many there are of those that hold what was sought."""

    lines: list[dict[str, Any]]
    number: int
    pages: int
    found: int


def page(folder: Path, kind: str, what: str, *, holding: str = "", number: int = 1, size: int = 50) -> Page:
    """One page of the lines that hold every word sought. Reads the file once and keeps one page of it."""
    words = holding.casefold().split()
    found, lines = 0, []
    first = (max(number, 1) - 1) * size
    for line in lines_of(folder, kind, what):
        if words and not all(word in _text(line) for word in words):
            continue
        if first <= found < first + size:
            lines.append(line)
        found += 1
    pages = max((found + size - 1) // size, 1)
    return Page(lines, min(max(number, 1), pages), pages, found)


def lines_of(folder: Path, kind: str, what: str) -> Iterator[dict[str, Any]]:
    path = _path(folder, kind, what)
    if path.exists():
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def _path(folder: Path, kind: str, what: str) -> Path:
    return folder / f"{kind}.{what}.jsonl"


def _text(line: Mapping[str, Any]) -> str:
    fields = (word for field in line.get("fields", ()) for word in field)
    said = (str(value) for name, value in line.items() if name != "fields")
    return " ".join([*said, *fields, f"row {line.get('row', '')}"]).casefold()
