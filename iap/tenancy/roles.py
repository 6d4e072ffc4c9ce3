"""The database role that the product runs as, and what it may do."""

from typing import Any

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

PRIVILEGES = """
SELECT rolsuper, rolbypassrls,
       EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p')
               AND c.relnamespace = 'public'::regnamespace)
FROM pg_roles r WHERE rolname = current_user
"""


def privileges() -> list[str]:
    """What the present role could do that would make row security worthless, in words."""
    with connection.cursor() as cursor:
        cursor.execute(PRIVILEGES)
        found = cursor.fetchone()
    words = ("is a superuser", "may bypass row security", "owns the tables")
    return [word for word, has in zip(words, found, strict=True) if has]


def refuse_if_privileged() -> None:
    """Stop at the door: a role that can bypass the policies must never serve anybody."""
    if found := privileges():
        raise ImproperlyConfigured(
            f"The database role {connection.settings_dict['USER']!r} {' and '.join(found)}. "
            "Use the runtime role in DATABASE_URL; the owner is for migrations only."
        )


def check_role(databases: Any = None, **_: Any) -> list[checks.CheckMessage]:
    """The same as a system check, left out while the owner migrates."""
    if not databases or settings.DATABASE_ROLE == "owner":
        return []
    return [checks.Error(f"The database role {word}.", id="tenancy.E001") for word in privileges()]


def is_append_only(model: Any) -> bool:
    return issubclass(model, pghistory.models.Event) or getattr(model, "append_only", False)


def grant_after_migrating(**_: Any) -> None:
    """Give the runtime role its rights on every table: nobody but the owner rewrites history.

    pghistory's context row is written and then completed by its trigger, so it keeps UPDATE.
    """
    role = settings.DATABASE_RUNTIME_ROLE
    if not role or role == connection.settings_dict["USER"]:
        return
    quote = connection.ops.quote_name
    history = [quote(m._meta.db_table) for m in apps.get_models() if is_append_only(m) and m._meta.managed]
    kept = ", ".join([*history, quote("pghistory_context")])
    with connection.cursor() as cursor:
        cursor.execute(
            f"GRANT USAGE ON SCHEMA public TO {quote(role)};"
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quote(role)};"
            f"{_let_count(quote(role), kept)}"
            f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {quote(role)};"
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {kept} FROM {quote(role)};"
            f"GRANT UPDATE ON {quote('pghistory_context')} TO {quote(role)};"
            f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {quote(role)}"
        )


def may_count() -> bool:
    """Whether this PostgreSQL lets others than a table's owner have its rows counted for the planner."""
    return connection.pg_version >= 170000  # type: ignore[attr-defined]


def _let_count(role: str, kept: str) -> str:
    """The right to ANALYZE: a school's first import fills tables that the planner would else think empty."""
    if not may_count():
        return ""
    return f"GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO {role};REVOKE MAINTAIN ON {kept} FROM {role};"
