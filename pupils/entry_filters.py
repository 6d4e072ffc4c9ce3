"""Finding entries of a pupil: by kind, by days, by words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_date

from .models import CheckIn, CheckInKind, Note, Pupil

NOTES = "note"
KINDS = [("", "Everything"), *CheckInKind.choices, (NOTES, "Notes")]
DAYS = {7: "Last 7 days", 30: "Last 30 days", 90: "Last 90 days"}


@dataclass(frozen=True)
class Wanted:
    """What somebody asked to see. Anything that cannot be is left out rather than refused."""

    kind: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    words: str = ""
    undone: bool = False

    @classmethod
    def of(cls, query: Any, day: dt.date) -> "Wanted":
        """From an address: `kind`, `days` or `since` and `until`, `words`, `undone`."""
        kind = query.get("kind", "")
        days = query.get("days", "")
        since = _date(query.get("since", ""))
        if days.isdecimal() and int(days) in DAYS:
            since = day - dt.timedelta(days=int(days) - 1)
        return cls(
            kind=kind if kind in dict(KINDS) else "",
            since=since,
            until=_date(query.get("until", "")),
            words=query.get("words", "").replace("\0", "").strip()[:80],
            undone=query.get("undone") == "1",
        )

    def __bool__(self) -> bool:
        return self != Wanted()

    def check_ins(self, pupil: Pupil) -> Any:
        """The check-ins asked for, newest first."""
        found = self._of(CheckIn, pupil, "note")
        if self.kind == NOTES:
            return found.none()
        return found.filter(kind=self.kind) if self.kind else found

    def notes(self, pupil: Pupil) -> Any:
        """The notes asked for, newest first."""
        found = self._of(Note, pupil, "text")
        return found if self.kind in {"", NOTES} else found.none()

    def _of(self, model: type[CheckIn] | type[Note], pupil: Pupil, text: str) -> Any:
        asked = Q(school=pupil.school_id, pupil=pupil)
        if not self.undone:
            asked &= Q(undone_at=None)
        if self.since:
            asked &= Q(day__gte=self.since)
        if self.until:
            asked &= Q(day__lte=self.until)
        for word in self.words.split():
            asked &= Q(**{f"{text}__icontains": word})
        return model.objects.filter(asked).newest_first()


def _date(text: str) -> dt.date | None:
    try:
        return parse_date(text.strip())
    except ValueError:
        return None
