"""One stream of all that is kept about a pupil: what each app puts into it, and who reads which part.

An app registers its streams in `AppConfig.ready()`:

    timeline.register(Stream("note", "Notes", READERS, notes))

`rows(pupil)` is a query set of the rows to show, annotated and narrowed by `as_rows`, so that all of a reader's
streams are one UNION in the database: a page costs the same however many kinds of record there are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateTimeField, F, QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast

COLUMNS = ("stream", "row", "at", "headline", "body", "who", "struck", "struck_why")


@dataclass(frozen=True)
class Stream:
    """One kind of record. `roles` read it, held in the pupil's own school.

    `address(pupil, row)` leads to where the record stands; without one it is read in the stream alone.
    """

    name: str
    label: str
    roles: Iterable[str]
    rows: Callable[[Any], QuerySet[Any]]
    icon: str = "document-text"
    address: Callable[[Any, Any], str] | None = None


_streams: dict[str, Stream] = {}


def register(stream: Stream) -> None:
    """Offer a stream. A second one under the same name is a mistake."""
    if stream.name in _streams:
        raise ValueError(f"Two streams of the timeline are called {stream.name!r}.")
    _streams[stream.name] = stream


def shown_to(roles: Iterable[str]) -> list[Stream]:
    """The streams that somebody with these roles in the pupil's school reads."""
    held = set(roles)
    return [stream for stream in _streams.values() if held & set(stream.roles)]


def as_rows(
    found: QuerySet[Any],
    stream: str,
    *,
    at: str | Any,
    headline: Any,
    body: Any = "",
    row: str = "uuid",
    who: str = "by__name",
    struck: str | None = "in_error_at",
    struck_why: str | None = "in_error_why",
) -> QuerySet[Any]:
    """The query set as rows of the timeline. Strings for `at`, `row`, `who` and the struck ones are field names.

    `headline` and `body` are expressions, or plain text where they are strings. `struck=None` where a record
    cannot be taken back.
    """

    def text(given: Any) -> Any:
        return Cast(Value(given) if isinstance(given, str) else given, TextField())

    # Narrowed first, so that a column of the stream may have the name of a field of the model.
    bare = (
        found.order_by()
        .values("pk")
        .annotate(
            stream=Value(stream, CharField()),
            row=Cast(F(row), UUIDField()),
            at=Cast(F(at) if isinstance(at, str) else at, DateTimeField()),
            headline=text(headline),
            body=text(body),
            who=Cast(F(who), TextField()),
            struck=Cast(F(struck) if struck else Value(None), DateTimeField()),
            struck_why=Cast(F(struck_why) if struck_why else Value(""), TextField()),
        )
    )
    return bare.values(*COLUMNS)
