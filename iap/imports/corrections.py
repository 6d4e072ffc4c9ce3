"""What people have corrected here, and who has the last word on it when a file says otherwise."""

from dataclasses import dataclass, field
from typing import Any

from iap.schools.models import Correction

from .models import FieldRule


@dataclass
class Corrections:
    """A school's corrections by thing, and the fields in which its own system wins all the same."""

    by_thing: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    file_wins: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, school: Any) -> "Corrections":
        rules = FieldRule.objects.filter(school=school).values_list("model", "field")
        return cls(Correction.objects.filter(school=school).by_thing(), set(rules))

    def of_thing(self, thing: Any, key: Any = None) -> set[str]:
        """The fields of this that were corrected here."""
        return self.by_thing.get((thing._meta.label_lower, str(key or thing.pk)), set())

    def stay(self, thing: Any, name: str, key: Any = None) -> bool:
        """Whether a field was corrected here and stays so."""
        return name in self.of_thing(thing, key) and (thing._meta.label_lower, name) not in self.file_wins

    def rows(self, school: Any, thing: Any, names: Any, key: Any = None) -> list[Correction]:
        """The corrections of these fields, as they are stored."""
        label = thing._meta.label_lower
        return list(Correction.objects.filter(school=school).of(label, [str(key or thing.pk)], names))
