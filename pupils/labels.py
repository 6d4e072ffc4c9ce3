"""What a field is called on screen, so that it is worded in one place: its model."""

from typing import Any

from django.db.models import Field, Model


def field_of(model: type[Model], name: str) -> "Field[Any, Any]":
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field


def label(model: type[Model], name: str) -> str:
    """Its name as a heading or a label begins: "What helps me"."""
    words = str(field_of(model, name).verbose_name)
    return f"{words[:1].upper()}{words[1:]}"
