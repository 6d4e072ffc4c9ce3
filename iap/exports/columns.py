"""The columns of a table: their names, what they mean, and their values as text."""

import datetime as dt
import json
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from iap.schools import code_uses
from iap.schools.models import CodeSet
from iap.ui.cells import safe

KEYS = ("password", "token", "secret", "hash")  # what opens something is called so
HEADING = ("Table", "Column", "Type", "Meaning", "Values", "May be empty")
TYPES: tuple[tuple[type[Any], str], ...] = (
    (models.BooleanField, "yes or no"),
    (models.DateTimeField, "date and time, such as 2026-09-01T09:00:00+01:00"),
    (models.DateField, "date, such as 2026-09-01"),
    (models.TimeField, "time, such as 09:00:00"),
    (models.UUIDField, "identifier"),
    (models.IntegerField, "whole number"),
    (models.FloatField, "number"),
    (models.DecimalField, "number"),
    (models.JSONField, "JSON"),
    (ArrayField, "list, parted by semicolons"),
)


def columns_of(model: Any) -> list[Any]:
    """The fields that are written out, in order.

    The school is left out, as one export is of one school, and so is whatever opens something.
    """
    fields = (field for field in model._meta.concrete_fields if field.name != "school")
    return [field for field in fields if not any(word in field.name for word in KEYS)]


def heading_of(model: Any) -> list[str]:
    return [field.attname for field in columns_of(model)]


def row_of(values: Iterable[Any], fields: Iterable[Any] = ()) -> list[str]:
    """A row's values as cells, in the order of their fields where they are of a model."""
    return [cell_of(value, field) for value, field in zip_longest(values, fields)]


def cell_of(value: Any, field: Any = None) -> str:
    """One value as text that can be read back and that no spreadsheet takes for a formula."""
    if isinstance(field, models.JSONField) and value is not None:
        return safe(_json(value))
    match value:
        case None:
            return ""
        case str():
            return safe(value)
        case bool():
            return "yes" if value else "no"
        case dt.datetime():
            return timezone.localtime(value).isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case list() | tuple():
            return safe("; ".join(str(each) for each in value))
        case dict():
            return safe(_json(value))
        case _:
            return str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def described(model: Any, table: str) -> list[list[str]]:
    """The rows of the dictionary for one table."""
    return [
        [table, field.attname, type_of(field), meaning_of(field), values_of(model, field), _empty(field)]
        for field in columns_of(model)
    ]


def type_of(field: Any) -> str:
    if field.is_relation:
        return "identifier of a row"
    return next((words for kind, words in TYPES if isinstance(field, kind)), "text")


def meaning_of(field: Any) -> str:
    """Its name in words, and what helps to understand it."""
    if field.primary_key:
        return "Identifier of the row, to which other tables point"
    words = str(field.verbose_name)
    words = f"{words[:1].upper()}{words[1:]}"
    return f"{words}. {field.help_text}" if field.help_text else words


def values_of(model: Any, field: Any) -> str:
    """The codes that it can hold with their words, or where they stand."""
    if field.is_relation:
        return f"{field.related_model._meta.label_lower.replace('.', '-')}.csv, column {field.target_field.attname}"
    if code_set := code_uses.set_of(model, field.name):
        return f"schools-code.csv, set “{code_set}” ({CodeSet(code_set).label})"
    return "; ".join(f"{value} = {words}" for value, words in field.flatchoices)


def _empty(field: Any) -> str:
    return "yes" if field.null or field.blank else "no"
