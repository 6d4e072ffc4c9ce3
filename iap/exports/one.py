"""All rows about one person, wherever they stand: for somebody who asks what is kept about them."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from . import tables
from .columns import cell_of, columns_of, heading_of, row_of
from .writing import write_dictionary

AT_ONCE = 2000  # rows
ANOTHER = "another person"


def about(person: Any) -> Iterator[tuple[Any, Any]]:
    """Each table that leads to this person, and its rows about them."""
    for model in tables.every():
        if model is type(person):
            yield model, tables.rows_of(model, person.school_id).filter(pk=person.pk)
        elif paths := _paths(model, type(person), ()):
            wanted = Q()
            for path in paths:
                wanted |= Q(**{path: person.pk})
            keys = model._default_manager.filter(wanted, school=person.school_id).values("pk")
            yield model, tables.rows_of(model, person.school_id).filter(pk__in=keys)


def zipped(person: Any, *, readme: str) -> tuple[bytes, dict[str, int]]:
    """A zip of one CSV for each table and all of them as one JSON, and how many rows there are of each.

    Where a row names another person too, only that it does is said.
    """
    whole: dict[str, list[dict[str, str]]] = {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        models = []
        for model, rows in about(person):
            heading = heading_of(model)
            others = [n for n, field in enumerate(columns_of(model)) if field.related_model is type(person)]
            found = []
            for values in rows.order_by("pk").values_list(*heading).iterator(chunk_size=AT_ONCE):
                cells = list(values)
                for place in others:
                    if cells[place] not in (None, person.pk):
                        cells[place] = ANOTHER
                found.append(cells)
            if found:
                name = tables.name_of(model)
                models.append(model)
                archive.writestr(f"{name}.csv", _csv(model, found))
                whole[name] = [{n: _plain(v) for n, v in zip(heading, cells, strict=True)} for cells in found]
        write_dictionary(archive, models)
        archive.writestr("record.json", json.dumps(whole, ensure_ascii=False, indent=1))
        archive.writestr("README.txt", readme)
    return out.getvalue(), {name: len(rows) for name, rows in whole.items()}


def _paths(model: Any, target: Any, seen: tuple[Any, ...]) -> list[str]:
    """The ways by which a model's rows lead to the target: `pupil`, or `step__placement__pupil`.

    A shorter way goes before a longer one; what points to the target itself is not looked through any further.
    """
    keys = [field for field in model._meta.concrete_fields if field.is_relation and field.related_model]
    direct = [field.name for field in keys if field.related_model is target]
    if direct:
        return direct
    found: list[str] = []
    for field in keys:
        onward = field.related_model
        if onward in seen or onward is model or not tables.belongs(onward):
            continue
        found += [f"{field.name}__{path}" for path in _paths(onward, target, (*seen, model))]
    return found


def _csv(model: Any, rows: list[list[Any]]) -> str:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(heading_of(model))
    table.writerows(row_of(row, columns_of(model)) for row in rows)
    return f"\ufeff{out.getvalue()}"


def _plain(value: Any) -> Any:
    """A value as JSON has it; what JSON has no word for as its cell."""
    return (
        value
        if value is None or isinstance(value, bool | int | float | str | list | dict)
        else cell_of(value)
    )
