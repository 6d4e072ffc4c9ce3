"""What the axes of all charts have in common."""

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any

from .. import moments
from .drawing import COLOURS

BOUND = {"type": "fit", "contains": "padding"}  # the drawing is exactly as wide as it was asked to be
PADDING = {"left": 2, "top": 10, "right": 6, "bottom": 2}


INK = {
    "labelColor": COLOURS["label"],
    "titleColor": COLOURS["label"],
    "gridColor": COLOURS["grid"],
    "domainColor": COLOURS["axis"],
    "tickColor": COLOURS["axis"],
    "labelFontSize": 13,
    "titleFontSize": 13,
    "titleFontWeight": "normal",
    "labelPadding": 6,
}


def altair() -> Any:
    """Altair, a large library, for the process that draws."""
    import altair

    return altair


def dressed(chart: Any) -> Any:
    """The chart without a frame, its axes in our ink."""
    return chart.configure_view(stroke=None).configure_axis(**INK)


def percents(alt: Any, values: Sequence[int]) -> Any:
    return alt.Axis(title=None, values=values, labelExpr="datum.value + '%'", domain=False, ticks=False)


def counts(alt: Any, most: float, title: str | None = None) -> Any:
    """Whole numbers from 0, as few as tell the scale."""
    every = whole_step(most)
    values = [n * every for n in range(math.ceil(most / every) + 1)]
    return alt.Axis(title=title, values=values, format="d", domain=False, ticks=False)


def whole_step(most: float) -> int:
    """1, 2, 5, 10, 20 … so that there are no more than five of them up to `most`."""
    for power in range(9):
        for digit in (1, 2, 5):
            if most <= 4 * digit * 10**power:
                return int(digit * 10**power)
    return 10**9


def names(alt: Any, title: str | None = None, **more: Any) -> Any:
    """A line under named things."""
    return alt.Axis(title=title, labelAngle=0, grid=False, ticks=False, **more)


def some(labels: Sequence[str], room: float) -> list[str]:
    """As many of the labels, evenly, as there is room for at about 7 pixels a letter."""
    longest = max((len(label) for label in labels), default=1)
    every = max(1, math.ceil(len(labels) * (7.5 * longest + 14) / max(room, 1)))
    return list(labels[::every])


def band(number: int, width: int) -> dict[str, float]:
    """How much of its place an upright bar fills: three quarters, but a lone one is no wall."""
    return {"band": min(0.76, 96 * number / max(width - 50, 1))}


def days(alt: Any, start: dt.date, end: dt.date, wide: bool) -> Any:
    """Whole weeks from the start, as many as there is room to name."""
    span = (end - start).days
    every = max(7, 7 * math.ceil(span / (5 if wide else 3) / 7))
    named = {day: moments.short_day(start + dt.timedelta(days=day)) for day in range(0, span + 1, every)}
    said = ",".join(f"'{day}':'{name}'" for day, name in named.items())
    return alt.Axis(
        title=None,
        values=list(named),
        labelExpr=f"({{{said}}})[datum.value]",
        grid=False,
    )


def finish(alt: Any, layers: Sequence[Any], width: int, height: int, **padding: int) -> Any:
    """The layers as one drawing of that size, without a frame."""
    drawn = alt.layer(*layers).properties(
        width=width, height=height, autosize=BOUND, padding={**PADDING, **padding}
    )
    return dressed(drawn)
