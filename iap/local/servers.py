"""PostgreSQL and Redis on this machine: their addresses, and starting and stopping them.

>>> with serving("test") as addresses: ...
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import places, postgres_server, redis_server
from .places import PROJECT, Home
from .processes import uninterrupted


@dataclass(frozen=True)
class Addresses:
    """Where a profile's servers are reached."""

    database_url: str  # as the runtime role, which row security binds
    owner_url: str  # as the owner of the tables: for migrations and tests' databases
    redis_url: str
    secret_key: str  # for signing, random, and the same at each start


def addresses(profile: str = "demo", project: Path = PROJECT) -> Addresses:
    """The addresses, whether the servers run or not. Makes the file of secrets when there is none."""
    home = places.home(profile, project)
    return Addresses(
        database_url=postgres_server.url(home, postgres_server.RUNTIME),
        owner_url=postgres_server.url(home, postgres_server.OWNER),
        redis_url=redis_server.url(home),
        secret_key=home.secrets["secret_key"],
    )


def running(profile: str = "demo", project: Path = PROJECT) -> bool:
    """Whether both servers answer."""
    home = places.home(profile, project)
    return postgres_server.running(home) and redis_server.running(home)


def start(profile: str = "demo", project: Path = PROJECT) -> Addresses:
    """Start what is not running, to be left running until `stop`."""
    home = places.home(profile, project)
    with _turn(home):
        _start(home)
        _kept(home).touch()
    return addresses(profile, project)


def stop(profile: str = "demo", project: Path = PROJECT) -> None:
    """Stop both servers, whoever started them, and return when they have ended."""
    home = places.home(profile, project)
    with _turn(home):
        _stop(home)


def remove(profile: str = "demo", project: Path = PROJECT) -> None:
    """Stop both servers and delete their data for good."""
    home = places.home(profile, project)
    with _turn(home):
        _stop(home)
        home.remove()


@contextmanager
def serving(profile: str = "demo", project: Path = PROJECT) -> Iterator[Addresses]:
    """Servers for as long as the block lasts.

    They are stopped by the last of those who share them, unless `start` was asked to leave them running. The
    share is a lock that the kernel takes back from a process that crashed; its servers end with the next.
    """
    home = places.home(profile, project)
    with (home.var / f"{profile}.users").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            with _turn(home):
                if not (postgres_server.running(home) and redis_server.running(home)):
                    _kept(home).unlink(missing_ok=True)
                _start(home)
            yield addresses(profile, project)
        finally:
            with _turn(home):
                if not _kept(home).exists() and _nobody_else(users.fileno()):
                    _stop(home)


@contextmanager
def _turn(home: Home) -> Iterator[None]:
    """One process at a time starts or stops a profile's servers, and finishes what it began."""
    with places.locked(home.var / f"{home.profile}.lock"), uninterrupted():
        yield


def _start(home: Home) -> None:
    home.make()
    postgres_server.start(home)
    redis_server.start(home)


def _stop(home: Home) -> None:
    if home.folder.exists():
        redis_server.stop(home)
        postgres_server.stop(home)
    _kept(home).unlink(missing_ok=True)


def _kept(home: Home) -> Path:
    """The mark of servers that were started to be left running."""
    return home.var / f"{home.profile}.kept"


def _nobody_else(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
