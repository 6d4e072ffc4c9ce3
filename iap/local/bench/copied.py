"""A copy of the database, so that measuring leaves nothing behind in the demo."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

NAME = "iap_bench"


@contextmanager
def a_copy() -> Iterator[str]:
    """Point Django's connection at a copy, as the runtime role; gives the copy's address."""
    original = connection.settings_dict["NAME"]
    connection.close()
    with psycopg.connect(settings.DATABASE_OWNER_URL, autocommit=True) as owner:
        _drop(owner)
    # PostgreSQL copies a database only while nobody is connected to it.
    with psycopg.connect(_elsewhere(), autocommit=True) as owner:
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(NAME), sql.Identifier(original))
        )
    connection.settings_dict["NAME"] = NAME
    try:
        yield urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{NAME}"))
    finally:
        connection.close()
        connection.settings_dict["NAME"] = original
        with psycopg.connect(settings.DATABASE_OWNER_URL, autocommit=True) as owner:
            _drop(owner)


def _elsewhere() -> str:
    return urlunsplit(urlsplit(settings.DATABASE_OWNER_URL)._replace(path="/template1"))


def _drop(owner: psycopg.Connection) -> None:
    owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME)))
