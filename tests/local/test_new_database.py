"""A new database made from the models at once is the one that all migrations leave."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from tests import database

# What a database is, as rows in no particular order of columns: an added column stands last in a migrated table.
ASKED = {
    "columns": """SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default,
        character_maximum_length, is_identity FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid)
        FROM pg_constraint c WHERE c.connamespace = 'public'::regnamespace""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "policies": """SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check
        FROM pg_policies WHERE schemaname = 'public'""",
    "row security": """SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'""",
    "triggers": """SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
        WHERE NOT tgisinternal""",
    "functions": """SELECT proname, prosrc FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')""",
    "grants": """SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants
        WHERE table_schema = 'public'""",
    "migrations": "SELECT app, name FROM django_migrations",
}


def _described(name: str) -> dict[str, set[Any]]:
    with database.connect_as_owner(name) as owner:
        return {what: set(owner.execute(query).fetchall()) for what, query in ASKED.items()}


@pytest.fixture
def migrated() -> Iterator[str]:
    """A database that every migration has been run on, one after the other."""
    name = f"{connection.settings_dict['NAME']}_migrated"
    used = connection.settings_dict["NAME"]
    with database.connect_as_owner() as owner:
        database._drop(owner, name)
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    with database.as_owner(name):
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    assert connection.settings_dict["NAME"] == used
    yield name
    with database.connect_as_owner() as owner:
        database._drop(owner, name)


@pytest.mark.skipif("IAP_TEST_WHOLE" not in os.environ, reason="Takes minutes: part of the whole run.")
@pytest.mark.django_db(transaction=True)
def test_the_models_and_the_migrations_make_the_same_database(migrated):
    made, by_migrations = _described(database.template()), _described(migrated)
    only_models = {what: made[what] - by_migrations[what] for what in ASKED}
    only_migrations = {what: by_migrations[what] - made[what] for what in ASKED}
    assert {what: rows for what, rows in only_models.items() if rows} == {}
    assert {what: rows for what, rows in only_migrations.items() if rows} == {}
    assert len(made["policies"]) > 80
    assert len(made["triggers"]) > 80
