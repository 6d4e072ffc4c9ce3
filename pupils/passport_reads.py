"""Who has read a passport: each teacher it concerns, with the version and the day."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from .models import Passport, PassportRead
from .taught import teachers_of


@dataclass(frozen=True)
class Reader:
    """A teacher, or somebody else who has read it; the newest version they have read, and when."""

    name: str
    classes: str
    version: int | None
    at: dt.datetime | None
    has_account: bool

    def is_up_to_date(self, passport: Passport) -> bool:
        return self.version == passport.version


def readers_of(pupil: Any, passport: Passport, day: dt.date) -> list[Reader]:
    """Teachers whose lessons the pupil comes to first, then others who have read it: two queries and those of
    the app above."""
    reads = PassportRead.objects.filter(school=pupil.school_id, passport__pupil=pupil)
    newest: dict[int, PassportRead] = {}
    for each in reads.select_related("by", "passport").order_by("passport__version"):
        newest[each.by_id] = each
    found = []
    for taught in teachers_of(pupil, day):
        read = newest.pop(taught.teacher.user_id, None) if taught.teacher.user_id else None
        found.append(_reader(str(taught.teacher), taught.classes, read, taught.teacher.user_id is not None))
    return found + [_reader(str(read.by), "", read, True) for read in newest.values()]


def _reader(name: str, classes: str, read: PassportRead | None, has_account: bool) -> Reader:
    return Reader(
        name, classes, read.passport.version if read else None, read.at if read else None, has_account
    )
