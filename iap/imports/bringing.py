"""Comparing what a file says with what is stored, and writing only the difference."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import models

from .kinds import Row, Source
from .report import Counts

BATCH = 4000
Parsed = tuple[Row, Any, dict[str, Any]]  # the row, its key, and its fields


def one_of_each(
    source: Source, counts: Counts, rows: Iterable[Parsed], *, column: str, named: Callable[[Any], str] = str
) -> dict[Any, dict[str, Any]]:
    """The fields by key. A row that repeats another counts once; rows that differ under one key are refused.

    All of them are refused: nobody here can know which is right.
    """
    taken: dict[Any, tuple[Row, dict[str, Any]]] = {}
    at_odds: dict[Any, list[Row]] = {}
    for row, key, fields in rows:
        first = taken.setdefault(key, (row, fields))
        if first[1] != fields:
            at_odds.setdefault(key, [first[0]]).append(row)
    for key, clashing in at_odds.items():
        numbers = ", ".join(str(row.number) for row in clashing)
        for row in clashing:
            reason = f"Rows {numbers} say different things about {named(key)}. Keep the right one."
            counts.refuse(source.file, row.number, row.title(column), reason)
        del taken[key]
    return {key: fields for key, (_, fields) in taken.items()}


def bring(
    model: type[models.Model],
    school: Any,
    wanted: Mapping[Any, dict[str, Any]],
    stored: Mapping[Any, Any],
    counts: Counts,
    key_fields: Callable[[Any], dict[str, Any]],
) -> None:
    """Make what is wanted and missing, change what differs, and leave what is stored and not named."""
    new, changed, names = [], [], set()
    for key, fields in wanted.items():
        thing = stored.get(key)
        if thing is None:
            new.append(model(school=school, **key_fields(key), **fields))
        elif different := [name for name, value in fields.items() if getattr(thing, name) != value]:
            for name in different:
                setattr(thing, name, fields[name])
            names.update(different)
            changed.append(thing)
    manager = model._default_manager
    manager.bulk_create(new, batch_size=BATCH)
    if changed:
        manager.bulk_update(changed, sorted(names), batch_size=BATCH)
    counts.created += len(new)
    counts.changed += len(changed)
    counts.unchanged += len(wanted) - len(new) - len(changed)


def replace_dated(
    model: type[models.Model],
    school: Any,
    wanted: Mapping[Any, dict[str, Any]],
    standing: Mapping[Any, Any],
    counts: Counts,
    key_fields: Callable[[Any], dict[str, Any]],
    *,
    today: dt.date,
    since: dt.date,
) -> None:
    """Let exactly what is wanted hold from today; what held until now keeps its past.

    Where nothing was stored yet, it has held `since` then.
    """
    begins = today if standing else since
    kept = {key for key, thing in standing.items() if _agrees(thing, wanted.get(key))}
    gone = [thing for key, thing in standing.items() if key not in kept]
    _end(model, gone, today)
    new = [
        model(school=school, valid_from=begins, **key_fields(key), **fields)
        for key, fields in wanted.items()
        if key not in kept
    ]
    model._default_manager.bulk_create(new, batch_size=BATCH)
    changed = sum(key in wanted for key in standing if key not in kept)
    counts.created += len(new) - changed
    counts.changed += len(gone)
    counts.unchanged += len(kept)


def _agrees(thing: Any, fields: Mapping[str, Any] | None) -> bool:
    return fields is not None and all(getattr(thing, name) == value for name, value in fields.items())


def _end(model: type[models.Model], gone: Sequence[Any], today: dt.date) -> None:
    """End rows today; one that began today never held and is taken out."""
    manager = model._default_manager
    manager.filter(pk__in=[thing.pk for thing in gone if thing.valid_from >= today]).delete()
    manager.filter(pk__in=[thing.pk for thing in gone if thing.valid_from < today]).update(valid_to=today)


def in_batches(things: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    these = iter(things)
    while batch := list(islice(these, size)):
        yield batch
