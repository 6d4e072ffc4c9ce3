"""Amounts of named things: bars, parts of a whole, and pairs."""

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from . import axes
from .chart import Chart, Swatch
from .drawing import COLOURS


class Bar(NamedTuple):
    """One bar. Without a value there is none, and `words` say why: "fewer than 5"."""

    label: str
    value: float | None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Bars(Chart):
    """One amount for each of some things.

    `category` and `measure` name the two; labels in `outside` are hatched, as outside the guide that `guide`
    names; `across` lays the bars on their side, for names that need room.
    """

    rows: tuple[Bar, ...]
    category: str
    measure: str
    outside: tuple[str, ...] = ()
    guide: str = ""
    percent: bool = False
    across: bool = False
    colour: str = "iap-f"

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "rows", tuple(Bar(*row) for row in self.rows))
        object.__setattr__(self, "outside", tuple(self.outside))

    @property
    def is_empty(self) -> bool:
        return not any(row.value for row in self.rows)

    def table(self) -> tuple[list[str], list[Any]]:
        return [self.category, self.measure], [(row.label, self._said(row)) for row in self.rows]

    def key(self) -> list[Swatch]:
        return [("hatch", f"Outside the guide: {self.guide}")] if self.outside and self.guide else []

    def _said(self, row: Bar) -> str:
        if row.words or row.value is None:
            return row.words or "not known"
        return f"{row.value:.0f}%" if self.percent else f"{row.value:g}"

    def build(self, width: int) -> Any:
        alt = axes.altair()
        data = [
            {
                "label": row.label,
                "value": row.value or 0,
                "says": self._said(row),
                "css": COLOURS["hatch" if row.label in self.outside else self.colour],
            }
            for row in self.rows
        ]
        most = 100 if self.percent else max([1.0, *(row.value or 0 for row in self.rows)])
        whole = alt.Chart(alt.Data(values=data))
        amount = alt.Scale(domain=[0, most if self.percent else most * 1.12], nice=False)
        ticks = axes.percents(alt, [0, 50, 100]) if self.percent else axes.counts(alt, most)
        colour = alt.Color("css:N", scale=None)
        if self.across:
            name = alt.Y("label:N", sort=None, axis=axes.names(alt, labelLimit=width * 0.4), title=None)
            value = alt.X("value:Q", scale=amount, axis=None)
            bars = whole.mark_bar(height={"band": 0.62}).encode(x=value, y=name, color=colour)
            said = whole.mark_text(align="left", dx=6, fontSize=13, color=COLOURS["lab"])
            layers = [bars, said.encode(x=value, y=name, text=alt.Text("says:N"))]
            return axes.finish(alt, layers, width, 34 * len(data) + 12, left=10, right=48)
        labels = axes.some([row.label for row in self.rows], width - 50)
        name = alt.X("label:N", sort=None, axis=axes.names(alt, self.category, values=labels))
        value = alt.Y("value:Q", scale=amount, axis=ticks, title=None)
        bars = whole.mark_bar(width=axes.band(len(data), width)).encode(x=name, y=value, color=colour)
        said = whole.mark_text(baseline="bottom", dy=-3, fontSize=13, color=COLOURS["lab"])
        return axes.finish(alt, [bars, said.encode(x=name, y=value, text=alt.Text("says:N"))], width, 220)


