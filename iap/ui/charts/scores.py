"""A score over time within its range, with what its bands are called."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from .. import moments
from . import axes
from .chart import Chart
from .drawing import COLOURS


class Point(NamedTuple):
    """A score on a day (2026-03-05), in words too: 9y 6m."""

    day: str
    value: float
    words: str
    band: str = ""


class Zone(NamedTuple):
    """From `least` up to the next one, what a score is called."""

    least: float
    words: str


@dataclass(frozen=True, kw_only=True)
class Scores(Chart):
    """Points joined by a line between `low` and `high`; zones are shaded in turn and named at the left,
    clear of the first points.

    `first` and `last` are the days of the axis, so that several charts beside each other share it. `ticks` are
    (value, words) of the scale; without any, whole numbers.
    """

    points: tuple[Point, ...]
    low: float
    high: float
    first: str
    last: str
    zones: tuple[Zone, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "points", tuple(Point(*point) for point in self.points))
        object.__setattr__(self, "zones", tuple(Zone(*zone) for zone in self.zones))
        object.__setattr__(self, "ticks", tuple((value, words) for value, words in self.ticks))

    @property
    def is_empty(self) -> bool:
        return not self.points

    def table(self) -> tuple[list[str], list[Any]]:
        named = any(point.band for point in self.points)
        rows = [
            (moments.day(_on(point.day), weekday=False), point.words, *([point.band] if named else []))
            for point in self.points
        ]
        return ["Day", "Score", *(["Band"] if named else [])], rows

    def build(self, width: int) -> Any:
        alt = axes.altair()
        first = _on(self.first)
        span = max((_on(self.last) - first).days, 7)
        x = alt.X(
            "x:Q",
            scale=alt.Scale(domain=[0, span], nice=False, padding=24),
            axis=axes.days(alt, first, first + dt.timedelta(days=span), width > 400),
        )
        scale = alt.Scale(domain=[self.low, self.high], nice=False)
        at = {"x": x, "y": alt.Y("y:Q", scale=scale, axis=self._axis(alt), title=None)}
        line = alt.Chart(alt.Data(values=self._data()))
        layers = [
            *self._zones(alt, scale, span),
            line.mark_line(color=COLOURS["main-l"]).encode(**at),
            line.mark_point(
                shape="circle", fill=COLOURS["now"], stroke=COLOURS["now"], opacity=1, size=60
            ).encode(**at),
            line.mark_text(dy=-12, fontSize=13, fontWeight=600, color=COLOURS["lab"]).encode(
                **at, text=alt.Text("says:N")
            ),
        ]
        return axes.finish(alt, layers, width, 230, top=22, right=18)

    def _data(self) -> list[dict[str, Any]]:
        return [
            {"x": (_on(point.day) - _on(self.first)).days, "y": point.value, "says": point.words}
            for point in self.points
        ]

    def _axis(self, alt: Any) -> Any:
        words = ",".join(f"'{value:g}':'{text}'" for value, text in self.ticks)
        said = {"labelExpr": f"({{{words}}})[datum.value]"} if self.ticks else {"format": "d"}
        values = [value for value, _ in self.ticks] or _whole(self.low, self.high)
        return alt.Axis(title=None, values=values, domain=False, ticks=False, **said)

    def _zones(self, alt: Any, scale: Any, span: int) -> list[Any]:
        """Every second zone is shaded; each is named at an end where no point lies, if there is room for the words."""
        ends = [*(zone.least for zone in self.zones), self.high][1:]
        rows: list[dict[str, Any]] = [
            {"y": zone.least, "y2": end, "says": zone.words, **self._clear(zone.least, end, span)}
            for zone, end in zip(self.zones, ends, strict=True)
            if end > zone.least
        ]
        roomy = (self.high - self.low) * 0.07
        shaded = alt.Chart(alt.Data(values=rows[::2])).mark_rect(color=COLOURS["band"])
        named = [row for row in rows if row["y2"] - row["y"] >= roomy]
        y = {"scale": scale, "title": None}
        if not rows:
            return []
        return [
            shaded.encode(x=alt.value(0), x2=alt.value("width"), y=alt.Y("y:Q", **y), y2="y2"),
            *(
                alt.Chart(alt.Data(values=[row for row in named if row["end"] == side]))
                .mark_text(align=side, dx=inwards, fontSize=13, color=COLOURS["label"])
                .encode(x=alt.value(x), y=alt.Y("at:Q", **y), text="says:N")
                for side, x, inwards in (("left", 0, 6), ("right", "width", -6))
            ),
        ]

    def _clear(self, least: float, end: float, span: int) -> dict[str, Any]:
        """Where in a zone its name does not lie on a point, or on the words above one: else in the middle."""
        tall, rows = self.high - self.low, self._data()
        near = {
            "left": [row["y"] for row in rows if row["x"] <= span * 0.4],
            "right": [row["y"] for row in rows if row["x"] >= span * 0.6],
        }
        heights = [(least + end) / 2, end - tall * LINE, least + tall * LINE]
        places: list[dict[str, Any]] = [{"end": side, "at": at} for side in near for at in heights]
        free = (
            place
            for place in places
            if not any(-BELOW < (place["at"] - value) / tall < ABOVE for value in near[place["end"]])
        )
        return next(free, places[0])


_on = dt.date.fromisoformat
# Shares of the drawing's height: half a line of words, and how far words keep from below and above a point.
LINE, BELOW, ABOVE = 0.045, 0.09, 0.17


def _whole(low: float, high: float) -> list[float]:
    """Five or so round numbers of the range."""
    every = axes.whole_step(high - low)
    first = -(-low // every) * every
    return [first + n * every for n in range(int((high - first) // every) + 1)]
