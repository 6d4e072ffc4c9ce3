"""Every write of one run, kept so that the run can be taken back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection, models

from iap.tenancy.roles import may_count

BATCH = 4000
MANY = 200  # new rows of a table, after which its size is worth knowing
CREATED, CHANGED, DELETED = "created", "changed", "deleted"
Change = tuple[Any, dict[str, Any]]  # a stored thing, and its new values by field


@dataclass(frozen=True)
class Write:
    """Some rows of one model that were written alike, as they can be kept in JSON.

    `rows` of what was created are spans of keys, [first, last]; of what was changed [key, {field: [old, new]}];
    of what was deleted {field: value}.
    """

    model: str
    what: str
    rows: list[Any]


class Ledger:
    """Writes rows, and remembers them in their order."""

    def __init__(self, school: Any) -> None:
        self.school = school
        self.writes: list[Write] = []

    def create(self, things: Sequence[Any]) -> None:
        """Make these new rows, all of one model."""
        for batch in in_batches(things):
            made = type(batch[0])._default_manager.bulk_create(batch)
            self.created(type(batch[0]), [thing.pk for thing in made])
        if len(things) >= MANY:
            count_anew(type(things[0]))

    def change(self, changes: Sequence[Change]) -> None:
        """Give stored rows, all of one model, their new values."""
        for batch in in_batches(changes):
            rows, names = [], set()
            for thing, values in batch:
                rows.append([thing.pk, {name: [_plain(thing, name), None] for name in values}])
                for name, value in values.items():
                    setattr(thing, name, value)
                    rows[-1][1][name][1] = _plain(thing, name)
                names.update(values)
            things = [thing for thing, _ in batch]
            type(things[0])._default_manager.bulk_update(things, sorted(names))
            self.changed(type(things[0]), rows)

    def delete(self, things: Sequence[Any]) -> None:
        """Take out rows of one model that nothing refers to."""
        for batch in in_batches(things):
            model = type(batch[0])
            names = [field.attname for field in model._meta.concrete_fields]
            rows = [{name: _plain(thing, name) for name in names} for thing in batch]
            model._default_manager.filter(school=self.school, pk__in=[thing.pk for thing in batch]).delete()
            self.writes.append(Write(model._meta.label_lower, DELETED, rows))

    def created(self, model: type[models.Model], keys: Iterable[int]) -> None:
        """Note rows that were made some quicker way."""
        self.writes.append(Write(model._meta.label_lower, CREATED, spans(keys)))

    def changed(self, model: type[models.Model], rows: list[Any]) -> None:
        self.writes.append(Write(model._meta.label_lower, CHANGED, rows))


def count_anew(model: type[models.Model]) -> None:
    """Let the planner know that the table has grown: it would look up each key that points there in all of its rows.

    In this transaction nobody else can; and where somebody is at it, it is left to them.
    """
    if may_count():
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE (SKIP_LOCKED) {connection.ops.quote_name(model._meta.db_table)}")


def spans(keys: Iterable[int]) -> list[list[int]]:
    """Keys as [first, last] of each unbroken span."""
    found: list[list[int]] = []
    for key in sorted(keys):
        if found and key == found[-1][1] + 1:
            found[-1][1] = key
        else:
            found.append([key, key])
    return found


def in_batches(things: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    these = iter(things)
    while batch := list(islice(these, size)):
        yield batch


def _plain(thing: Any, name: str) -> Any:
    """A field's value as JSON can hold it and the field can read it back."""
    value = getattr(thing, name)
    return value if value is None or isinstance(value, bool | int | str | list) else str(value)


def fields_of(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values out of JSON as the model's fields hold them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in values.items()}