class Row(NamedTuple):
    """The parts of one thing, in the order of the series; None where they are not known."""

    label: str
    values: tuple[float, ...] | None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Parts(Chart):
    """Parts of a whole for each of some things, on top of each other; at most four series.

    `series` are (name, class that fills); `shares` draws each row as parts of a hundred, while the table keeps
    the counts.
    """

    rows: tuple[Row, ...]
    series: tuple[tuple[str, str], ...]
    category: str
    shares: bool = True
    across: bool = False

    MOST: ClassVar[int] = 4

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.series) > self.MOST:
            raise ValueError("A chart has at most four series.")
        rows = (
            Row(label, None if values is None else tuple(values), *words)
            for label, values, *words in self.rows
        )
        object.__setattr__(self, "rows", tuple(rows))
        object.__setattr__(self, "series", tuple((name, css) for name, css in self.series))

    @property
    def is_empty(self) -> bool:
        return not any(sum(row.values or ()) for row in self.rows)

    def table(self) -> tuple[list[str], list[Any]]:
        def numbers(row: Row) -> tuple[str, ...]:
            if row.values is None:
                return (row.words or "not known",) * len(self.series)
            return tuple(f"{value:g}" for value in row.values)

        head = [self.category, *(name for name, _ in self.series)]
        return head, [(row.label, *numbers(row)) for row in self.rows]

    def key(self) -> list[Swatch]:
        return [(css, name) for name, css in self.series]

    def _data(self) -> list[dict[str, Any]]:
        data: list[dict[str, Any]] = []
        for row in self.rows:
            values = row.values or (0,) * len(self.series)
            whole = sum(values) if self.shares else 1
            at = 0.0
            for (_, css), value in zip(self.series, values, strict=True):
                size = value / whole * (100 if self.shares else 1) if whole else 0
                css = css if size else "label"  # nothing is drawn, and the name keeps its place
                data.append({"label": row.label, "from": at, "to": at + size, "css": COLOURS[css]})
                at += size
        return data

    def build(self, width: int) -> Any:
        alt = axes.altair()
        data = self._data()
        most = 100 if self.shares else max([1.0, *(each["to"] for each in data)])
        scale = alt.Scale(domain=[0, most], nice=False)
        ticks = axes.percents(alt, [0, 50, 100]) if self.shares else axes.counts(alt, most)
        whole = alt.Chart(alt.Data(values=data))
        unknown = [
            {"label": row.label, "at": 0, "says": row.words or "not known"}
            for row in self.rows
            if not sum(row.values or ())
        ]
        gaps = alt.Chart(alt.Data(values=unknown))
        colour = alt.Color("css:N", scale=None)
        if self.across:
            name = alt.Y("label:N", sort=None, axis=axes.names(alt, labelLimit=width * 0.4), title=None)
            layers = [
                whole.mark_bar(height={"band": 0.62}).encode(
                    x=alt.X("from:Q", scale=scale, axis=ticks, title=None),
                    x2=alt.X2("to"),
                    y=name,
                    color=colour,
                )
            ]
            if unknown:
                said = gaps.mark_text(align="left", dx=4, fontSize=13, color=COLOURS["label"])
                layers.append(said.encode(x=alt.X("at:Q", scale=scale), y=name, text=alt.Text("says:N")))
            return axes.finish(alt, layers, width, 34 * len(self.rows) + 30, left=10, right=14)
        labels = axes.some([row.label for row in self.rows], width - 50)
        name = alt.X("label:N", sort=None, axis=axes.names(alt, values=labels), title=None)
        bars = whole.mark_bar(width=axes.band(len(self.rows), width)).encode(
            x=name, y=alt.Y("from:Q", scale=scale, axis=ticks, title=None), y2=alt.Y2("to"), color=colour
        )
        return axes.finish(alt, [bars], width, 220)


@dataclass(frozen=True, kw_only=True)
class Pairs(Chart):
    """Two amounts of each of some things beside each other, such as before and after."""

    rows: tuple[Row, ...]
    series: tuple[tuple[str, str], tuple[str, str]]
    category: str

    def __post_init__(self) -> None:
        super().__post_init__()
        rows = (Row(label, tuple(values) if values else None, *words) for label, values, *words in self.rows)
        object.__setattr__(self, "rows", tuple(rows))
        object.__setattr__(self, "series", tuple((name, css) for name, css in self.series))

    @property
    def is_empty(self) -> bool:
        return not any(row.values for row in self.rows)

    def table(self) -> tuple[list[str], list[Any]]:
        def numbers(row: Row) -> tuple[str, ...]:
            return (
                tuple(f"{value:g}" for value in row.values) if row.values else (row.words or "not known",) * 2
            )

        head = [self.category, *(name for name, _ in self.series)]
        return head, [(row.label, *numbers(row)) for row in self.rows]

    def key(self) -> list[Swatch]:
        return [(css, name) for name, css in self.series]

    def build(self, width: int) -> Any:
        alt = axes.altair()
        data: list[dict[str, Any]] = [
            {"label": row.label, "which": i, "value": value, "says": f"{value:g}", "css": COLOURS[css]}
            for row in self.rows
            for i, ((_, css), value) in enumerate(zip(self.series, row.values or (0, 0), strict=True))
        ]
        whole = alt.Chart(alt.Data(values=data))
        most = max([1.0, *(each["value"] for each in data)])
        at = {
            "x": alt.X("value:Q", scale=alt.Scale(domain=[0, most], nice=False), axis=None),
            "y": alt.Y("label:N", sort=None, axis=axes.names(alt, labelLimit=width * 0.4), title=None),
            "yOffset": alt.YOffset("which:N", scale=alt.Scale(paddingOuter=0.2)),
        }
        bars = whole.mark_bar().encode(**at, color=alt.Color("css:N", scale=None))
        said = whole.mark_text(align="left", dx=6, fontSize=13, color=COLOURS["lab"])
        layers = [bars, said.encode(**at, text=alt.Text("says:N"))]
        return axes.finish(alt, layers, width, 56 * len(self.rows) + 10, left=10, right=40)
