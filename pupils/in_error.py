"""Kinds of record that a person can say were entered in error, on one page for all of them.

An app registers its own in `AppConfig.ready()`:

    in_error.register(Kind("need", "need", Need, "pupils:needs"))

The page stands at `pupils:in_error` with the pupil, the kind's name and the record's UUID. Whoever wrote a record
may say so of it, the lead of every record.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from iap.schools.models import Role

from .models.written import Written


@dataclass(frozen=True)
class Kind:
    """One kind: `label` is its name within a sentence, `back` the page about a pupil on which it is shown.

    `roles` besides the lead may say it of what they wrote.
    """

    name: str
    label: str
    model: type[Written]
    back: str
    roles: Iterable[str] = (Role.STAFF, Role.SENCO, Role.DSL)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Offer a kind. A second one under the same name is a mistake."""
    if kind.name in _kinds:
        raise ValueError(f"Two kinds of record are called {kind.name!r}.")
    _kinds[kind.name] = kind


def named(name: str) -> Kind | None:
    return _kinds.get(name)


def may_say_so(record: Written, user: object, roles: Iterable[str]) -> bool:
    """Whether this person may strike the record through: who wrote it, and the lead."""
    return record.stands and (Role.LEAD in set(roles) or record.by_id == getattr(user, "pk", None))
