"""The papers of a panel with twelve pupils, made in a process of their own as the worker makes them.

Much was written, and no page is like another, so that nothing is laid out once for all of them.
"""

import os
import subprocess
import sys
import time
from typing import Any

PUPILS = 12
MAKE = """
import datetime as dt
from dataclasses import replace
import django
django.setup()
from referrals.pack import Pack, PackPage, PackPart, pack_pdf
words = "Leaves within ten minutes of the start, mostly after lunch, and says that the room is too loud. "
page = PackPage(
    number=31, name="Hannah Stokes", year="8", days=9, facts=("Year 8, 8T", "SEN support", "Family agrees"),
    referred="by Mr Hale, head of Year 8, on 11 February", happening="", goes_well=words * 4,
    pupil_words=words * 4, family=words * 4, outcomes=words * 4,
    tried=(("A seat by the door", "It helped a little"),) * 4,
    attendance=tuple((f"week {n}", 95 - 3 * n) for n in range(12)),
    evidence=(("Suspensions this year", "2 suspensions, 7 half-days"),) * 4, priority=71,
    parts=tuple(PackPart(f"Part {n}", 10, 20, "Why it counts") for n in range(6)), override="",
    answers=(("Ms Holt, English", "well", "A seat by the door", True),) * 6, asked=9,
)
pages = tuple(replace(page, number=n, name=f"Pupil {n}", happening=f"{n} {words * 9}") for n in range(%d))
pack = Pack("The Orchard", "Harrowgate Hill Academy", dt.date(2026, 11, 26), "15:30, Library", ("Dr Denholm",) * 5,
            pages, "Ms Aspinall", dt.date(2026, 11, 23))
assert pack_pdf(pack).startswith(b"%%PDF")
"""


def pack_figures() -> dict[str, Any]:
    """Seconds with the start of the process, and megabytes (10⁶ bytes) of memory at the most."""
    started = time.perf_counter()
    making = subprocess.Popen(  # noqa: S603  our own code
        [sys.executable, "-c", MAKE % PUPILS], env={**os.environ, "DJANGO_SETTINGS_MODULE": "iap.settings"}
    )
    _, status, used = os.wait4(making.pid, 0)
    if status:
        raise RuntimeError("The papers for the figures were not made.")
    seconds = time.perf_counter() - started
    return {"pupils": PUPILS, "seconds": round(seconds, 2), "peak_mb": round(used.ru_maxrss * 1024 / 1e6)}
