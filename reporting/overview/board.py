"""What the overview holds for one reader: headlines, charts and the table of who gets a place."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iap.ui.charts import Chart
from reporting import fairness
from reporting.facts import Facts
from reporting.figures import Figure, figures_of, measures
from reporting.measures import fairness as who
from reporting.periods import Period
from reporting.suppression import is_small

from . import charts
from .ways import Ways, ways_back

WINDOWED = ("attendance", "suspensions", "incidents")


@dataclass(frozen=True)
class Shown:
    """A figure as a page says it, without its rows."""

    key: str
    label: str
    said: str
    unit: str
    beside: str
    n: int | None
    group: str = ""


@dataclass(frozen=True)
class Board:
    """The overview of a school over a period. It names nobody and can be kept."""

    shown: Mapping[str, Shown]
    headlines: tuple[Shown, ...]
    ways: Ways
    charts: Mapping[str, Chart]
    windows: Mapping[str, tuple[Shown, ...]]
    lines: tuple[fairness.Line, ...]
    since: dt.date
    places: int | None  # since then; nothing where it is small


def board(facts: Facts, period: Period, roles: Iterable[str]) -> Board:
    """What somebody with these roles sees of the school over the period."""
    figures = figures_of(facts, period, measures(roles=roles))
    places = len(who.placed(facts, period))
    return Board(
        shown={key: _shown(figure) for key, figure in figures.items()},
        headlines=tuple(_shown(each) for each in figures.values() if each.measure.headline),
        ways=ways_back(facts, period),
        charts={
            "sizes": charts.sizes(figures["group-size"]),
            "adults": charts.adults(figures["adults-present"]),
            "waiting": charts.waiting(facts, period, figures),
            "changed": charts.changed(figures["changes-in-place"]),
            "attended": charts.attended(figures["attendance"].groups()),
        },
        windows={key: tuple(map(_shown, figures[key].groups())) for key in WINDOWED},
        lines=tuple(fairness.table(figures)),
        since=who.since(facts, period),
        places=None if is_small(places) else places,
    )


def _shown(figure: Figure) -> Shown:
    return Shown(
        figure.key, figure.label, figure.said, figure.unit, figure.comparison, figure.n, figure.group
    )
