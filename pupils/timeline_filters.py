"""What somebody asked to see of a timeline: some kinds, some days, some words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from .timeline import Stream


@dataclass(frozen=True)
class Wanted:
    """Anything that cannot be is left out rather than refused. No kind at all is every kind."""

    kinds: frozenset[str] = field(default_factory=frozenset)
    since: dt.date | None = None
    until: dt.date | None = None
    words: str = ""

    @classmethod
    def of(cls, query: Any, known: Sequence[tuple[str, str]]) -> "Wanted":
        """From an address: `kind` as often as wished, `since`, `until`, `words`."""
        return cls(
            kinds=frozenset(query.getlist("kind")) & {kind for kind, _ in known},
            since=_date(query.get("since", "")),
            until=_date(query.get("until", "")),
            words=query.get("words", "").replace("\0", "").strip()[:80],
        )

    def __bool__(self) -> bool:
        return self != Wanted()

    @property
    def query(self) -> str:
        """The same as an address has it."""
        given = {"since": self.since, "until": self.until, "words": self.words}
        said = [("kind", kind) for kind in sorted(self.kinds)] + [(k, v) for k, v in given.items() if v]
        return urlencode(said)

    def streams(self, streams: Sequence[Stream]) -> list[Stream]:
        return [stream for stream in streams if not self.kinds or stream.chosen_by in self.kinds]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Rows of `as_rows` on these days with each of the words, in any order."""
        asked = Q()
        if self.since:
            asked &= Q(at__gte=_midnight(self.since))
        if self.until and self.until < dt.date.max:
            asked &= Q(at__lt=_midnight(self.until + dt.timedelta(days=1)))
        for word in self.words.split():
            asked &= Q(headline__icontains=word) | Q(body__icontains=word) | Q(who__icontains=word)
        return rows.filter(asked) if asked else rows


def _midnight(day: dt.date) -> dt.datetime:
    """The day's beginning on the school's clock. What is about a day stands at midnight of UTC, never before it."""
    return timezone.make_aware(dt.datetime.combine(max(day, dt.date(1900, 1, 1)), dt.time()))


def _date(text: str) -> dt.date | None:
    try:
        return parse_date(text.strip())
    except ValueError:
        return None
