"""A secondary school's whole export brought in by the command, as the first time; and what a mark costs."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

EXPORT = Path(__file__).parents[3] / "tests" / "data" / "secondary-sims"
URN = "380488"
FEW, MANY = ("999001", 100_000), ("999002", 1_000_000)  # a school, and how many marks it brings


def import_figures(database_url: str) -> dict[str, Any]:
    """Seconds the first time and unchanged again, and megabytes (10⁶ bytes) at the most, each in its own process.

    `seconds` are by the clock; `processor_seconds` are those in which this program worked, whatever else the
    machine did meanwhile.
    """
    first, again = _timed(database_url), _timed(database_url)
    return {
        "seconds": first["seconds"],
        "processor_seconds": first["processor_seconds"],
        "again_seconds": again["seconds"],
        "again_processor_seconds": again["processor_seconds"],
        "peak_mb": max(first["peak_mb"], again["peak_mb"]),
    }


def mark_figures(database_url: str) -> dict[str, Any]:
    """What a mark costs of a hundred thousand, of a million, and the second over the first."""
    few, many = (_marks(database_url, urn, number) for urn, number in (FEW, MANY))
    ratio = many["processor_us_per_mark"] / few["processor_us_per_mark"]
    return {"few": few, "many": many, "ratio": round(ratio, 2), "peak_mb": many["peak_mb"]}


def _timed(database_url: str) -> dict[str, Any]:
    started = time.perf_counter()
    command = [sys.executable, "manage.py", "import_mis", str(EXPORT), "--school", URN, "--json"]
    importing = subprocess.Popen(  # noqa: S603  our own command
        command, env={**os.environ, "DATABASE_URL": database_url}, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(importing.pid, 0)
    if status:
        raise RuntimeError("The import for the figures did not succeed.")
    return {
        "seconds": round(time.perf_counter() - started, 1),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
        "peak_mb": round(used.ru_maxrss * 1024 / 1e6),
    }


def _marks(database_url: str, urn: str, number: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "iap.local.bench.marks", urn, str(number)]
    done = subprocess.run(  # noqa: S603  our own program
        command, env={**os.environ, "DATABASE_URL": database_url}, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)
