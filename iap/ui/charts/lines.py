"""Something over time: lines with what is uncertain about them, and curves of how long things take."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from . import axes
from .chart import Chart, Swatch
from .drawing import COLOURS

DOT: dict[str, Any] = {
    "shape": "circle",
    "fill": COLOURS["now"],
    "stroke": COLOURS["now"],
    "opacity": 1,
    "size": 60,
}


class Series(NamedTuple):
    """One line: its name, the class that strokes it, and a value for each label. None is a gap."""

    name: str
    css: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class Lines(Chart):
    """Up to four lines over the same labels. `low` and `high` are the interval around the first.

    `step` for what holds until it changes on a day; otherwise points are joined.
    """

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    category: str
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    step: bool = False
    percent: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.series) > 4:
            raise ValueError("A chart has at most four series.")
        series = tuple(Series(name, css, tuple(values)) for name, css, values in self.series)
        object.__setattr__(self, "series", series)
        for name in ("labels", "low", "high"):
            object.__setattr__(self, name, tuple(getattr(self, name)))

    @property
    def is_empty(self) -> bool:
        return all(value is None for each in self.series for value in each.values)

    def table(self) -> tuple[list[str], list[Any]]:
        head = [self.category, *(each.name for each in self.series)]
        rows = [
            [label, *(self._said(each.values[i]) for each in self.series)]
            for i, label in enumerate(self.labels)
        ]
        if self.low:
            head.append("Likely between")
            for row, low, high in zip(rows, self.low, self.high, strict=True):
                row.append("" if low is None else f"{self._said(low)} and {self._said(high)}")
        return head, rows

    def key(self) -> list[Swatch]:
        named = [(each.css, each.name) for each in self.series] if len(self.series) > 1 else []
        return [*named, ("main-a", "Where it is likely to be")] if self.low else named

    def _said(self, value: float | None) -> str:
        if value is None:
            return "not known"
        return f"{value:.0f}%" if self.percent else f"{value:g}"

    def build(self, width: int) -> Any:
        alt = axes.altair()
        numbers = [
            v for values in (*(s.values for s in self.series), self.high) for v in values if v is not None
        ]
        most = 100 if self.percent else max([1, *numbers])
        scale = alt.Scale(domain=[0, most], nice=False)
        ticks = axes.percents(alt, [0, 50, 100]) if self.percent else axes.counts(alt, most)
        labels = axes.some(self.labels, width - 50)
        x = alt.X("label:N", sort=None, axis=axes.names(alt, values=labels), title=None)
        kind = "step-after" if self.step else "linear"
        layers = []
        if self.low:
            band = [
                {"label": label, "low": low, "high": high}
                for label, low, high in zip(self.labels, self.low, self.high, strict=True)
            ]
            area = alt.Chart(alt.Data(values=band)).mark_area(color=COLOURS["main-a"], interpolate=kind)
            layers.append(
                area.encode(x=x, y=alt.Y("low:Q", scale=scale, axis=ticks, title=None), y2=alt.Y2("high"))
            )
        for each in self.series:
            points = [
                {"label": label, "value": value, "says": self._said(value), "alone": alone}
                for label, value, alone in zip(self.labels, each.values, _alone(each.values), strict=True)
            ]
            line = alt.Chart(alt.Data(values=points))
            at = {"x": x, "y": alt.Y("value:Q", scale=scale, axis=ticks, title=None)}
            layers.append(line.mark_line(color=COLOURS[each.css], interpolate=kind).encode(**at))
            alone = [point for point in points if point["value"] is not None and point["alone"]]
            if alone:
                dots = alt.Chart(alt.Data(values=alone))
                layers.append(dots.mark_point(**DOT).encode(**at))
            last = [point for point in points if point["value"] is not None][-1:]
            said = alt.Chart(alt.Data(values=last)).mark_text(
                align="left", dx=7, fontSize=13, color=COLOURS["lab"]
            )
            layers.append(said.encode(**at, text=alt.Text("says:N")))
        return axes.finish(alt, layers, width, 210, right=44)


def _alone(values: Sequence[float | None]) -> list[bool]:
    """Whether a value has gaps, or nothing, on both sides: a line would not show it."""
    around = [None, *values, None]
    return [around[i] is None and around[i + 2] is None for i in range(len(values))]


class Moment(NamedTuple):
    """How many per cent have reached something by a time, and between what that is likely to be."""

    at: float
    reached: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Survival(Chart):
    """How long something takes where not everybody has reached it yet, with the numbers still followed.

    `points` are steps from (0, 0) on; `at_risk` are (time, number not yet there and still followed).
    """

    points: tuple[Moment, ...]
    at_risk: tuple[tuple[float, int], ...]
    until: float
    unit: str = "School weeks since the first day"

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "points", tuple(Moment(*point) for point in self.points))
        object.__setattr__(self, "at_risk", tuple((time, number) for time, number in self.at_risk))

    def table(self) -> tuple[list[str], list[Any]]:
        head = [self.unit, "Have reached it", "Likely between", "Still followed, not there yet"]
        rows = []
        for time, number in self.at_risk:
            now = [point for point in self.points if point.at <= time][-1]
            likely = "" if now.low is None or now.high is None else f"{now.low:.0f}% and {now.high:.0f}%"
            rows.append([f"{time:g}", f"{now.reached:.0f}%", likely, number])
        return head, rows

    def key(self) -> list[Swatch]:
        return [("line-iap", "Have reached it"), ("iap-a", "Where that is likely to be")]

    def build(self, width: int) -> Any:
        alt = axes.altair()
        last = self.points[-1]
        points = [*self.points, Moment(self.until, *last[1:])]
        data = [
            {"i": i, "x": p.at, "y": p.reached, "low": p.low, "high": p.high} for i, p in enumerate(points)
        ]
        whole = alt.Chart(alt.Data(values=data))
        ticks = [time for time, _ in self.at_risk]
        x = alt.X(
            "x:Q",
            scale=alt.Scale(domain=[0, self.until], nice=False),
            axis=axes.names(alt, self.unit, values=ticks, format="d"),
        )
        y = alt.Scale(domain=[0, 100])
        axis = axes.percents(alt, [0, 25, 50, 75, 100])
        risk = [{"x": time, "says": str(number)} for time, number in self.at_risk]
        below = alt.Chart(alt.Data(values=risk)).mark_text(fontSize=13, color=COLOURS["label"])
        head = alt.Chart(alt.Data(values=[{"says": "Still followed, not there yet"}]))
        layers = [
            whole.mark_area(color=COLOURS["iap-a"], interpolate="step-after").encode(
                x=x, y=alt.Y("low:Q", scale=y, axis=axis, title=None), y2="high:Q"
            ),
            whole.mark_line(color=COLOURS["line-iap"], interpolate="step-after").encode(
                x=x, y=alt.Y("y:Q", scale=y, axis=axis, title=None), order="i:Q"
            ),
            below.encode(x=x, y=alt.value(270), text=alt.Text("says:N")),
            head.mark_text(align="left", fontSize=13, color=COLOURS["label"]).encode(
                x=alt.value(0), y=alt.value(250), text="says:N"
            ),
        ]
        drawn = alt.layer(*layers).properties(
            width=width - 66, height=190, padding={"left": 2, "top": 10, "right": 18, "bottom": 4}
        )
        return axes.dressed(drawn)
