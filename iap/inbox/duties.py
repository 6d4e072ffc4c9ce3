"""What waits for somebody at a school: overdue, uncovered, unread. Each app says what it knows of.

An app registers its duties in `AppConfig.ready()`:

    duties.register(Duty("review-overdue", "Reviews that are due", {Role.LEAD, Role.LEADER}, overdue))

`find(school, day)` gives what is due on that day. It costs the same number of queries however much there is,
and what it gives names pupils: it is shown behind sign-in to `roles` alone, and never mailed.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Due:
    """One thing that waits: a sentence, where to see to it, and since or until when."""

    text: str
    url: str
    on: dt.date
    pupil: Any = None


@dataclass(frozen=True)
class Duty:
    """A kind of thing that can be due. `label` names several of them: "Reviews that are due"."""

    name: str
    label: str
    roles: Iterable[str]
    find: Callable[[Any, dt.date], list[Due]]
    order: int = 50


_duties: dict[str, Duty] = {}


def register(duty: Duty) -> None:
    """Offer a duty. A second one under the same name is a mistake."""
    if duty.name in _duties:
        raise ValueError(f"Two duties are called {duty.name!r}.")
    _duties[duty.name] = duty


def of(roles: Iterable[str]) -> list[Duty]:
    """The duties that somebody with these roles sees to, in order."""
    held = set(roles)
    seen = (duty for duty in _duties.values() if held & set(duty.roles))
    return sorted(seen, key=lambda duty: (duty.order, duty.name))
