"""What is going on, told on the command line: each step by name, with its time."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from .places import PROJECT
from .processes import LocalServerError, tail

console = Console(highlight=False, soft_wrap=True)


def complain(message: str) -> None:
    console.print(f"[bold red]✗[/] {escape(message)}")


@contextmanager
def step(name: str) -> Iterator[None]:
    """Show that a step runs, then its time; a failure is marked and raised on."""
    start = time.monotonic()
    try:
        with console.status(f"{escape(name)} …"):
            yield
    except BaseException:
        console.print(f"[red]✗[/] {escape(name)}")
        raise
    console.print(f"[green]✓[/] {escape(name)} [dim]{time.monotonic() - start:.1f} s[/]")


def call(name: str, command: Sequence[str | Path], *, env: Mapping[str, str]) -> str:
    """Run a command to its end and return its standard output; what it complains of goes to a log."""
    log = log_of(name)
    with log.open("w") as errors:
        done = subprocess.run(  # noqa: S603  our own commands
            [str(part) for part in command],
            env={**os.environ, **env},
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            check=False,
        )
    if done.returncode:
        with log.open("a") as more:
            more.write(done.stdout)
        raise LocalServerError(
            f"{name} ended with {done.returncode}. {shown(log)} ends with:\n{tail(log, 25)}"
        )
    return done.stdout


def log_of(name: str) -> Path:
    folder = PROJECT / "var" / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.log"


def shown(path: Path) -> str:
    """A path of the project as people say it."""
    return str(path.relative_to(PROJECT))
