"""The tables of a new, empty database, made from the models at once.

Running every migration there has ever been takes a minute and more, since each is worked out from the ones before.
On a database that holds nothing the models say where they all end, so that is made, and the migrations are noted as
run. A test holds what the two ways leave against each other; a database with anything in it is migrated.
"""

import logging
from typing import Any

import pgtrigger
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# Run as they are: the extensions that constraints need, the function that triggers call, and the tables of Django's
# own permissions, whose keys its models and its migrations make of different width.
FIRST = ("tenancy", "pghistory", "contenttypes", "auth")


def is_new() -> bool:
    """Whether nothing has been made in this database."""
    return not connection.introspection.table_names()


def build() -> None:
    """Make every table with its constraints, policies and triggers, as the owner of the database."""
    executor = MigrationExecutor(connection)
    executor.migrate([leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] in FIRST])
    with transaction.atomic():
        made = set(connection.introspection.table_names())
        with connection.schema_editor() as editor:
            for model in _in_order(made):
                editor.create_model(model)
        _install_triggers()
        recorder = MigrationRecorder(connection)
        known = recorder.applied_migrations()
        for app, name in MigrationLoader(connection).disk_migrations or ():
            if (app, name) not in known:
                recorder.record_applied(app, name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def _install_triggers() -> None:
    """Hundreds of them; the library would tell of each."""
    log = logging.getLogger("pgtrigger")
    before = log.level
    log.setLevel(logging.WARNING)
    try:
        pgtrigger.install()
    finally:
        log.setLevel(before)


def _in_order(made: set[str]) -> list[Any]:
    """The models that have no table yet, each after those it points at."""
    waiting = [
        model
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in made
    ]
    ordered: list[Any] = []
    while waiting:
        ready = [model for model in waiting if not _targets(model) & set(waiting) - {model}]
        if not ready:
            raise ValueError(f"These models point at each other: {waiting}.")
        ordered += ready
        waiting = [model for model in waiting if model not in ready]
    return ordered


def _targets(model: Any) -> set[Any]:
    return {field.remote_field.model for field in model._meta.local_fields if field.remote_field}
