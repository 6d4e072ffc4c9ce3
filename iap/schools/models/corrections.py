"""What people here have set on things that the school's own system also says."""

from typing import Any, Self

from django.db import models

from .base import SchoolOwned, SchoolQuerySet, school_owned
from .people import User


class CorrectionQuerySet(SchoolQuerySet):
    def by_thing(self) -> dict[tuple[str, str], set[str]]:
        """The corrected fields of each thing, by its model and key."""
        found: dict[tuple[str, str], set[str]] = {}
        for model, key, field in self.values_list("model", "key", "field"):
            found.setdefault((model, key), set()).add(field)
        return found

    def of(self, model: str, keys: Any, fields: Any) -> Self:
        return self.filter(model=model, key__in=keys, field__in=fields)


class Correction(SchoolOwned):
    """A field that a person has set here. An import keeps it or replaces it, by the school's rule for the field.

    `key` is the thing's key in its table, or what names it where rows are replaced (a week's Monday).
    """

    model = models.CharField(max_length=60)
    key = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = CorrectionQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(
                fields=["school", "model", "key", "field"], name="a_field_is_corrected_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.model} {self.key}, {self.field}"
