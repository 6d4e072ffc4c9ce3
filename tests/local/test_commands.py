"""make and the command line of one machine."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from iap.local import demo, processes
from iap.local.__main__ import arguments
from iap.local.children import Children

ROOT = Path(__file__).resolve().parents[2]
NEEDED = [name for name in ("make", "sh") if shutil.which(name) is None]
pytestmark = pytest.mark.skipif(bool(NEEDED), reason=f"{NEEDED} is not installed")


def script(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The Makefile in a path with a space, with a Python that only notes what it is asked."""
    folder = tmp_path / "our project"
    folder.mkdir()
    for name in ("Makefile", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder)
    script(folder / ".venv" / "bin" / "python", 'echo "$@" >> asked')
    return folder


def make(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"]}
    return subprocess.run(["make", *words], cwd=project, env=env, capture_output=True, text=True)


def asked(project: Path) -> str:
    text = (project / "asked").read_text()
    (project / "asked").unlink()
    return text


def test_the_second_start_installs_nothing(project):
    assert make(project, "demo", "PORT=8123").returncode == 0
    first = asked(project)
    assert "--require-hashes" in first
    assert "-m iap.local demo --port 8123" in first
    assert make(project, "demo").returncode == 0
    assert "pip" not in asked(project)


def test_changed_requirements_are_installed(project):
    make(project, "test")
    with (project / "requirements-dev.txt").open("a") as file:
        file.write("# more\n")
    asked(project)
    make(project, "test")
    assert "--require-hashes" in asked(project)


def test_an_install_that_fails_is_tried_again(project):
    script(project / ".venv" / "bin" / "python", 'echo "$@" >> asked; case "$*" in *install*) exit 1;; esac')
    assert make(project, "test").returncode
    asked(project)
    assert make(project, "test").returncode
    assert "install" in asked(project)


def test_an_old_python_is_named_with_what_to_do(project):
    old = script(project / "old python", 'test "$1" = --version && echo Python 3.9.2 || exit 1')
    said = make(project, "demo", f"PYTHON={old}")
    assert said.returncode
    assert "Python 3.11 or newer is needed" in said.stderr
    assert "3.9.2" in said.stderr


def test_a_python_without_venv_is_told_what_to_install(project):
    bare = script(project / "bare", 'case "$2" in *ensurepip*) exit 1;; esac')
    said = make(project, "demo", f"PYTHON={bare}")
    assert said.returncode
    assert "apt-get install python3-venv" in said.stderr


def test_no_python_at_all_is_said(project):
    said = make(project, "demo", "PYTHON=no-such-python")
    assert said.returncode
    assert "There is no no-such-python here" in said.stderr


def test_continuous_integration_runs_from_anywhere(project, tmp_path):
    (project / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", project / ".ci")
    subprocess.run([project / ".ci" / "run"], cwd=tmp_path, check=True, capture_output=True)
    assert "-m iap.local test" in asked(project)


def test_options_of_pytest_are_handed_on():
    assert arguments(["test", "-x", "tests/ui"]).pytest == ["-x", "tests/ui"]


def test_an_unknown_option_of_the_demo_is_refused(capsys):
    with pytest.raises(SystemExit):
        arguments(["demo", "--prot", "8001"])
    assert "--prot" in capsys.readouterr().err


def test_a_port_in_use_is_named_with_another():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(processes.LocalServerError, match=rf"make demo PORT={port + 1}"):
            demo._claim(port)


def test_ctrl_c_ends_every_process_of_the_demo():
    sleeping = (sys.executable, "-c", "import time; time.sleep(60)")
    with pytest.raises(KeyboardInterrupt), Children({}) as children:
        children.start("sleeper", *sleeping)
        children.start("sleeper", *sleeping)
        pids = [child.pid for child in children.running.values()]
        raise KeyboardInterrupt
    assert [processes.command_of(pid) for pid in pids] == [""] * len(pids)


def test_a_process_that_ends_by_itself_is_told_with_its_last_words():
    with Children({}) as children:
        children.start("short", sys.executable, "-c", "raise SystemExit('out of paper')")
        children.running["short"].wait()
        with pytest.raises(processes.LocalServerError, match="out of paper"):
            children.check()
