"""PostgreSQL and Redis of one machine: kept, private, and gone when nobody uses them."""

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from iap.local import places, servers


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project of our own, in a path with a space; its servers have nothing to do with the tests' own."""
    folder = tmp_path_factory.mktemp("a school") / "our project"
    folder.mkdir()
    home = places.home("demo", folder)
    yield folder
    servers.remove("demo", folder)
    if home.base != home.var:
        shutil.rmtree(home.base)


def above(*folders: Path) -> dict[Path, tuple[int, int]]:
    """Permissions and owner of every folder above these."""
    found = {parent: parent.stat() for folder in folders for parent in folder.parents}
    return {parent: (stat.S_IMODE(seen.st_mode), seen.st_uid) for parent, seen in found.items()}


def processes_of(home: places.Home) -> str:
    listed = subprocess.run(["ps", "-A", "-ww", "-o", "args="], capture_output=True, text=True, check=True)
    names = (str(home.folder), str(home.sockets))
    return "\n".join(line for line in listed.stdout.splitlines() if any(name in line for name in names))


def test_folders_above_the_project_keep_their_permissions(project):
    home = places.home("demo", project)
    before = above(project / "var", home.base, home.sockets)
    with servers.serving("demo", project):
        assert above(project / "var", home.base, home.sockets) == before


def test_a_path_with_a_space_works(project):
    assert " " in str(project)
    with servers.serving("demo", project) as given:
        with psycopg.connect(given.database_url) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("iap_app",)
        assert redis.Redis.from_url(given.redis_url).ping()


def test_starting_twice_keeps_the_data(project):
    with servers.serving("demo", project) as given, psycopg.connect(given.owner_url) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 'a check-in' AS what")
    with servers.serving("demo", project) as again, psycopg.connect(again.owner_url) as owner:
        assert owner.execute("SELECT what FROM kept").fetchone() == ("a check-in",)


def test_nothing_is_left_running(project):
    home = places.home("demo", project)
    with servers.serving("demo", project):
        assert "postgres" in processes_of(home)
        assert "redis" in processes_of(home)
    assert processes_of(home) == ""


def test_whoever_leaves_first_does_not_stop_the_servers_for_the_other(project):
    with servers.serving("demo", project):
        with servers.serving("demo", project):
            pass
        assert servers.running("demo", project)
    assert not servers.running("demo", project)


def test_nobody_else_on_the_machine_can_read_the_data(project):
    home = places.home("demo", project)
    with servers.serving("demo", project):
        for private in (home.folder, home.sockets, home.folder / "postgres"):
            assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert stat.S_IMODE((project / "var" / "local.json").stat().st_mode) == 0o600


def test_row_security_binds_both_roles_and_nothing_listens_on_the_network(project):
    with servers.serving("demo", project) as given, psycopg.connect(given.database_url) as connection:
        powers = "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'iap_%' AND (rolsuper OR rolbypassrls)"
        assert connection.execute(powers).fetchone() == (0,)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_a_wrong_password_is_refused_although_the_socket_is_there(project):
    with servers.serving("demo", project) as given:
        wrong = given.database_url.replace("iap_app:", "iap_app:x")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)


def test_a_crash_is_cleared_up_by_the_next_start(project):
    home = places.home("demo", project)
    with servers.serving("demo", project):
        for name in ("redis.pid", "postgres/postmaster.pid"):
            os.kill(int((home.folder / name).read_text().split()[0]), 9)
    with servers.serving("demo", project) as given, psycopg.connect(given.database_url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert processes_of(home) == ""


def test_the_demo_and_the_tests_share_nothing(project):
    demo, test = servers.addresses("demo", project), servers.addresses("test", project)
    assert demo.database_url != test.database_url
    assert demo.redis_url != test.redis_url
    assert places.home("demo", project).folder != places.home("test", project).folder


def test_a_folder_of_somebody_else_is_never_taken_over(project):
    home = places.home("demo", project)
    if home.account is None:
        pytest.skip("Only the superuser puts the servers' folder where others may write.")
    home.make()
    os.chown(home.base, *home.account)
    try:
        with pytest.raises(places.LocalServerError, match="belongs to somebody else"):
            home.make()
    finally:
        os.chown(home.base, 0, 0)


def test_resetting_removes_the_data(project):
    home = places.home("demo", project)
    with servers.serving("demo", project):
        pass
    servers.remove("demo", project)
    assert not home.folder.exists()
    assert not home.sockets.exists()
