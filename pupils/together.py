"""Rows of several tables about one pupil in one statement: for a page that shows a few of each.

    together.read(pupil, {"notes": Ask(notes[:5], "by__name"), "contacts": Ask(contacts)})

gives the models' own objects, as their query sets would. `beside` names the fields of related rows that are shown,
since all others would be asked for again.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Count, QuerySet, Window
from django.db.models.functions import JSONObject

from .models import Pupil


class Ask:
    """A query set, and what is shown of the rows that its own point to, such as `by__name`."""

    def __init__(self, rows: QuerySet[Any], *beside: str) -> None:
        self.rows = rows
        own = [field.attname for field in rows.model._meta.concrete_fields]
        self.names = [*own, *rows.query.annotations, *beside]

    def as_json(self) -> ArraySubquery:
        return ArraySubquery(self.rows.values(json=JSONObject(**{name: name for name in self.names})))


def counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each row with the `total` of all there are, for the few that are shown of them."""
    return rows.annotate(total=Window(Count("pk")))


def total_of(rows: Sequence[Any]) -> int:
    """How many there are of what was `counted`."""
    return int(rows[0].total) if rows else 0


def read(pupil: Pupil, wanted: Mapping[str, Ask]) -> dict[str, list[Any]]:
    """The rows of each: one query."""
    keys = {f"read_{number}": name for number, name in enumerate(wanted)}
    asked = {key: wanted[name].as_json() for key, name in keys.items()}
    found = Pupil.objects.filter(school=pupil.school_id, pk=pupil.pk).values(**asked).get() if asked else {}
    return {name: [_about(pupil, wanted[name], row) for row in found[key]] for key, name in keys.items()}


def _about(pupil: Pupil, ask: Ask, row: Mapping[str, Any]) -> Any:
    made = _made(ask.rows.model, row)
    if hasattr(made, "pupil_id"):
        made.pupil = pupil
    return made


def _made(model: Any, row: Mapping[str, Any]) -> Any:
    """An object from what JSON says of it, with those that it points to."""
    beside: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, value in row.items():
        head, _, rest = name.partition("__")
        if rest:
            beside[head][rest] = value
    fields = [field for field in model._meta.concrete_fields if field.attname in row]
    values = [field.to_python(row[field.attname]) for field in fields]
    made = model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in fields], values)
    for name in set(row) - {field.attname for field in fields}:
        if "__" not in name:
            setattr(made, name, row[name])
    for head, of in beside.items():
        relation = model._meta.get_field(head)
        key = row[relation.attname]
        setattr(made, head, _made(relation.related_model, {"id": key, **of}) if key is not None else None)
    return made
