"""A file by name, in memory or on disk, and what it is by its first bytes."""

import hashlib
import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath
from typing import BinaryIO

ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".zip")
CHUNK = 1 << 20


class Unreadable(Exception):
    """A file that is no table; the message says what to do."""


@dataclass(frozen=True)
class File:
    """One file from a folder, an upload or a zip. It lies on disk, unless it is small and in hand."""

    name: str
    content: bytes = b""
    path: Path | None = None

    @property
    def stem(self) -> str:
        return Path(self.name).stem.lower()

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path else len(self.content)

    def open(self) -> BinaryIO:
        return self.path.open("rb") if self.path else io.BytesIO(self.content)

    def head(self, size: int = 4) -> bytes:
        with self.open() as handle:
            return handle.read(size)

    @cached_property
    def sha256(self) -> str:
        with self.open() as handle:
            digest = hashlib.sha256()
            while chunk := handle.read(CHUNK):
                digest.update(chunk)
            return digest.hexdigest()


def is_export(path: PurePath) -> bool:
    """Whether it is named like an export: not hidden, and not what Excel puts beside a workbook that is open."""
    return path.suffix.lower() in ENDINGS and not path.name.startswith((".", "~$"))


def in_folder(folder: Path) -> list[File]:
    """What can be read in a folder, by name."""
    wanted = (path for path in sorted(folder.iterdir()) if is_export(path) and path.is_file())
    return [File(path.name, path=path) for path in wanted]
