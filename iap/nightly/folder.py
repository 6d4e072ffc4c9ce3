"""A folder for each school, into which its own system puts its exports: `<IMPORT_FOLDER>/<URN>/`."""

import time
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from iap.imports.models import ImportJob
from iap.imports.reading.files import is_export
from iap.schools.models import School
from iap.tenancy import context

from .locks import alone
from .models import Nightly
from .sending import send

SOURCE = "Watched folder"
QUIET = 60  # seconds without a change, after which what lies there is whole


def folder_of(school: School) -> Path | None:
    """Where this school's exports are looked for; nothing where this service watches no folder."""
    return Path(settings.IMPORT_FOLDER) / school.urn if settings.IMPORT_FOLDER else None


def take(school: School) -> ImportJob | None:
    """Bring in what lies in the school's folder, and take it away from there. Gives the job, if there was anything.

    Nothing is taken while a file is still being written, or while the last ones are being worked on.
    """
    folder = folder_of(school)
    if folder is None or not (paths := whole(folder)):
        return None
    with alone(school, "folder") as still, context.within(school.pk):
        if still is None or ImportJob.objects.at([school]).at_work().filter(source=SOURCE).exists():
            return None
        seen = {path: path.stat().st_mtime_ns for path in paths}
        files = [File(path.open("rb"), path.name) for path in paths]
        try:
            job = send(school, files, source=SOURCE)
        finally:
            for file in files:
                file.close()
        Nightly.objects.update_or_create(school=school, defaults={"folder_taken_at": timezone.now()})
        transaction.on_commit(partial(_remove, seen))
        return job


def _remove(seen: dict[Path, int]) -> None:
    """Take these files away, but not one that has been written anew since it was read."""
    for path, written in seen.items():
        if path.exists() and path.stat().st_mtime_ns == written:
            path.unlink()


def whole(folder: Path) -> list[Path]:
    """The exports in a folder by name; none of them while one has changed a moment ago."""
    if not folder.is_dir():
        return []
    paths = [path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith(".")]
    found = list(filter(is_export, paths))
    if any(time.time() - path.stat().st_mtime < QUIET for path in paths):
        return []
    return found
