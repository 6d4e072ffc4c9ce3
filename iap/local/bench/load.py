"""Eight tablets tapping at once, through the real server.

Each taps twice a second, far quicker than a person can, and waits for its answer; the machine's own speed must not
decide whether that is measured as a queue of our making.
"""

import http.client
import os
import secrets
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

CLIENTS, WARM_UP, TAPS = 8, 5, 50
EVERY = 0.5  # seconds from one tap of a tablet to its next
CSRF = "".join(secrets.choice("abcdefghijkmnpqrstuvwxyz") for _ in range(32))


@dataclass(frozen=True)
class Tap:
    """Where one tap is posted, and what."""

    path: str
    fields: dict[str, str]


@contextmanager
def gunicorn(database_url: str) -> Iterator[int]:
    """The site on a free port of this machine, with as many processes as the demo has; gives the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603  our own site
        [
            *(sys.executable, "-m", "gunicorn", "iap.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "error"),
        ],
        env={**os.environ, "DATABASE_URL": database_url},
    )
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/account/login/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The site did not answer.")


def tapping(port: int, session: str, tap: Callable[[int], Tap]) -> dict[str, float]:
    """Milliseconds of a tap at eight clients: median and 95th percentile. `tap(n)` gives the n-th."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        times = [
            t
            for client in pool.map(lambda c: _one_client(port, session, tap, c), range(CLIENTS))
            for t in client
        ]
    cuts = statistics.quantiles(times, n=20)
    return {"taps": len(times), "median_ms": round(statistics.median(times), 1), "p95_ms": round(cuts[18], 1)}


def _one_client(port: int, session: str, tap: Callable[[int], Tap], client: int) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={CSRF}",
        "X-CSRFToken": CSRF,
        "HX-Request": "true",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    times = []
    time.sleep(EVERY * client / CLIENTS)  # tablets do not tap in step
    for number in range(WARM_UP + TAPS):
        one = tap(client * (WARM_UP + TAPS) + number)
        started = time.perf_counter()
        connection.request("POST", one.path, urlencode(one.fields), headers)
        response = connection.getresponse()
        response.read()
        spent = time.perf_counter() - started
        times.append(spent * 1000)
        time.sleep(max(0.0, EVERY - spent))
        if response.status >= 300:
            raise RuntimeError(f"A tap was answered with {response.status}.")
    return times[WARM_UP:]
