"""Everything that continuous integration runs, in order, stopping at the first failure."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from . import servers
from .places import PROJECT
from .steps import console, step

PYTHON = sys.executable
# Named here, as an environment that names the product's own settings would win over pyproject.toml.
PYTEST = (PYTHON, "-m", "pytest", "--ds", "tests.settings")
STANDING: dict[str, Sequence[str]] = {
    "ruff check": ("-m", "ruff", "check", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "import-linter": ("-c", "from importlinter.cli import lint_imports_command as run; run()"),
    "mypy": ("-m", "mypy", "."),
}
DJANGO: dict[str, Sequence[str]] = {
    "manage.py check": ("manage.py", "check", "--database", "default"),
    "makemigrations --check": ("manage.py", "makemigrations", "--check", "--dry-run"),
}


@dataclass(frozen=True)
class Outcome:
    name: str
    seconds: float
    code: int
    output: str = ""


class Failed(Exception):
    """A step said no; the outcomes so far are told all the same."""


def run(pytest_arguments: Sequence[str]) -> int:
    """All steps; with arguments, only pytest with these. Returns the exit code."""
    outcomes: list[Outcome] = []
    with ExitStack() as stack:
        with step("PostgreSQL and Redis for tests"):
            env = environment(stack.enter_context(servers.serving("test")))
        if pytest_arguments:
            return subprocess.call([*PYTEST, *pytest_arguments], cwd=PROJECT, env=env)  # noqa: S603
        env["IAP_TEST_WHOLE"] = "1"  # what takes minutes is left out where somebody runs a few tests
        stack.callback(_summarise, outcomes)
        try:
            _everything(outcomes, env)
        except Failed:
            return 1
    return 0


def environment(addresses: servers.Addresses) -> dict[str, str]:
    return {
        **os.environ,
        "IAP_PROFILE": "test",
        "DATABASE_URL": addresses.database_url,
        "DATABASE_OWNER_URL": addresses.owner_url,
        "REDIS_URL": addresses.redis_url,
        "SECRET_KEY": addresses.secret_key,
        "IAP_TEST_RUN": str(os.getpid()),  # two runs at once use databases of different names
    }


def _everything(outcomes: list[Outcome], env: dict[str, str]) -> None:
    _side_by_side(STANDING, outcomes, env)
    _side_by_side(DJANGO, outcomes, env)
    _pytest("pytest", ("-n", "2", "--durations", "5", "--ignore", "tests/browser", "tests"), outcomes, env)
    if _chromium():
        _pytest("pytest tests/browser", ("-n", "2", "tests/browser"), outcomes, env)
    else:
        console.rule("[bold yellow]The browser tests were LEFT OUT: there is no chromium on this machine")


def _side_by_side(commands: dict[str, Sequence[str]], outcomes: list[Outcome], env: dict[str, str]) -> None:
    """Run several at once; tell each in order, and fail after all have been told."""
    with ThreadPoolExecutor() as pool:
        running = [pool.submit(_captured, name, command, env) for name, command in commands.items()]
        failed = False
        for name, future in zip(commands, running, strict=True):
            with console.status(f"{name} …"):
                outcome = future.result()
            _tell(outcome)
            outcomes.append(outcome)
            if outcome.code:
                failed = True
                console.out(outcome.output)
    if failed:
        raise Failed


def _captured(name: str, command: Sequence[str], env: dict[str, str]) -> Outcome:
    start = time.monotonic()
    done = subprocess.run(  # noqa: S603  our own tools
        [PYTHON, *command],
        cwd=PROJECT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(name, time.monotonic() - start, done.returncode, done.stdout)


def _pytest(name: str, arguments: Sequence[str], outcomes: list[Outcome], env: dict[str, str]) -> None:
    """Run pytest with its own words on our output: its closing line is what people look for."""
    if not any(PROJECT.joinpath(arguments[-1]).rglob("test_*.py")):
        console.print(f"[yellow]–[/] {name}: no tests yet")
        return
    console.print(f"[bold]{name}[/]")
    start = time.monotonic()
    code = subprocess.call(  # noqa: S603  our own tests
        [*PYTEST, *arguments], cwd=PROJECT, env=env, stdin=subprocess.DEVNULL
    )
    outcomes.append(Outcome(name, time.monotonic() - start, code))
    _tell(outcomes[-1])
    if code:
        raise Failed


def _chromium() -> str | None:
    """Chromium's path; on a new Debian machine it is installed when we may."""
    if (found := shutil.which("chromium")) or os.getuid() != 0 or not Path("/etc/debian_version").exists():
        return found
    with step("Install chromium for the browser tests"):
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (("update", "-q"), ("install", "-y", "-q", "--no-install-recommends", "chromium")):
            asked = ("apt-get", *command)
            if subprocess.call(asked, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL):  # noqa: S603
                break
    return shutil.which("chromium")


def _tell(outcome: Outcome) -> None:
    mark = "[red]✗[/]" if outcome.code else "[green]✓[/]"
    console.print(f"{mark} {outcome.name} [dim]{outcome.seconds:.1f} s[/]")


def _summarise(outcomes: Sequence[Outcome]) -> None:
    if not outcomes:
        return
    total = sum(outcome.seconds for outcome in outcomes)
    broken = [outcome.name for outcome in outcomes if outcome.code]
    words = f"[bold red]Failed: {', '.join(broken)}[/]" if broken else "[bold green]All passed[/]"
    console.rule()
    for outcome in outcomes:
        _tell(outcome)
    console.print(f"{words} [dim]({total:.0f} s)[/]")
