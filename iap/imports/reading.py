"""Reading the files a school brings, whatever program wrote them."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .tables import Numbered, Table

LARGEST = 200 * 1024 * 1024  # bytes of one file when unpacked


class Unreadable(Exception):
    """A file that is no table; the message says what to do."""


@dataclass(frozen=True)
class File:
    """One file by name, from a folder, an upload or a zip."""

    name: str
    content: bytes

    @property
    def stem(self) -> str:
        return Path(self.name).stem.lower()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def in_folder(folder: Path) -> list[File]:
    """The tables and zips of a folder, by name."""
    wanted = (path for path in sorted(folder.iterdir()) if path.suffix.lower() in {".csv", ".txt", ".zip"})
    return [File(path.name, path.read_bytes()) for path in wanted]


def unpacked(file: File) -> list[File]:
    """The tables inside a zip. Raises Unreadable for a damaged or an oversized one."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            members = [info for info in archive.infolist() if info.filename.lower().endswith(".csv")]
            if sum(info.file_size for info in members) > LARGEST:
                raise Unreadable(f"{file.name} is too large when unpacked. Send its files one by one.")
            return [File(Path(info.filename).name, archive.read(info)) for info in members]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise Unreadable(
            f"{file.name} cannot be unpacked. Make the zip again, without a password."
        ) from error


def table(file: File) -> Table:
    """A file's table. Raises Unreadable for anything that has no heading and rows of text."""
    if file.content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Unreadable(f"{file.name} is not a CSV file. In your spreadsheet choose Save as, then CSV.")
    text = decoded(file.content)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    heading = next(csv.reader([first.strip("\r")], delimiter=delimiter), [])
    if not any(cell.strip() for cell in heading) or "\x00" in first:
        raise Unreadable(
            f"{file.name} is empty, or has no heading. Export it again with its column headings."
        )

    def read() -> Iterator[Numbered]:
        rows = csv.reader(io.StringIO(text), delimiter=delimiter)
        next(rows, None)
        yield from enumerate(rows, start=2)

    return Table(file.name, heading, read, sha256=file.sha256)


def decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with one, else Windows-1252, which any byte may stand for."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
