"""A secondary school's whole export brought in by the command, as a school would the first time."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

EXPORT = Path(__file__).parents[3] / "tests" / "data" / "secondary-sims"
URN = "380488"


def import_figures(database_url: str) -> dict[str, Any]:
    """Seconds the first time and unchanged again, and megabytes (10⁶ bytes) at the most, each in its own process."""
    seconds, peak = _timed(database_url)
    again, peak_again = _timed(database_url)
    return {"seconds": seconds, "again_seconds": again, "peak_mb": max(peak, peak_again)}


def _timed(database_url: str) -> tuple[float, int]:
    started = time.perf_counter()
    command = [sys.executable, "manage.py", "import_mis", str(EXPORT), "--school", URN, "--json"]
    importing = subprocess.Popen(  # noqa: S603  our own command
        command, env={**os.environ, "DATABASE_URL": database_url}, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(importing.pid, 0)
    if status:
        raise RuntimeError("The import for the figures did not succeed.")
    return round(time.perf_counter() - started, 1), round(used.ru_maxrss * 1024 / 1e6)
