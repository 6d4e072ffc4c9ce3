"""Whose rows this transaction may touch.

The policies read two settings of the *transaction*: `app.school_ids` and `app.user_id`. They are always set
with `is_local = true`; a setting of the session would leak through the connection to the next request.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

SCHOOLS, USER = "app.school_ids", "app.user_id"


def _set(schools: str, user: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(%s, %s, true), set_config(%s, %s, true)", [SCHOOLS, schools, USER, user]
        )


def _get() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting(%s, true), ''), coalesce(current_setting(%s, true), '')",
            [SCHOOLS, USER],
        )
        return cursor.fetchone()


def enter(school_ids: Iterable[int], *, user_id: int | None = None) -> None:
    """Open these schools' rows, and no others, to the rest of the running transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("A school's context is set inside a transaction, so that it ends with it.")
    _set(",".join(str(i) for i in sorted(set(school_ids))), "" if user_id is None else str(user_id))


@contextmanager
def within(*school_ids: int, user_id: int | None = None) -> Iterator[None]:
    """One transaction that sees these schools' rows; what was in force before is put back after."""
    with transaction.atomic():
        before = _get()
        enter(school_ids, user_id=user_id)
        yield
        # After an error the transaction is rolled back, and its settings with it.
        _set(*before)
