"""Which columns hold a code. The app that owns one says so in `AppConfig.ready()`."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from .models import Code


@dataclass(frozen=True)
class Use:
    """A column whose values are codes of this set; an array holds several."""

    code_set: str
    model: type[models.Model]
    field: str

    @property
    def column(self) -> Any:
        return self.model._meta.get_field(self.field)

    @property
    def longest(self) -> int:
        column = self.column
        held: Any = column.base_field if isinstance(column, ArrayField) else column
        return int(held.max_length)

    def holds(self, code: Code) -> bool:
        several = isinstance(self.column, ArrayField)
        held = {f"{self.field}__contains": [code.code]} if several else {self.field: code.code}
        return self.model._default_manager.filter(school=code.school_id, **held).exists()


_uses: list[Use] = []


def register(code_set: str, model: type[models.Model], field: str) -> None:
    """Note that a column holds codes of this set."""
    if (use := Use(code_set, model, field)) not in _uses:
        _uses.append(use)


def in_use(code: Code) -> bool:
    """Whether a row of its school holds this code."""
    return any(use.holds(code) for use in _uses if use.code_set == code.set)


def longest(code_set: str) -> int:
    """How many characters a code of this set may have, so that every column can hold it."""
    whole = Code._meta.get_field("code").max_length or 0
    return min([whole, *(use.longest for use in _uses if use.code_set == code_set)])


def set_of(model: Any, field: str) -> str:
    """The set whose codes a column holds; empty for other columns."""
    return next((use.code_set for use in _uses if use.model is model and use.field == field), "")
