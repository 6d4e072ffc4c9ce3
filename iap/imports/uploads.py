"""Files a data manager has sent: kept out of reach of the web for a day, and then gone."""

import json
import shutil
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from iap.schools.models import School

from .reading import File, in_folder

KEPT = 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class Upload:
    """One sending of files, and what came of it so far."""

    uuid: uuid.UUID
    folder: Path

    @property
    def files(self) -> list[File]:
        return in_folder(self.folder / "files")

    @property
    def names(self) -> list[str]:
        return sorted(path.name for path in (self.folder / "files").iterdir())

    @property
    def outcome(self) -> dict[str, Any]:
        """`state` is waiting, checked, applied or failed; with a `report`, or a `problem` in words."""
        file = self.folder / "outcome.json"
        return json.loads(file.read_text()) if file.exists() else {"state": "waiting"}

    def keep(self, state: str, **more: Any) -> None:
        """Note what came of it; readers see the old outcome or the new one, never half of one."""
        fresh = self.folder / "outcome.new"
        fresh.write_text(json.dumps({"state": state, **more}))
        fresh.replace(self.folder / "outcome.json")

    def forget_files(self) -> None:
        """The files are children's data and of no use once they are in."""
        for file in (self.folder / "files").iterdir():
            file.unlink()


def store(school: School, files: Sequence[Any]) -> Upload:
    """Keep uploaded files under a name nobody can guess; sendings older than a day go."""
    root = _root(school)
    _sweep(root)
    upload = Upload(name := uuid.uuid4(), root / str(name))
    (upload.folder / "files").mkdir(parents=True, mode=0o700)
    for file in files:
        with (upload.folder / "files" / Path(file.name).name).open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
    return upload


def find(school: School, name: uuid.UUID) -> Upload | None:
    """A sending of this school, while it is kept."""
    folder = _root(school) / str(name)
    return Upload(name, folder) if folder.is_dir() else None


def _root(school: School) -> Path:
    return Path(settings.MEDIA_ROOT) / "imports" / str(school.uuid)


def _sweep(root: Path) -> None:
    for folder in root.glob("*"):
        if time.time() - folder.stat().st_mtime > KEPT:
            shutil.rmtree(folder, ignore_errors=True)
