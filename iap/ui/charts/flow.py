"""A list that people join and leave."""

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from . import axes
from .chart import Chart, Swatch
from .drawing import COLOURS


class Month(NamedTuple):
    """A span of time on a list: who joined and who left it in two ways, and how many are on it at its end."""

    label: str
    joined: int
    started: int
    elsewhere: int
    waiting: int


@dataclass(frozen=True, kw_only=True)
class Flow(Chart):
    """A list that people join (above the line) and leave (below), and how many are on it."""

    rows: tuple[Month, ...]
    category: str = "Month"
    names: tuple[str, str, str, str] = ("Joined", "Started", "Helped another way", "Waiting at the end")

    FILLS: ClassVar[tuple[str, ...]] = ("sand-t", "iap-f", "plum-t")

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "rows", tuple(Month(*row) for row in self.rows))
        object.__setattr__(self, "names", tuple(self.names))

    @property
    def is_empty(self) -> bool:
        return not any(any(row[1:]) for row in self.rows)

    def table(self) -> tuple[list[str], list[Any]]:
        return [self.category, *self.names], list(self.rows)

    def key(self) -> list[Swatch]:
        return [*zip(self.FILLS, self.names[:3], strict=True), ("line-sand", self.names[3])]

    def build(self, width: int) -> Any:
        alt = axes.altair()
        data: list[dict[str, Any]] = []
        for row in self.rows:
            below = [0, -row.started, -row.started - row.elsewhere]
            spans = [(0, row.joined), (below[0], below[1]), (below[1], below[2])]
            data += [
                {"label": row.label, "from": a, "to": b, "css": COLOURS[css]}
                for (a, b), css in zip(spans, self.FILLS, strict=True)
            ]
        top = max([1, *(max(row.joined, row.waiting) for row in self.rows)])
        low = min([-1, *(each["to"] for each in data)])
        every = axes.whole_step(top - low)
        ticks = [n for n in range(-every * 9, every * 9, every) if low <= n <= top]
        axis = alt.Axis(title=None, values=ticks, labelExpr="abs(datum.value)", domain=False, ticks=False)
        value = alt.Y(
            "from:Q", scale=alt.Scale(domain=[low - 0.4, top + 0.9], nice=False), axis=axis, title=None
        )
        labels = axes.some([row.label for row in self.rows], width - 40)
        name = alt.X(
            "label:N", sort=None, axis=axes.names(alt, values=labels, domain=False, offset=4), title=None
        )
        bars = alt.Chart(alt.Data(values=data)).mark_bar(width={"band": 0.62})
        bars = bars.encode(x=name, y=value, y2=alt.Y2("to"), color=alt.Color("css:N", scale=None))
        zero = (
            alt.Chart(alt.Data(values=[{"from": 0}]))
            .mark_rule(color=COLOURS["axis"])
            .encode(y=alt.Y("from:Q"))
        )
        on_it = [{"label": row.label, "from": row.waiting, "says": str(row.waiting)} for row in self.rows]
        line = alt.Chart(alt.Data(values=on_it))
        at = {"x": name, "y": alt.Y("from:Q")}
        layers = [
            bars,
            zero,
            line.mark_line(color=COLOURS["line-sand"]).encode(**at),
            line.mark_text(dy=-10, fontSize=13, color=COLOURS["lab"]).encode(**at, text=alt.Text("says:N")),
        ]
        return axes.finish(alt, layers, width, 230)
