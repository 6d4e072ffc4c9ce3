"""Zips: their members beside the upload, never more than fits."""

import lzma
import struct
import zipfile
import zlib
from collections import Counter
from pathlib import Path, PurePosixPath

from .files import CHUNK, File, Unreadable, is_export
from .workbook import MOST_UNPACKED

MOST_MEMBERS = 200
# What a damaged or a locked zip makes zipfile raise; RuntimeError is a password, and has NotImplementedError below.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


def is_zip(file: File) -> bool:
    return file.head() == b"PK\x03\x04" or file.name.lower().endswith(".zip")


def is_workbook(file: File) -> bool:
    """Whether this zip is what Excel saves, whatever its name says."""
    try:
        with file.open() as handle, zipfile.ZipFile(handle) as archive:
            names = archive.namelist()
    except DAMAGED:
        return file.name.lower().endswith((".xlsx", ".xlsm"))
    return any(name.startswith("xl/") for name in names)


def members(file: File, workspace: Path) -> list[File]:
    """The files inside a zip, unpacked; those of one name by their folders too.

    Raises Unreadable for a damaged, a locked or an oversized one.
    """
    try:
        with file.open() as handle, zipfile.ZipFile(handle) as archive:
            wanted = [info for info in archive.infolist() if _is_wanted(info)]
            if len(wanted) > MOST_MEMBERS or sum(info.file_size for info in wanted) > MOST_UNPACKED:
                raise Unreadable(f"{file.name} is too large when unpacked. Send its files one by one.")
            if not wanted:
                raise Unreadable(f"{file.name} holds no CSV or Excel file.")
            often = Counter(map(_own_name, wanted))
            return [
                File(
                    info.filename if often[_own_name(info)] > 1 else _own_name(info),
                    path=_unpack(archive, info, workspace / f"{file.sha256[:12]}-{n}"),
                )
                for n, info in enumerate(wanted)
            ]
    except DAMAGED as error:
        raise Unreadable(
            f"{file.name} cannot be unpacked. Make the zip again, without a password."
        ) from error


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(info.filename)
    return not info.is_dir() and "__MACOSX" not in path.parts and is_export(path)


def _own_name(info: zipfile.ZipInfo) -> str:
    return PurePosixPath(info.filename).name


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> Path:
    with archive.open(info) as packed, path.open("wb") as out:
        while chunk := packed.read(CHUNK):
            out.write(chunk)
    return path
