"""What is gathered for a review from what was logged since the plan began, so that nobody looks it up or types it.

An app above this one registers what it knows in `AppConfig.ready()`:

    gathered.register(Source("lessons", lessons, order=30))

`gather(span)` gives a part of the review, or nothing where there is nothing to say. All sources together cost no more
than twelve queries; what is gathered is kept with the review once it is held, since what is logged goes on.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from pupils.models import Plan
from pupils.record import Record


@dataclass(frozen=True)
class Fact:
    """One line: what, how it is, and a few words more. `marks` are outcomes of lessons, the newest last."""

    label: str
    value: str
    detail: str = ""
    marks: Sequence[str] = ()


@dataclass(frozen=True)
class Quote:
    """What somebody wrote, and when."""

    text: str
    who: str


@dataclass(frozen=True)
class Part:
    """What one source has gathered. `says` puts it in a sentence."""

    title: str
    icon: str
    says: str = ""
    facts: Sequence[Fact] = field(default_factory=list)
    quotes: Sequence[Quote] = field(default_factory=list)


@dataclass(frozen=True)
class Span:
    """The days that are looked back on, and the pupil's record as its parts share it."""

    record: Record
    plan: Plan
    first: dt.date
    last: dt.date

    @property
    def pupil(self) -> Any:
        return self.record.pupil

    @property
    def school(self) -> int:
        return self.plan.school_id

    @property
    def halfway(self) -> dt.date:
        """The first day of the second half, to see which way something goes."""
        return self.first + (self.last - self.first) // 2 + dt.timedelta(days=1)


@dataclass(frozen=True)
class Source:
    name: str
    gather: Callable[[Span], Part | None]
    order: int = 50


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Offer what is known. A second source under the same name is a mistake."""
    if source.name in _sources:
        raise ValueError(f"Two sources of a review are called {source.name!r}.")
    _sources[source.name] = source


def span_of(record: Record, plan: Plan) -> Span:
    """From the plan's first day to today; a plan that begins later has nothing to look back on yet."""
    return Span(record, plan, plan.day, max(record.day, plan.day))


def gather(span: Span) -> list[Part]:
    """What every source knows, in order."""
    found = (source.gather(span) for source in sorted(_sources.values(), key=lambda s: (s.order, s.name)))
    return [part for part in found if part is not None]


def as_kept(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """As it is kept with a held review."""
    return [asdict(part) for part in parts]


def from_kept(kept: Sequence[dict[str, Any]]) -> list[Part]:
    return [
        Part(
            **{
                **part,
                "facts": [Fact(**each) for each in part["facts"]],
                "quotes": [Quote(**each) for each in part["quotes"]],
            }
        )
        for part in kept
    ]
