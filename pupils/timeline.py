"""One stream of all that is kept about a pupil: what each app puts into it, and who reads which part.

An app registers its streams in `AppConfig.ready()`:

    def notes(pupil):
        found = Note.objects.filter(school=pupil.school_id, pupil=pupil)
        return as_rows(found, "note", at="at", headline="Note", body=F("text"), **ENTRY)

    timeline.register(Stream("note", "Notes", READERS, notes, icon="pencil-square"))

`rows(pupil)` is a query set of everything of that kind, also of what was entered in error, annotated by `as_rows`.
All of a reader's streams are one UNION in the database: a page costs the same however many kinds of record there
are. Several streams may share a `kind`, which is what people choose by; and a stream that tells more takes the
place of one that tells less to whoever may read both (`instead_of`).

What is a `Written` or an `Entry`, and names its row, may be marked as entered in error by its writer and by
`strikers`. Give `strike(thing, by=, why=)` where more has to happen than that; raise Refused where it cannot be.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    F,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast

from iap.schools.models import Role
from pupils.models.entries import Entry
from pupils.models.written import Written

COLUMNS = ("stream", "row", "at", "headline", "body", "who", "author", "struck", "struck_why")
# How `as_rows` is told of an Entry; what it assumes otherwise is a Written.
ENTRY = {"row": "entry", "struck": "undone_at", "struck_why": "undone_why"}


@dataclass(frozen=True)
class Stream:
    """One kind of record. `roles` read it, held in the pupil's own school.

    `address(pupil, row)` leads to where the record stands; without one it is read in the stream alone.
    `reasons` are choices of why it was entered in error, where free words would say too much.
    """

    name: str
    label: str
    roles: Iterable[str]
    rows: Callable[[Any], QuerySet[Any]]
    icon: str = "document-text"
    address: Callable[[Any, UUID], str] | None = None
    kind: str = ""
    instead_of: str = ""
    strikers: Iterable[str] = (Role.LEAD,)
    reasons: Sequence[tuple[str, str]] = ()
    strike: Callable[..., Any] | None = None

    @property
    def chosen_by(self) -> str:
        return self.kind or self.name


@dataclass(frozen=True)
class Line:
    """One row of the stream, as its reader sees it."""

    stream: Stream
    row: UUID | None
    at: dt.datetime
    headline: str
    body: str
    who: str
    author: int | None
    struck: dt.datetime | None
    why: str
    url: str = field(default="", compare=False)

    @property
    def is_timed(self) -> bool:
        """Whether it happened at a moment, or is about a day."""
        return is_moment(self.at)


def is_moment(at: dt.datetime) -> bool:
    """Whether it is a moment; what is about a day stands at its midnight (UTC)."""
    return at.astimezone(dt.UTC).time() != dt.time()


_streams: dict[str, Stream] = {}
_struck_through: dict[str, bool] = {}


def register(stream: Stream) -> None:
    """Offer a stream. A second one under the same name is a mistake."""
    if stream.name in _streams:
        raise ValueError(f"Two streams of the timeline are called {stream.name!r}.")
    _streams[stream.name] = stream


def shown_to(roles: Iterable[str]) -> list[Stream]:
    """The streams that somebody with these roles in the pupil's school reads."""
    held = set(roles)
    mine = [stream for stream in _streams.values() if held & set(stream.roles)]
    outdone = {stream.instead_of for stream in mine}
    return [stream for stream in mine if stream.name not in outdone]


def kinds_of(streams: Iterable[Stream]) -> list[tuple[str, str]]:
    """What can be chosen by, with its label, in the order of the labels."""
    found = {stream.chosen_by: stream.label for stream in streams}
    return sorted(found.items(), key=lambda kind: kind[1])


def as_rows(
    found: QuerySet[Any],
    stream: str,
    *,
    at: str | Any,
    headline: Any,
    body: Any = "",
    row: str | None = "uuid",
    who: str | None = "by__name",
    struck: str | None = "in_error_at",
    struck_why: str | None = "in_error_why",
) -> QuerySet[Any]:
    """The query set as rows of the stream of that name. Strings for `at`, `row`, `who` and the struck ones name fields.

    `headline` and `body` are expressions, or plain text where they are strings. `at` is a moment, or a day. `row` is
    the record's UUID; `who` the name of whoever wrote it, a field of an account. None where there is none: of
    `struck` where a record cannot be taken back, and its `struck_why` is left out with it.
    """
    author = who.removesuffix("__name") if who and who.endswith("__name") else None
    # Narrowed first, so that a column of the stream may have the name of a field of the model.
    bare = (
        found.order_by()
        .values("pk")
        .annotate(
            stream=Value(stream, CharField()),
            row=Cast(_named(row), UUIDField()),
            at=Cast(_named(at), DateTimeField()),
            headline=_text(headline),
            body=_text(body),
            who=Cast(_named(who), TextField()),
            author=Cast(_named(author), BigIntegerField()),
            struck=Cast(_named(struck), DateTimeField()),
            struck_why=Cast(_named(struck_why if struck else None), TextField()),
        )
    )
    return bare.values(*COLUMNS)


def _named(given: Any) -> Any:
    return F(given) if isinstance(given, str) else Value(None) if given is None else given


def _text(given: Any) -> Any:
    return Cast(Value(given) if isinstance(given, str) else given, TextField())


def union(parts: Sequence[QuerySet[Any]]) -> QuerySet[Any]:
    """Parts made by `as_rows` as one stream, the newest first, to be cut into pages by the database."""
    first, *more = parts
    return first.union(*more, all=True).order_by("-at", "stream", "row")


def line_of(found: dict[str, Any], pupil: Any) -> Line:
    """A row of the union, with the address its stream gives it."""
    stream, row = _streams[found["stream"]], found["row"]
    return Line(
        stream,
        row,
        found["at"],
        found["headline"],
        found["body"] or "",
        found["who"] or "",
        found["author"],
        found["struck"],
        found["struck_why"] or "",
        stream.address(pupil, row) if stream.address and row else "",
    )


def may_strike(line: Line, pupil: Any, *, user: Any, roles: Iterable[str]) -> bool:
    """Whether this reader may mark it as entered in error: its writer and `strikers`, once."""
    if line.row is None or line.struck is not None or not _can_be_struck(line.stream, pupil):
        return False
    return line.author == user.pk or bool(set(roles) & set(line.stream.strikers))


def _can_be_struck(stream: Stream, pupil: Any) -> bool:
    """Whether what this stream shows can be marked as entered in error at all; asked of its model once."""
    if stream.name not in _struck_through:
        is_kept = issubclass(stream.rows(pupil).model, Written | Entry)
        _struck_through[stream.name] = is_kept or stream.strike is not None
    return _struck_through[stream.name]
