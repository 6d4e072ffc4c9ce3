"""What the overview holds for one reader: headlines, charts and the table of who gets a place."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iap.ui.charts import Chart
from reporting import fairness
from reporting.facts import Facts
from reporting.figures import Figure, Measure, figures_of, measures
from reporting.measures import fairness as who
from reporting.periods import Period
from reporting.suppression import is_small
from reporting.versions import kept

from . import charts
from .ways import Ways, ways_back

ABOUT = ("places", "sessions", "waiting", "classrooms", "outcomes", "staff", "cost", "fairness")
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
    learnt: tuple[
        tuple[str, tuple[tuple[str, int, int], ...]], ...
    ]  # topic, and of each group how many of all
    lines: tuple[fairness.Line, ...]
    untold: tuple[str, ...]  # groups of which nothing may be told but their share of the school
    alike: tuple[str, ...]  # in which no pupil differs from another
    since: dt.date
    places: int | None  # since then; nothing where it is small

    @property
    def tells_returned(self) -> bool:
        """Whether of any group it may be told how many are back full time."""
        return any(line.tells_returned for line in self.lines)


def board(facts: Facts, period: Period, roles: Iterable[str]) -> Board:
    """What somebody with these roles sees of the school over the period."""
    figures = figures_of(facts, period, _on_it(roles))
    places = len(who.placed(facts, period))
    lines = fairness.table(figures)
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
        learnt=_learnt(figures["training"]),
        lines=tuple(line for line in lines if not line.is_untold),
        untold=tuple(line.group for line in lines if line.is_untold),
        alike=tuple(fairness.alike(figures)),
        since=who.since(facts, period),
        places=None if is_small(places) else places,
    )


def _learnt(figure: Figure) -> tuple[tuple[str, tuple[tuple[str, int, int], ...]], ...]:
    found: dict[str, dict[str, list[bool]]] = {}
    for row in figure.rows:
        topic, group = row.cells
        found.setdefault(topic, {}).setdefault(group, []).append(bool(row.part))
    return tuple(
        (topic, tuple((group, sum(has), len(has)) for group, has in groups.items()))
        for topic, groups in found.items()
    )


def kept_board(facts: Facts, period: Period, roles: Iterable[str]) -> Board:
    """The same, kept until something of the school changes, or another day begins."""
    seen = sorted(each.key for each in _on_it(roles))
    asked = (facts.today, period.key, facts.school.cycle_weeks, seen)
    name = hashlib.sha256(repr(asked).encode()).hexdigest()
    return kept(facts.school, f"overview:{name}", lambda: board(facts, period, roles))


def _on_it(roles: Iterable[str]) -> list[Measure]:
    """What the page shows; other measures have pages of their own."""
    return [each for each in measures(roles=roles) if each.about in ABOUT]


def _shown(figure: Figure) -> Shown:
    return Shown(
        figure.key,
        figure.label,
        figure.said,
        figure.unit if figure.value is not None else "",
        figure.comparison,
        figure.n,
        figure.group,
    )
