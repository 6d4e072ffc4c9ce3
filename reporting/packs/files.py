"""The files of packs: out of reach of the web, under a name nobody can guess, and gone when they have run out."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from iap.schools.models import School
from reporting.models import Pack

FORMATS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def keep(pack: Pack, ending: str, content: bytes) -> None:
    """A reader sees all of it or nothing."""
    path = _path(pack, ending)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.new")
    fresh.touch(mode=0o600)
    fresh.write_bytes(content)
    fresh.replace(path)


def find(pack: Pack, ending: str) -> Path | None:
    """Where it lies, while the pack is kept."""
    path = _path(pack, ending)
    return path if ending in FORMATS and pack.expires_at > timezone.now() and path.exists() else None


def endings(pack: Pack) -> list[str]:
    return [ending for ending in FORMATS if find(pack, ending)]


def clear(school: School) -> None:
    """Remove the files of packs that have run out, and whatever belongs to no pack."""
    kept = set(Pack.objects.at([school]).kept_still().values_list("token", flat=True))
    for path in _folder(school).glob("*.*"):
        if path.name.partition(".")[0] not in kept:
            path.unlink(missing_ok=True)


def _folder(school: School) -> Path:
    return Path(settings.MEDIA_ROOT) / "packs" / str(school.uuid)


def _path(pack: Pack, ending: str) -> Path:
    return _folder(pack.school) / f"{pack.token}.{ending}"
