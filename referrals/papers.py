"""Papers of a panel: kept out of reach of the web, for a day, under the meeting they were made for.

Beside a paper lies whose records are in it, so that a download is kept as what was read, whatever the agenda is
by then.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal
from uuid import UUID

from django.conf import settings

from iap.ages import DAY, age, is_kept, is_older
from iap.schools.models import School

from .models import Meeting

KEPT = DAY
PATIENCE = 10 * 60  # seconds that a worker is waited for

State = Literal["making", "ready", "failed", "gone"]


def ask(meeting: Meeting, paper: UUID) -> None:
    """Note that a paper is being made."""
    _write(_path(meeting, paper, "asked"), b"")


def keep(meeting: Meeting, paper: UUID, content: bytes, pupils: Iterable[int]) -> None:
    """Keep a paper and the keys of the pupils in it; a reader sees all of it or nothing. Older ones go."""
    clear(meeting.school)
    _write(_path(meeting, paper, "pupils"), " ".join(map(str, pupils)).encode())
    _write(_path(meeting, paper, "pdf"), content)


def fail(meeting: Meeting, paper: UUID) -> None:
    """Note that a paper could not be made."""
    _write(_path(meeting, paper, "failed"), b"")


def find(meeting: Meeting, paper: UUID) -> Path | None:
    """Where it lies, once it is made and while it is kept."""
    path = _path(meeting, paper, "pdf")
    return path if is_kept(path, KEPT) else None


def pupils_in(meeting: Meeting, paper: UUID) -> list[int]:
    """The keys of the pupils whose records are in it."""
    return [int(key) for key in _path(meeting, paper, "pupils").read_text().split()]


def state_of(meeting: Meeting, paper: UUID) -> State:
    if find(meeting, paper):
        return "ready"
    asked = age(_path(meeting, paper, "asked"))
    if asked is None or asked > KEPT:
        return "gone"
    failed = _path(meeting, paper, "failed").exists() or asked > PATIENCE
    return "failed" if failed else "making"


def clear(school: School) -> None:
    """Remove what is older than a day."""
    for path in _folder(school).glob("*.*"):
        if is_older(path, KEPT):
            path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.new")
    fresh.touch(mode=0o600)
    fresh.write_bytes(content)
    fresh.replace(path)


def _folder(school: School) -> Path:
    return Path(settings.MEDIA_ROOT) / "papers" / str(school.uuid)


def _path(meeting: Meeting, paper: UUID, kind: str) -> Path:
    return _folder(meeting.school) / f"{meeting.uuid}.{paper}.{kind}"
