"""A part of a whole for each of some things, with what it may well be: a point and the span around it."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from . import axes
from .chart import Chart
from .drawing import COLOURS


class Span(NamedTuple):
    """One row: per cent, and between what it is likely to lie; without these it is too few to say."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True, kw_only=True)
class Intervals(Chart):
    """Percentages with their spans, on one scale from 0 to 100, in the order given. `usual` is that of all together."""

    rows: tuple[Span, ...]
    category: str
    measure: str
    usual: float | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "rows", tuple(Span(*row) for row in self.rows))

    @property
    def is_empty(self) -> bool:
        return all(row.value is None for row in self.rows)

    def table(self) -> tuple[list[str], list[Any]]:
        return [self.category, self.measure, "Likely between", "Of"], [
            (row.label, _said(row.value), _between(row), row.words) for row in self.rows
        ]

    def build(self, width: int) -> Any:
        alt = axes.altair()
        known = [
            {"label": row.label, "at": row.value, "low": row.low, "high": row.high}
            for row in self.rows
            if row.value is not None
        ]
        beside = (
            self.usual if self.usual is not None and self.usual < 50 else 0
        )  # no line runs through the words
        few = [
            {"label": row.label, "at": beside, "says": "too few to say"}
            for row in self.rows
            if row.value is None
        ]
        scale = alt.Scale(domain=[0, 100], nice=False)
        name = alt.Y(
            "label:N",
            sort=[row.label for row in self.rows],
            axis=axes.names(alt, labelLimit=width * 0.42, labelPadding=8),
            title=None,
            scale=alt.Scale(domain=[row.label for row in self.rows]),
        )
        ticks = axes.percents(alt, [0, 50, 100])
        whole = alt.Chart(alt.Data(values=known))
        x = alt.X("low:Q", scale=scale, axis=ticks, title=None)
        layers = [whole.mark_rule(color=COLOURS["line-iap"]).encode(x=x, x2=alt.X2("high"), y=name)]
        if self.usual is not None:
            line = alt.Chart(alt.Data(values=[{"low": self.usual}]))
            layers.insert(0, line.mark_rule(color=COLOURS["ref"]).encode(x=x))
        points = whole.mark_point(
            shape="circle", fill=COLOURS["iap-f"], stroke=COLOURS["iap-f"], opacity=1, size=90
        )
        layers.append(points.encode(x=alt.X("at:Q", scale=scale), y=name))
        if few:
            said = alt.Chart(alt.Data(values=few)).mark_text(
                align="left", dx=8, fontSize=13, color=COLOURS["label"]
            )
            layers.append(said.encode(x=alt.X("at:Q", scale=scale), y=name, text=alt.Text("says:N")))
        return axes.finish(alt, layers, width, 32 * len(self.rows) + 26, left=10, right=16)


def _said(value: float | None) -> str:
    return "too few to say" if value is None else f"{value:.0f}%"


def _between(row: Span) -> str:
    return "" if row.low is None or row.high is None else f"{row.low:.0f}% and {row.high:.0f}%"
