"""Whether the collected static files are those of the present sources."""

import hashlib

from .places import PROJECT

COLLECTED = PROJECT / "staticfiles" / "staticfiles.json"
REMEMBERED = PROJECT / "var" / "static.collected"


def changed() -> bool:
    return not (COLLECTED.exists() and REMEMBERED.exists() and REMEMBERED.read_text() == _fingerprint())


def remember() -> None:
    REMEMBERED.write_text(_fingerprint())


def _fingerprint() -> str:
    """Changes with any of our static files, with the packages that bring some, and with the settings."""
    seen = hashlib.sha256()
    sources = [PROJECT / "requirements.txt", PROJECT / "iap" / "settings.py", *PROJECT.glob("iap/ui/*.py")]
    for folder in (*PROJECT.glob("static"), *PROJECT.glob("*/static"), *PROJECT.glob("iap/*/static")):
        sources += folder.rglob("*")
    for file in sorted(sources):
        if file.is_file():
            found = file.stat()
            seen.update(f"{file} {found.st_size} {found.st_mtime_ns}\n".encode())
    return seen.hexdigest()
