"""How long a file has lain: what is made or sent is kept for a while, and then goes."""

import time
from pathlib import Path

HOUR = 60 * 60  # seconds
DAY = 24 * HOUR


def age(path: Path) -> float | None:
    """Seconds since it was written; None where there is none."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return None


def is_older(path: Path, than: float) -> bool:
    """Whether it is there, and was written longer ago than so many seconds."""
    lain = age(path)
    return lain is not None and lain > than


def is_kept(path: Path, so_long: float) -> bool:
    """Whether it is there, and was written no longer ago than so many seconds."""
    lain = age(path)
    return lain is not None and lain <= so_long
