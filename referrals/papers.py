"""Papers that were made: kept out of reach of the web, for a day."""

import time
from pathlib import Path
from uuid import UUID

from django.conf import settings

from iap.schools.models import School

KEPT = 24 * 60 * 60  # seconds


def keep(school: School, paper: UUID, content: bytes) -> None:
    """Keep a paper under its name; a reader sees all of it or nothing. Those older than a day go."""
    path = _path(school, paper)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in path.parent.glob("*.pdf"):
        if time.time() - old.stat().st_mtime > KEPT:
            old.unlink(missing_ok=True)
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_bytes(content)
    fresh.replace(path)


def find(school: School, paper: UUID) -> Path | None:
    """Where it lies, once it is made and while it is kept."""
    path = _path(school, paper)
    return path if path.exists() else None


def _path(school: School, paper: UUID) -> Path:
    return Path(settings.MEDIA_ROOT) / "papers" / str(school.uuid) / f"{paper}.pdf"
