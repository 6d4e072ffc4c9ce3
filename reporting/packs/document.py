"""A pack as a value: what it says, before it is a PDF, a spreadsheet or a page.

It is plain data and turns into JSON and back, so that a pack that was frozen can be made again to the letter, by
the same code that made it.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from iap.ui.charts import Chart, chart_of
from reporting.figures import Figure
from reporting.templatetags.reporting import group_name

HIDDEN = "not shown"  # small itself, or one that would give a small one away: nobody can tell which


@dataclass(frozen=True)
class Told:
    """A figure, or one of its groups, as it is told. `value` is exact: a number, or two around a stroke."""

    key: str
    label: str
    said: str
    unit: str = ""
    beside: str = ""
    n: int | None = None
    value: str | None = None
    percent: bool = False
    group: str = ""
    hidden: bool = False

    @property
    def words(self) -> str:
        return f"{self.said} {self.unit}".strip()

    @property
    def number(self) -> int | float | None:
        """For a cell of a spreadsheet."""
        if self.value is None:
            return None
        exact = Fraction(self.value)
        return int(exact) if exact.denominator == 1 else float(exact)


def told(figure: Figure) -> Told:
    """A figure that has been through `leaving`, or one that stays inside."""
    value = figure.value
    return Told(
        key=figure.key,
        label=figure.label,
        said=HIDDEN if figure.hidden else figure.said,
        unit="" if value is None else figure.unit,
        beside="" if figure.hidden else figure.comparison,
        n=figure.n,
        value=None if value is None else str(Fraction(value)),
        percent=figure.measure.is_percent,
        group=group_name(figure.group),
        hidden=figure.hidden,
    )


@dataclass(frozen=True)
class Table:
    """Rows of plain values: words, whole numbers, days as `dt.date`; the first of each row heads it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Part:
    """A section: sentences, figures, pictures and tables, in this order."""

    heading: str
    words: tuple[str, ...] = ()
    figures: tuple[Told, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.figures or self.charts or self.tables)


@dataclass(frozen=True)
class Document:
    """A pack. `about` says in a line what it is of; `definitions` how each figure is counted."""

    kind: str
    title: str
    provision: str
    school: str
    about: str
    made_on: dt.date
    parts: tuple[Part, ...]
    definitions: tuple[tuple[str, str], ...] = ()
    cautions: tuple[str, ...] = ()
    confidential: bool = False
    landscape: bool = field(default=False)

    def figures(self) -> Iterable[Told]:
        for part in self.parts:
            yield from part.figures

    def as_json(self) -> dict[str, Any]:
        return {
            **{name: getattr(self, name) for name in PLAIN},
            "made_on": self.made_on.isoformat(),
            "parts": [_part_as_json(part) for part in self.parts],
            "definitions": [list(each) for each in self.definitions],
            "cautions": list(self.cautions),
        }

    def as_text(self) -> str:
        """The same document gives the same text."""
        return json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False)


PLAIN = ("kind", "title", "provision", "school", "about", "confidential", "landscape")


def document_of(kept: Mapping[str, Any]) -> Document:
    """The document that `as_json` gave."""
    return Document(
        **{name: kept[name] for name in PLAIN},
        made_on=dt.date.fromisoformat(kept["made_on"]),
        parts=tuple(_part_of(part) for part in kept["parts"]),
        definitions=tuple((label, words) for label, words in kept["definitions"]),
        cautions=tuple(kept["cautions"]),
    )


def _part_as_json(part: Part) -> dict[str, Any]:
    return {
        "heading": part.heading,
        "words": list(part.words),
        "figures": [asdict(each) for each in part.figures],
        "charts": [chart.as_json() for chart in part.charts],
        "tables": [
            {"caption": table.caption, "head": list(table.head), "rows": [_packed(row) for row in table.rows]}
            for table in part.tables
        ],
    }


def _part_of(kept: Mapping[str, Any]) -> Part:
    return Part(
        heading=kept["heading"],
        words=tuple(kept["words"]),
        figures=tuple(Told(**each) for each in kept["figures"]),
        charts=tuple(chart_of(each) for each in kept["charts"]),
        tables=tuple(
            Table(each["caption"], tuple(each["head"]), tuple(_unpacked(row) for row in each["rows"]))
            for each in kept["tables"]
        ),
    )


def _packed(row: Sequence[Any]) -> list[Any]:
    return [{"day": cell.isoformat()} if isinstance(cell, dt.date) else cell for cell in row]


def _unpacked(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(dt.date.fromisoformat(cell["day"]) if isinstance(cell, dict) else cell for cell in row)


def cell_said(value: Any) -> str:
    """A cell as people read it. Days have their year, as a pack is read again in another."""
    match value:
        case None:
            return "–"
        case dt.date():
            return f"{value.day} {value:%B %Y}"
        case bool():
            return "yes" if value else "no"
        case int() | float() | Decimal():
            return f"{value:,.10g}"
    return str(value)


def day_said(day: dt.date) -> str:
    """Always with its year."""
    return f"{day.day} {day:%B %Y}"
