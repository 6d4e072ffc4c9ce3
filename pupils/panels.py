"""The parts of a pupil's page: what each app offers, and what one reader sees of it.

An app above this one registers its parts in `AppConfig.ready()`:

    panels.register(Panel("journey", {Role.LEAD, Role.STAFF}, journey.build, "timetables/panels/journey.html",
                          area=Area.MAIN, order=10))

`build(request, pupil, day)` gives the template's context, or None where the part has nothing to say. What `asks`
of the same arguments wants to read is read for all parts of the page in one statement (`pupils.together`), and is then
found in `record_of(request, pupil, day).rows` by its name. Whoever may not see a part never reaches either.

The page puts each part in a card `<section>` named by the template's `<h2 id="h-{{ panel.name }}">`; a part of
`Area.FACTS` gives `<div><dt>…</dt><dd>…</dd></div>` instead, one of `Area.ACTIONS` the buttons beside the pupil's name,
and one of `Area.MORE` links or forms for the menu behind them: plain `<a>` and `<button>`, which the menu draws as its
rows.

The list of pupils works the same way with columns, asked once for all its pupils.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from . import together
from .record import record_of
from .together import Ask


class Area(StrEnum):
    ACTIONS = "actions"  # beside the name: what is done most days
    MORE = "more"  # the menu behind these: what is done now and then
    FACTS = "facts"  # the headline strip
    LOOK = "look"  # what helps, what to act on
    MAIN = "main"  # the work
    SIDE = "side"  # the context


@dataclass(frozen=True)
class Panel:
    """One part of a pupil's page. `roles` are those that may see it, held in the pupil's own school."""

    name: str
    roles: Iterable[str]
    build: Callable[[Any, Any, dt.date], dict[str, Any] | None]
    template: str
    area: Area | str = Area.MAIN
    order: int = 50
    asks: Callable[[Any, Any, dt.date], Mapping[str, Ask]] | None = None


@dataclass(frozen=True)
class Column:
    """One column of the list of pupils: `build(request, pupils, day)` gives a text for each pupil's key."""

    name: str
    label: str
    roles: Iterable[str]
    build: Callable[[Any, Sequence[Any], dt.date], Mapping[int, str]]
    order: int = 50


@dataclass(frozen=True)
class Part:
    """A panel as one reader sees it."""

    panel: Panel
    html: SafeString

    @property
    def name(self) -> str:
        return self.panel.name


_panels: dict[str, Panel] = {}
_columns: dict[str, Column] = {}


def register(panel: Panel) -> None:
    """Offer a part. A second one under the same name, or an unknown area, is a mistake."""
    if panel.name in _panels:
        raise ValueError(f"Two parts of a pupil's page are called {panel.name!r}.")
    Area(panel.area)
    _panels[panel.name] = panel


def register_column(column: Column) -> None:
    if column.name in _columns:
        raise ValueError(f"Two columns of the list of pupils are called {column.name!r}.")
    _columns[column.name] = column


def columns_for(roles: Iterable[str]) -> list[Column]:
    held = set(roles)
    seen = (column for column in _columns.values() if held & set(column.roles))
    return sorted(seen, key=lambda column: (column.order, column.name))


def shown_to(roles: Iterable[str]) -> list[Panel]:
    """The parts that somebody with these roles in the pupil's school may see, in order."""
    held = set(roles)
    seen = (panel for panel in _panels.values() if held & set(panel.roles))
    return sorted(seen, key=lambda panel: (panel.order, panel.name))


def draw(request: Any, pupil: Any, day: dt.date) -> dict[str, list[Part]]:
    """The parts that this reader may see, by area, drawn within the request's transaction.

    `request.roles` must be the reader's roles in the pupil's school (`pupils.access.pupil_or_404`).
    """
    parts: dict[str, list[Part]] = {area.value: [] for area in Area}
    shown = shown_to(request.roles)
    if asked := [panel.asks(request, pupil, day) for panel in shown if panel.asks]:
        record = record_of(request, pupil, day)
        wanted = {**record.asks(), **{name: ask for each in asked for name, ask in each.items()}}
        record.take(together.read(pupil, wanted))
    for panel in shown:
        context = panel.build(request, pupil, day)
        if context is not None:
            shared = {"pupil": pupil, "day": day, "panel": panel}
            html = render_to_string(panel.template, {**shared, **context}, request=request)
            parts[Area(panel.area).value].append(Part(panel, html))
    return parts
