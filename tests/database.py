"""The test database: made once as its owner, copied for each worker, used as the runtime role."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from iap.local import new_database

ROOT = Path(__file__).resolve().parent.parent
# Rows that migrations put there; emptying them would break the tests after.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


def owner_settings() -> dict[str, Any]:
    from iap.settings import database

    return database(settings.DATABASE_OWNER_URL)


def connect_as_owner(name: str = "") -> psycopg.Connection[Any]:
    owner = owner_settings()
    return psycopg.connect(
        host=owner["HOST"],
        port=owner["PORT"] or None,
        user=owner["USER"],
        password=owner["PASSWORD"],
        dbname=name or owner["NAME"],
        autocommit=True,
    )


SCHEMA = ("*/migrations/*.py", "iap/*/migrations/*.py", "*/models/*.py", "iap/*/models/*.py", "iap/*/models.py",
          "iap/tenancy/*.py", "iap/audit/*.py", "iap/local/new_database.py", "iap/settings.py")  # fmt: skip


@cache
def fingerprint() -> str:
    """Changes when a table or a grant may have, so that an unchanged schema is built once and then copied.

    Taken once: what is written to the files while tests run is for the next run.
    """
    seen = hashlib.sha256((ROOT / "requirements-dev.txt").read_bytes())
    for file in sorted(file for pattern in SCHEMA for file in ROOT.glob(pattern)):
        seen.update(file.read_bytes())
    return seen.hexdigest()[:12]


@contextmanager
def as_owner(name: str) -> Iterator[None]:
    """Django's connection, for a while, as the owner of another database."""
    connection.close()
    before = dict(connection.settings_dict)
    connection.settings_dict.update(owner_settings(), NAME=name)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def template() -> str:
    """The name of a migrated, empty database; built by whichever worker comes first."""
    name = f"test_iap_{fingerprint()}"
    with connect_as_owner() as owner:
        owner.execute("SELECT pg_advisory_lock(20260901)")
        made = owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not made:
            building = f"{name}_building"
            _drop(owner, building)
            owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(building)))
            with as_owner(building):
                new_database.build()
            owner.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(building), sql.Identifier(name)
                )
            )
    return name


def _drop(owner: psycopg.Connection[Any], name: str) -> None:
    """End who is still connected, then drop; a vacuum at work there is ended by the server itself.

    Not `WITH (FORCE)`, which refuses an owner who is no superuser as soon as a vacuum is at work.
    """
    owner.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND backend_type = 'client backend'",
        [name],
    )
    owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


@contextmanager
def copy_for(worker: str) -> Iterator[str]:
    """This worker's own copy, used by Django's connection as the runtime role."""
    source, name = template(), f"test_run_{worker}"
    with connect_as_owner() as owner:
        owner.execute("SELECT pg_advisory_lock(20260901)")
        _drop(owner, name)
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source))
        )
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        yield name
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        with connect_as_owner() as owner:
            _drop(owner, name)


# Tables that hold something, or whose keys have been counted up: a table that was never written to has no size.
WRITTEN = """
    SELECT relname FROM pg_class table_ WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND (
        pg_relation_size(oid) > 0 OR EXISTS (
            SELECT FROM pg_depend JOIN pg_sequence ON seqrelid = objid
            WHERE refobjid = table_.oid AND deptype IN ('a', 'i') AND pg_sequence_last_value(seqrelid) IS NOT NULL
        )
    )
"""


def empty() -> None:
    """Empty every table that was written to, as the owner: the runtime role may not.

    A page that is just closed may still be asking; where the two wait for each other, its question has gone by
    the next try.
    """
    with connect_as_owner(connection.settings_dict["NAME"]) as owner:
        tables = [name for (name,) in owner.execute(WRITTEN) if name not in KEPT]
        if not tables:
            return
        names = sql.SQL(", ").join(map(sql.Identifier, tables))
        for last in (False, False, True):
            try:
                owner.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(names))
                break
            except psycopg.errors.DeadlockDetected:
                if last:
                    raise
