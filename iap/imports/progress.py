"""How far a job is, in Redis: rows written inside its transaction cannot be seen from outside."""

import time
from typing import Any

from django.core.cache import cache

from .models import ImportJob

TOLD_FOR = 120  # seconds without a word after which the worker is taken for lost
EVERY = 0.3  # seconds
KEPT_FOR = 24 * 60 * 60  # seconds: as long as its files are


class Teller:
    """Tells how far a job is, a few times a second."""

    def __init__(self, job: ImportJob, of: int) -> None:
        self.key, self.of = key(job), of
        self.done, self.kind, self.told = 0, "", 0.0

    def __call__(self, kind: str, done: int) -> None:
        self.kind = kind
        self.done = min(self.done + done, self.of)
        if not done or time.monotonic() - self.told > EVERY:
            self.told = time.monotonic()
            tell(self.key, {"kind": kind, "done": self.done, "of": self.of})


def take(job: ImportJob) -> None:
    """Note that a worker is at it; nothing that a worker who is killed has written to the database would be seen."""
    cache.set(_taken(job), True, KEPT_FOR)


def was_taken(job: ImportJob) -> bool:
    """Whether a worker has taken it since this was last asked, and has not come to an end."""
    return bool(cache.delete(_taken(job)))


def key(job: ImportJob) -> str:
    return f"import-progress-{job.uuid}"


def tell(key: str, words: dict[str, Any]) -> None:
    cache.set(key, words, TOLD_FOR)


def of(job: ImportJob) -> dict[str, Any]:
    """`kind`, and rows `done` `of` all; nothing where no worker has said a word lately."""
    return cache.get(key(job)) or {}


def forget(job: ImportJob) -> None:
    cache.delete(key(job))
    cache.delete(_taken(job))


def _taken(job: ImportJob) -> str:
    return f"import-taken-{job.uuid}"
