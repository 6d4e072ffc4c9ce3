"""One at a time for each school, also over several machines."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.core.cache import cache

from iap.schools.models import School

HELD = 15 * 60  # seconds after which one who has not been heard of is taken for lost


@contextmanager
def alone(school: School, what: str) -> Iterator[Callable[[], None] | None]:
    """Gives what says "still at it", or None where somebody else is at the same work for this school."""
    key, mine = f"nightly-{what}-{school.pk}", uuid4().hex
    if not cache.add(key, mine, HELD):
        yield None
        return
    try:
        yield lambda: cache.set(key, mine, HELD)
    finally:
        if cache.get(key) == mine:
            cache.delete(key)
