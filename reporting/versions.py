"""The version of a school's data, by which figures are kept: never stale, whoever changed whatever by whichever way.

A trigger of every table that belongs to a school notes each transaction that changes one of its rows, in one row of
its own (`Change`). It is written in that transaction, so it can be seen exactly when the change itself can: a figure
kept under a version holds for everybody who sees that version. Writers do not wait for one another, since each
transaction has a row of its own. The log of reads and the history change nothing that is counted, and are left out.

The alternatives were worse: a counter in the school's row would make every tap wait for every other; a number in
Redis is raised before or after the change is seen, never with it; the newest row of a table misses a transaction that
began earlier and ends later.
"""

import functools
import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from iap.schools.models import School
from iap.tenancy.roles import is_append_only

Kept = TypeVar("Kept")
KEPT = 24 * 60 * 60

# What a transaction has changed itself is seen by nobody else yet: under such a version nothing is kept.
VERSION = """
SELECT coalesce(sum(number), 0), coalesce(bool_or(xact = pg_current_xact_id_if_assigned()::text::bigint), false)
FROM reporting_change WHERE school_id = %s
"""
SUM_UP = """
WITH earlier AS (
    DELETE FROM reporting_change WHERE school_id = %(school)s AND at < now() - interval '1 hour' RETURNING number
)
INSERT INTO reporting_change (school_id, xact, number)
SELECT %(school)s, pg_current_xact_id()::text::bigint, sum(number) FROM earlier HAVING count(*) > 0
"""
FUNCTION = """
CREATE OR REPLACE FUNCTION note_that_a_school_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reporting_change (school_id, xact)
    SELECT DISTINCT school_id, pg_current_xact_id()::text::bigint FROM changed ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$
"""
TRIGGERS = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}
TRIGGER = """
CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} REFERENCING {rows} TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION note_that_a_school_changed()
"""


def version_of(school: School) -> int | None:
    """The number of the school's changes; nothing for a transaction that has changed something itself. One query."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION, [school.pk])
        number, is_mine = cursor.fetchone()
    return None if is_mine else int(number)


def kept(school: School, name: str, make: Callable[[], Kept]) -> Kept:
    """What `make` gives, kept until something of the school changes. `name` holds whatever else it depends on.

    Where something changed while it was made, it is given but not kept: it may be half of each.
    """
    version = version_of(school)
    if version is None:
        return make()
    key = f"figures:{code()}:{school.pk}:{version}:{name}"
    found = cache.get(key)
    if found is None:
        found = make()
        if version_of(school) == version:
            cache.set(key, found, KEPT)
    return found


@functools.cache
def code() -> str:
    """Another one for every release: what an earlier one has reckoned may be reckoned otherwise now."""
    seen = hashlib.sha256()
    for app in ("iap", "pupils", "timetables", "referrals", "reporting"):
        for file in sorted((settings.BASE_DIR / app).rglob("*.py")):
            seen.update(file.read_bytes())
    return seen.hexdigest()[:12]


def sum_up(school: School) -> None:
    """Make one row of the earlier changes. The version stays what it was."""
    with connection.cursor() as cursor:
        cursor.execute(SUM_UP, {"school": school.pk})


def watched() -> list[Any]:
    """The models whose rows belong to a school and may be counted."""
    return [
        model
        for model in apps.get_models()
        if any(field.column == "school_id" for field in model._meta.local_fields)
        and model._meta.managed
        and model._meta.app_label != "audit"
        and model._meta.db_table != "reporting_change"
        and not _is_history(model)
    ]


def _is_history(model: Any) -> bool:
    return is_append_only(model) and hasattr(model, "pgh_id")


def watch_after_migrating(**_: Any) -> None:
    """Give every such table its triggers, those of a later migration too."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'school_changed_%'"
        )
        there = set(cursor.fetchall())
        for model in watched():
            table = model._meta.db_table
            for event, rows in TRIGGERS.items():
                name = f"school_changed_{event.lower()}"
                if (table, name) not in there:
                    cursor.execute(
                        TRIGGER.format(name=quote(name), event=event, table=quote(table), rows=rows)
                    )
