"""Processes that live as long as the demo, and not a moment longer."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from .places import PROJECT
from .processes import LocalServerError, tail
from .steps import log_of, shown

GRACE = 15.0  # seconds to finish what is in hand
PR_SET_PDEATHSIG = 1


class Children:
    """Start them with `start`, look after them with `check`, and leave the block to end them all."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = {**os.environ, **env}
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Children":
        return self

    def start(self, name: str, *command: str | Path) -> None:
        """Start one, its output into a log; in a session of its own, so that Ctrl-C reaches it through us."""
        with log_of(name).open("ab") as log:
            self.running[name] = subprocess.Popen(  # noqa: S603  our own commands
                [str(part) for part in command],
                env=self.env,
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent(),
            )

    def check(self) -> None:
        """Raise LocalServerError when one of them has ended by itself."""
        for name, child in self.running.items():
            if child.poll() is not None:
                log = log_of(name)
                said = f"{shown(log)} ends with:\n{tail(log, 25)}"
                raise LocalServerError(f"The {name} process ended with {child.returncode}. {said}")

    def wait(self, seconds: float) -> None:
        """Let time pass while all of them run."""
        self.check()
        time.sleep(seconds)

    def __exit__(self, *_: object) -> None:
        """End them all together; whoever is not done after the grace is killed with all it started."""
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + GRACE
        for child in self.running.values():
            try:
                child.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel ends a child whose parent was killed without a chance to end it."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
