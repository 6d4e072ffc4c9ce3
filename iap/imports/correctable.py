"""The fields of what is imported that people may correct here. Apps that offer a page for it register them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Correctable:
    """A field by its model and name, in the words of the page."""

    model: str
    field: str
    thing: str  # Pupils, Periods …
    label: str

    @property
    def name(self) -> str:
        return f"{self.model}.{self.field}"


_fields: list[Correctable] = []


def register(model: str, thing: str, labels: dict[str, str]) -> None:
    """Offer the fields of a model, each with its label."""
    for field, label in labels.items():
        each = Correctable(model, field, thing, label)
        if each not in _fields:
            _fields.append(each)


def correctable() -> list[Correctable]:
    return list(_fields)
