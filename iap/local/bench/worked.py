"""How long something took by the clock, and how much of that was work, which a busy machine does not lengthen."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

TRANSACTION = ("BEGIN", "COMMIT")  # of each request, and no question


class Spent(NamedTuple):
    """Medians: milliseconds by the clock, milliseconds of work here and in the database, and questions asked."""

    ms: float
    worked_ms: float
    queries: int


def spent(act: Callable[[], Any], *, before: Callable[[], Any] = lambda: None, times: int = 15) -> Spent:
    """What an act costs; `before` is not part of it."""
    took, worked, asked = [], [], []
    for _ in range(times):
        before()
        with CaptureQueriesContext(connection) as questions:
            started, at_work = time.perf_counter(), _worked()
            act()
            worked.append((_worked() - at_work) * 1000)
            took.append((time.perf_counter() - started) * 1000)
        asked.append(sum(each["sql"] not in TRANSACTION for each in questions))
    return Spent(
        round(statistics.median(took), 1), round(statistics.median(worked), 1), int(statistics.median(asked))
    )


def _worked() -> float:
    """Seconds on a processor of this process and of its backend; without the backend where that is elsewhere."""
    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    theirs = int(backend.read_text().split()[0]) / 1e9 if backend.exists() else 0.0
    return time.process_time() + theirs


def settle() -> None:
    """Let the database look at what was written in bulk, as it does by itself within a minute."""
    address = psycopg.conninfo.conninfo_to_dict(settings.DATABASE_OWNER_URL)
    with psycopg.connect(**{**address, "dbname": connection.settings_dict["NAME"]}, autocommit=True) as owner:
        owner.execute("ANALYZE")
