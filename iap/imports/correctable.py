"""The fields of what is imported that people may correct here. Apps that offer a page for it register them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Correctable:
    """A field by its model and name, in the words of the page."""

    model: str
    field: str
    label: str

    @property
    def name(self) -> str:
        return f"{self.model}.{self.field}"


@dataclass(frozen=True)
class Things:
    """What may be corrected of one model, and the page on which it is."""

    model: str
    label: str  # Pupils, Periods …
    says: str  # the words of the link to the page
    url_name: str
    fields: Mapping[str, str]  # labels by name
    by_day: bool = False  # corrections name a day rather than a row
    # What a key that is no row's stands for: something taken out here.
    gone: Callable[[str], str] | None = None

    def each(self) -> list[Correctable]:
        return [Correctable(self.model, name, label) for name, label in self.fields.items()]


_things: dict[str, Things] = {}


def register(things: Things) -> None:
    """Offer the fields of a model, in the order of the page."""
    _things[things.model] = things


def registered() -> list[Things]:
    """In the order of the page."""
    return sorted(_things.values(), key=lambda things: (things.by_day, things.model))


def things_of(model: str) -> Things | None:
    return _things.get(model)


def correctable() -> list[Correctable]:
    return [each for things in registered() for each in things.each()]
