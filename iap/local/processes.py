"""Processes by their id: run one as a plain user, see whether it is the one meant, wait for its end."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class LocalServerError(RuntimeError):
    """A server of this machine cannot be used; the message says why and what to do."""


def run(
    command: Sequence[str | Path], *, account: tuple[int, int] | None, folder: Path, text: str = ""
) -> str:
    """Run to the end and return what it printed; as `account` (user and group id) when one is given.

    The environment is kept small: PostgreSQL reads two dozen variables, none of them meant for it here.
    """
    uid, gid = account or (None, None)
    done = subprocess.run(  # noqa: S603  our own servers' binaries
        [str(part) for part in command],
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd=folder,
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
        user=uid,
        group=gid,
        extra_groups=[] if account else None,
        umask=0o077,
        start_new_session=True,  # Ctrl-C is for us: half a start would leave a server nobody knows of
    )
    if done.returncode:
        raise LocalServerError(
            f"{Path(command[0]).name} ended with {done.returncode}:\n{done.stdout.strip()}"
        )
    return done.stdout


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Finish the block first: Ctrl-C and the like take effect after it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []
    numbers: tuple[int, ...] = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, lambda caught, _: asked.append(caught)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in asked[:1]:
            signal.raise_signal(signal.Signals(number))


def command_of(pid: int) -> str:
    """The command line of a process, empty when there is none (a zombie has none either)."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except FileNotFoundError:
        if Path("/proc/self/cmdline").exists():
            return ""
    ps = ["/bin/ps", "-p", str(pid), "-o", "command="]
    return subprocess.run(ps, capture_output=True, text=True, check=False).stdout  # noqa: S603


def is_ours(pid: int, word: str) -> bool:
    """Whether that process runs and is what we think: ids are given out again, soonest in containers."""
    return pid > 0 and word in command_of(pid)


def end(pid: int, word: str, *, seconds: float = 15) -> None:
    """Ask a process to end and wait until it has; after `seconds` it is not asked any more."""
    if not is_ours(pid, word):
        return
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while is_ours(pid, word):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            deadline += seconds
        time.sleep(0.02)


def wait_until_left(folder: Path, *, seconds: float = 30) -> None:
    """Return when no process works in this folder any more; told by Linux only."""
    deadline = time.monotonic() + seconds
    while pids := [link.parent.name for link in Path("/proc").glob("[0-9]*/cwd") if _leads_to(link, folder)]:
        if time.monotonic() > deadline:
            raise LocalServerError(f"{folder} is still in use by process {', '.join(pids)}.")
        time.sleep(0.05)


def _leads_to(link: Path, folder: Path) -> bool:
    try:
        return link.readlink() == folder
    except OSError:  # it has ended, or is somebody else's
        return False


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, for an error message."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
