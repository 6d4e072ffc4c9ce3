"""The folder of a job: its files and what was worked out of them, out of reach of the web, for a day."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from iap.ages import DAY, is_older
from iap.schools.models import School

from .models import ImportJob
from .reading import File

KEPT = DAY


def files(job: ImportJob) -> Path:
    return folder(job) / "files"


def workspace(job: ImportJob) -> Path:
    """Where sheets and members of zips are unpacked."""
    return _made(folder(job) / "unpacked")


def listing(job: ImportJob) -> Path:
    return folder(job) / "listing"


def folder(job: ImportJob) -> Path:
    return _root(job.school) / str(job.uuid)


def store(job: ImportJob, sent: Iterable[Any]) -> list[dict[str, Any]]:
    """Keep uploaded files under a name nobody can guess, and say what they are."""
    _made(files(job))
    for file in sent:
        with (files(job) / Path(file.name).name).open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
    return [{"name": file.name, "sha256": file.sha256, "size": file.size} for file in stored(job)]


def stored(job: ImportJob) -> list[File]:
    """The files of a job, whatever their names end in; none once a day has passed."""
    there = files(job)
    return [File(path.name, path=path) for path in sorted(there.iterdir())] if there.is_dir() else []


def keep_to_mend(job: ImportJob, name: str, content: bytes) -> None:
    """Rows that were left out outlive their files, until the folder goes."""
    (_made(folder(job) / "to-mend") / name).write_bytes(content)


def kept_to_mend(job: ImportJob) -> tuple[str, bytes] | None:
    there = folder(job) / "to-mend"
    return next(((path.name, path.read_bytes()) for path in there.glob("*")), None)


def forget(job: ImportJob) -> None:
    """The files are children's data and of no use once they are in."""
    for name in ("files", "unpacked"):
        shutil.rmtree(folder(job) / name, ignore_errors=True)


def forget_all(job: ImportJob) -> None:
    shutil.rmtree(folder(job), ignore_errors=True)


def _root(school: School) -> Path:
    return Path(settings.MEDIA_ROOT) / "imports" / str(school.uuid)


def _made(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def sweep(school: School) -> None:
    """Remove what has lain for longer than a day."""
    for each in _root(school).glob("*"):
        if is_older(each, KEPT):
            shutil.rmtree(each, ignore_errors=True)
