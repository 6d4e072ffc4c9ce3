"""What people have corrected here, and who has the last word on it when a file says otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from iap.schools.models import Correction

from .models import FieldRule


@dataclass
class Corrections:
    """A school's corrections by thing, and the fields in which its own system wins all the same.

    A thing is a model and what names it there: its key, or a day where rows are replaced.
    """

    by_thing: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    file_wins: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def kept_at(cls, school: Any) -> "Corrections":
        rules = FieldRule.objects.filter(school=school).values_list("model", "field")
        return cls(Correction.objects.filter(school=school).by_thing(), set(rules))

    def of(self, model: Any, key: Any) -> set[str]:
        """The fields of a thing that were corrected here."""
        return self.by_thing.get((model._meta.label_lower, str(key)), set())

    def of_thing(self, thing: Any) -> set[str]:
        return self.of(type(thing), thing.pk)

    def stays(self, model: Any, key: Any, name: str) -> bool:
        """Whether a field was corrected here and stays so."""
        return name in self.of(model, key) and (model._meta.label_lower, name) not in self.file_wins

    def rows(self, school: Any, model: Any, names: Iterable[str], key: Any) -> list[Correction]:
        """The corrections of these fields, as they are stored."""
        return list(Correction.objects.filter(school=school).of(model._meta.label_lower, [str(key)], names))
