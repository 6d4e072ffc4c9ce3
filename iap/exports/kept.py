"""Exports that are made: kept out of reach of the web under a name nobody can guess, for an hour, for who asked."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.cache import cache

from iap.ages import HOUR, is_kept, is_older
from iap.schools.models import School

KEPT = HOUR
PATIENCE = 15 * 60  # seconds without a word from the worker


@dataclass(frozen=True)
class Export:
    """One export of one school, asked for by one person. Whoever else asks for it finds nothing."""

    school: School
    user_id: int
    uuid: UUID
    everything: bool  # whether it holds support records; who no longer may see them finds nothing

    @property
    def path(self) -> Path:
        scope = "everything" if self.everything else "school"
        return _root() / str(self.school.uuid) / str(self.user_id) / f"{self.uuid}.{scope}.zip"

    @property
    def fresh(self) -> Path:
        """Where it is written; it takes its own name once it is whole."""
        return self.path.with_suffix(".new")

    @property
    def file(self) -> Path | None:
        """Where it lies, once it is whole and while it is kept."""
        return self.path if is_kept(self.path, KEPT) else None

    def told(self) -> dict[str, str | int]:
        """What the worker last said: `state`, and while it works the `table`, how many are `done` and `of` how many.

        Kept in Redis, as rows that a worker writes cannot be seen before it has finished.
        """
        if self.file:
            return {"state": "ready"}
        return cache.get(self._key) or {"state": "gone"}

    def tell(self, state: str, **more: str | int) -> None:
        cache.set(self._key, {"state": state, **more}, PATIENCE)

    def room(self) -> Path:
        """Make the folder and the empty file that only this process's user reads."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.fresh.touch(mode=0o600)
        return self.fresh

    def finish(self) -> None:
        self.fresh.replace(self.path)

    def give_up(self) -> None:
        self.fresh.unlink(missing_ok=True)
        self.tell("failed")

    @property
    def _key(self) -> str:
        return f"export-{self.school.pk}-{self.user_id}-{self.uuid}-{self.everything}"


def sweep() -> None:
    """Remove what is older than an hour, half-written files too."""
    for file in _root().glob("*/*/*"):
        if is_older(file, KEPT):
            file.unlink(missing_ok=True)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "exports"
