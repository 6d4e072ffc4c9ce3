"""What one mark costs, of a hundred thousand and of a million: `python -m iap.local.bench.marks URN MARKS`.

Processor time of this program and of its server's process, which other work on the machine hardly changes; and
the clock's time, which it does.
"""

import csv
import datetime as dt
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PUPILS = 1050
FIRST = dt.date(2022, 9, 1)
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def measure(urn: str, number: int) -> dict[str, Any]:
    """Microseconds a mark, and megabytes at the most, of bringing in so many marks the first time."""
    from django.db import connection

    from iap.imports.reading import File
    from iap.imports.run import import_files

    with TemporaryDirectory() as folder:
        there = Path(folder)
        _write(there / "pupils.csv", ["UPN", "Surname", "Forename", "DOB", "Year"], _pupils())
        _write(there / "attendance.csv", ["UPN", "Date", "Session", "Mark"], _marks(number))
        import_files([File("pupils.csv", path=there / "pupils.csv")], urn)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            server = cursor.fetchone()[0]
        before, began = time.process_time() + _processor_time(server), time.perf_counter()
        report = import_files([File("attendance.csv", path=there / "attendance.csv")], urn)
        spent = time.process_time() + _processor_time(server) - before
        seconds = time.perf_counter() - began
    brought = report.of("attendance").created
    if brought != number:
        raise RuntimeError(f"Of {number} marks {brought} were brought in.")
    return {
        "marks": number,
        "processor_us_per_mark": round(spent / number * 1e6, 2),
        "seconds": round(seconds, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6),
    }


def _write(path: Path, heading: list[str], rows: Iterator[list[str]]) -> None:
    with path.open("w", newline="") as out:
        table = csv.writer(out)
        table.writerow(heading)
        table.writerows(rows)


def _upn(number: int) -> str:
    digits = f"801200{number:06}"
    return UPN_LETTERS[sum(n * int(d) for n, d in enumerate(digits, start=2)) % 23] + digits


def _pupils() -> Iterator[list[str]]:
    for n in range(PUPILS):
        yield [_upn(n), f"Family{n}", "Given", "2013-03-05", str(7 + n % 5)]


def _marks(number: int) -> Iterator[list[str]]:
    """Day by day, as most systems list them: every pupil's morning and afternoon."""
    upns = [_upn(n) for n in range(PUPILS)]
    for n in range(number):
        day, half, pupil = n // (2 * PUPILS), n // PUPILS % 2, n % PUPILS
        date = FIRST + dt.timedelta(days=day // 5 * 7 + day % 5)
        yield [upns[pupil], date.isoformat(), "PM" if half else "AM", "N" if n % 31 == 0 else "/"]


def _processor_time(process: int) -> float:
    """Seconds that another process of this machine has worked; none where that cannot be seen."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
