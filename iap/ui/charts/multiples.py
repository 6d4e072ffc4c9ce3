"""Many small ways on one scale, in order of start: for comparing shapes, never for a ranking."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from . import paper
from .chart import Chart, figure
from .steps import key_of

WIDE, TALL, EDGE = 140, 44, 4
SHAPES = {
    "forward": ("fwd", "M{0} {1}l4.5 8h-9Z"),
    "hold": ("hold", "M{0} {1}m-3.5 0h7v7h-7Z"),
    "back": ("back", "M{0} {1}m-4.5 0h9l-4.5 8Z"),
}


class Way(NamedTuple):
    """One of them: what it is called and leads to, a line below, (day, per cent or None) and (day, kind) of steps."""

    name: str
    url: str
    note: str
    points: tuple[tuple[dt.date, float | None], ...]
    marks: tuple[tuple[dt.date, str], ...] = ()

    @property
    def last(self) -> float | None:
        return next((value for _, value in reversed(self.points) if value is not None), None)


@dataclass(frozen=True, kw_only=True)
class Multiples(Chart):
    """Shares of the week between two days, 0 to 100 %, one small drawing for each, all on the same scale."""

    ways: tuple[Way, ...]
    first: dt.date
    until: dt.date
    measure: str = "In mainstream"

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "ways", tuple(_way(*way) for way in self.ways))
        object.__setattr__(self, "first", _day(self.first))
        object.__setattr__(self, "until", _day(self.until))

    @property
    def is_empty(self) -> bool:
        return not self.ways

    def as_json(self) -> dict[str, Any]:
        ways = [
            (
                *(way.name, way.url, way.note),
                [(day.isoformat(), value) for day, value in way.points],
                [(day.isoformat(), kind) for day, kind in way.marks],
            )
            for way in self.ways
        ]
        days = {"first": self.first.isoformat(), "until": self.until.isoformat()}
        return {
            "kind": "multiples", "title": self.title, "desc": self.desc, "measure": self.measure,
            "ways": ways, **days,
        }  # fmt: skip

    def table(self) -> tuple[list[str], list[Any]]:
        def first(way: Way) -> str:
            return _said(next((value for _, value in way.points if value is not None), None))

        head = ["Who", f"{self.measure}, from", "to", "Last step"]
        return head, [(way.name, first(way), _said(way.last), way.note) for way in self.ways]

    def picture(self) -> SafeString:
        drawn = format_html_join(
            "",
            '<li>{}<span class="iap-mult__h"><b>{}</b><span class="num">{}</span></span>{}<p>{}</p>{}</li>',
            (
                (
                    format_html('<a href="{}">', way.url) if way.url else "",
                    way.name,
                    _said(way.last),
                    mark_safe(self._small(way)),  # noqa: S308  our own drawing
                    way.note,
                    mark_safe("</a>") if way.url else "",
                )
                for way in self.ways
            ),
        )
        return format_html('<ul class="iap-mult" aria-label="{}">{}</ul>', self.title, drawn)

    def html(self) -> SafeString:
        key = key_of(kind for way in self.ways for _, kind in way.marks)
        return figure(self.title, self.picture(), key, *self.table())

    __html__ = html

    def papers(self) -> list[tuple[str, str, str, str]]:
        """For a paper: name, last value, note and drawing of each."""
        style = f"<style>{paper.style()}</style>"
        return [
            (
                way.name,
                _said(way.last),
                way.note,
                self._small(way, ' xmlns="http://www.w3.org/2000/svg"', style),
            )
            for way in self.ways
        ]

    def _small(self, way: Way, attributes: str = "", style: str = "") -> str:
        """0, 50 and 100 % as hairlines, the share as steps, and a shape where a step was made."""
        lines = "".join(f'<path class="grid" d="M0 {self._y(share):g}H{WIDE}"/>' for share in (0, 50, 100))
        area, line = self._paths(way)
        shapes = "".join(self._shape(way, day, kind) for day, kind in way.marks if kind in SHAPES)
        return (
            f'<svg class="ch"{attributes} viewBox="0 0 {WIDE} {TALL + 2 * EDGE}" aria-hidden="true"'
            f' focusable="false">{style}<path class="main-a" d="{area}"/>{lines}'
            f'<path class="main-l" d="{line}"/>{shapes}</svg>'
        )

    def _paths(self, way: Way) -> tuple[str, str]:
        area, line = "", ""
        if not way.points:  # nothing is planned yet
            return area, line
        ends = [day for day, _ in way.points[1:]] + [self.until]
        before: float | None = None
        for (day, value), end in zip(way.points, ends, strict=True):
            if value is not None:
                x, until, y = self._x(day), self._x(end), self._y(value)
                line += f"{'V' if before is not None else f'M{x:g} '}{y:g}H{until:g}"
                area += f"M{x:g} {self._y(0):g}V{y:g}H{until:g}V{self._y(0):g}Z"
            before = value
        return area, line

    def _shape(self, way: Way, day: dt.date, kind: str) -> str:
        values = [value for when, value in way.points if when <= day and value is not None]
        above = max(self._y(values[-1] if values else 0) - 9, 0)
        css, path = SHAPES[kind]
        return f'<path class="{css}" d="{path.format(f"{self._x(day):g}", f"{above:g}")}"/>'

    def _x(self, day: dt.date) -> float:
        span = max((self.until - self.first).days, 1)
        return round(min(max((day - self.first).days, 0), span) / span * WIDE, 1)

    def _y(self, share: float) -> float:
        return round(EDGE + TALL * (1 - share / 100), 1)


def _way(name: str, url: str, note: str, points: Any, marks: Any = ()) -> Way:
    return Way(
        *(name, url, note),
        tuple((_day(day), value) for day, value in points),
        tuple((_day(day), kind) for day, kind in marks),
    )


def _day(day: dt.date | str) -> dt.date:
    return day if isinstance(day, dt.date) else dt.date.fromisoformat(day)


def _said(value: float | None) -> str:
    return "not known" if value is None else f"{value:.0f}%"
