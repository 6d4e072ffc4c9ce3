"""A share of the week over time: steps, since a timetable changes on a day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .. import moments, words
from . import axes
from .chart import figure
from .drawing import COLOURS, picture

# Kind of step: its shape and its class. Shape says what colour says.
MARKS = {
    "start": ("circle", "dot"),
    "forward": ("triangle-up", "fwd"),
    "hold": ("square", "hold"),
    "back": ("triangle-down", "back"),
    "correction": ("diamond", "dot"),
}

Point = tuple[dt.date, float | None]
Mark = tuple[dt.date, float, str]


def step_chart(
    title: str,
    desc: str,
    points: Sequence[Point],
    marks: Sequence[Mark] = (),
    *,
    end: dt.date,
    measure: str = "In mainstream",
) -> SafeString:
    """A share over time, 0 to 100 %, as steps; a `<figure>` with its caption, key and closed table.

    title    a finding in words, shown as the caption: "From 20% to 43% of the week in mainstream"
    desc     a sentence or two for those who do not see the picture
    points   (from this date on, percent 0 to 100), in order; None where it is not known leaves a gap
    marks    (date, percent at which it stands, kind): forward ▲, hold ■, back ▼, start ●, correction ◆
    end      the last value holds until here: today, or the placement's end
    measure  what the percentages are, heading the table's column

    Draws nothing without points. Kept in the cache by its content.
    """
    points, marks = list(points), list(marks)
    if not points:
        return SafeString("")
    end = max(end, points[-1][0] + dt.timedelta(days=1))
    drawn = picture(title, desc, lambda width: _steps(points, marks, end, width), key=(points, marks, end))
    return figure(title, drawn, key_of(kind for _, _, kind in marks), *_table(points, marks, measure))


def _steps(points: list[Point], marks: list[Mark], end: dt.date, width: int) -> Any:
    import altair as alt

    start, wide = points[0][0], width > 400
    corners = [
        {"i": i, "x": (day - start).days, "y": value} for i, (day, value) in enumerate(_corners(points, end))
    ]
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[0, (end - start).days], nice=False),
        axis=axes.days(alt, start, end, wide),
    )
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[0, 100]),
        stack=None,
        axis=axes.percents(alt, [0, 25, 50, 75, 100] if wide else [0, 50, 100]),
    )
    line = alt.Chart(alt.Data(values=corners)).encode(x=x, y=y)
    layers = [
        line.mark_area(color=COLOURS["main-a"]),
        line.encode(order=alt.Order("i:Q")).mark_line(color=COLOURS["main-l"]),
    ]
    for kind, (shape, css) in MARKS.items():
        placed = [
            {"x": (at - start).days, "y": _above(corners, (at - start).days, y)}
            for at, y, of in marks
            if of == kind
        ]
        if placed:
            shown = alt.Chart(alt.Data(values=placed)).mark_point(
                shape=shape,
                fill=COLOURS[css],
                stroke=COLOURS[css],
                opacity=1,
                size=200 if wide else 150,
                yOffset=-14,
            )
            layers.append(shown.encode(x=alt.X("x:Q"), y=alt.Y("y:Q")))
    last = [corner for corner in corners if corner["y"] is not None][-1:]
    said = alt.Chart(alt.Data(values=[{**each, "says": f"{each['y']:.0f}%"} for each in last]))
    layers.append(
        said.mark_text(color=COLOURS["lab"], align="left", dx=7, fontSize=13, fontWeight=600).encode(
            x=alt.X("x:Q"), y=alt.Y("y:Q"), text="says:N"
        )
    )
    drawn = alt.layer(*layers).properties(
        width=width - 120,  # the drawing and what stands beside it
        height=190 if wide else 150,
        padding={"left": 2, "top": 24, "right": 44, "bottom": 2},
    )
    return axes.dressed(drawn)


def _corners(points: list[Point], end: dt.date) -> list[Point]:
    """The path of a value that changes on a day and holds until the next change."""
    path: list[Point] = []
    before: float | None = None
    for day, value in [*points, (end, points[-1][1])]:
        if before is not None:
            path.append((day, before))
        if value != before or not path:
            path.append((day, value))
        before = value
    return path


def _above(corners: list[dict[str, Any]], x: int, y: float) -> float:
    """Where a mark stands clear of the line: over the higher end of the step it belongs to."""
    return max([y, *(corner["y"] for corner in corners if corner["x"] == x and corner["y"] is not None)])


_KEY_SHAPES = {
    "start": '<circle class="dot" cx="8" cy="8" r="5.5"/>',
    "forward": '<path class="fwd" d="M8 2l6.5 11.5h-13Z"/>',
    "hold": '<path class="hold" d="M2.5 2.5h11v11h-11Z"/>',
    "back": '<path class="back" d="M8 14l6.5-11.5h-13Z"/>',
    "correction": '<path class="dot" d="M8 1.5l6 6.5-6 6.5-6-6.5Z"/>',
}


def key_of(kinds: Iterable[str]) -> SafeString:
    """What the shapes say, for those that occur."""
    held = set(kinds)
    rows = (
        (mark_safe(shape), words.step(kind).label)  # noqa: S308  our own drawing
        for kind, shape in _KEY_SHAPES.items()
        if kind in held
    )
    drawn = format_html_join(
        "",
        '<li><svg class="ch icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>{}</li>',
        rows,
    )
    return format_html('<ul class="iap-key">{}</ul>', drawn) if drawn else SafeString("")


def _table(
    points: list[Point], marks: list[Mark], measure: str
) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    values, kinds = dict(points), {day: kind for day, _, kind in marks}
    held: float | None = None
    rows: list[tuple[str, ...]] = []
    for day in sorted(values.keys() | kinds.keys()):
        held = values.get(day, held)
        known = "not known" if held is None else f"{held:.0f}%"
        rows.append(
            (moments.day(day, weekday=False), known, words.step(kinds[day]).label if day in kinds else "")
        )
    return ("From", measure, "Step"), rows
