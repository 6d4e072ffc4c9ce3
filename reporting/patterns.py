"""Patterns in check-ins: where pupils are stuck or shaky more often than elsewhere, and how sure that is.

Of one pupil, the interval is Wilson's (95 %), from ten check-ins up. Of the provision, check-ins of one pupil are
alike, so whole pupils are drawn again and again (bootstrap, 95 %), from five pupils and twenty check-ins up. A group
below that is "too few to say". A question is asked of a group whose interval lies above what all others together
say. It is a question: with many groups, one in twenty or so differs by chance.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from iap.ui.charts import Chart, Intervals
from iap.ui.charts.intervals import Span
from iap.ui.words import plural

from .facts import Facts
from .figures import Figure, Row, figure_of, percent
from .figures import measure as measure_of
from .measures.check_ins import GROUPINGS, Grouping, key
from .periods import Period

ENOUGH = 10  # check-ins of one pupil
ENOUGH_PUPILS, ENOUGH_OF_ALL = 5, 20
DRAWS, SEED = 999, 1
QUESTIONS = 3


@dataclass(frozen=True)
class Group:
    """One weekday, period or lesson: how many check-ins were stuck or shaky, and between what that may lie."""

    name: str
    unsettled: int
    of: int
    low: float | None = None
    high: float | None = None
    others: Fraction | None = None

    @property
    def share(self) -> Fraction:
        return Fraction(self.unsettled, self.of)

    @property
    def is_known(self) -> bool:
        return self.low is not None

    @property
    def asks(self) -> bool:
        """Whether it lies above the others by more than chance would do at most times."""
        return self.low is not None and self.others is not None and self.low > self.others


def groups_of(figure: Figure, *, of_one: bool) -> list[Group]:
    """The groups of a figure in order, each with its interval where there is enough to say."""
    rows = figure.counted
    return [_group(each.group, each.rows, rows, of_one) for each in figure.groups() if each.rows]


def _group(name: str, rows: Sequence[Row], everything: Sequence[Row], of_one: bool) -> Group:
    unsettled, whole = _sum(rows), len(rows)
    rest = len(everything) - whole
    others = Fraction(_sum(everything) - unsettled, rest) if rest else None
    interval = _wilson(unsettled, whole) if of_one else _drawn(rows)
    return Group(name, unsettled, whole, *interval, others)


def _sum(rows: Iterable[Row]) -> int:
    return int(sum(row.part or 0 for row in rows))


def _wilson(unsettled: int, whole: int) -> tuple[float | None, float | None]:
    if whole < ENOUGH:
        return None, None
    from scipy import stats  # a large library, loaded by the process that reckons

    found = stats.binomtest(unsettled, whole).proportion_ci(0.95, method="wilson")
    return float(found.low), float(found.high)


def _drawn(rows: Sequence[Row]) -> tuple[float | None, float | None]:
    """Pupils drawn with replacement, all of their check-ins with them; the same again for the same rows."""
    by_pupil: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        by_pupil[row.pupil][0] += int(row.part or 0)
        by_pupil[row.pupil][1] += 1
    if len(by_pupil) < ENOUGH_PUPILS or len(rows) < ENOUGH_OF_ALL:
        return None, None
    import numpy as np
    from scipy import stats

    unsettled, whole = (np.array(column) for column in zip(*by_pupil.values(), strict=True))
    if not unsettled.any() or (unsettled == whole).all():
        return _wilson(int(unsettled.sum()), int(whole.sum()))  # drawing again would only ever give the same
    found = stats.bootstrap(
        (unsettled, whole),
        lambda some, of, axis=-1: some.sum(axis=axis) / of.sum(axis=axis),
        paired=True,
        vectorized=True,
        n_resamples=DRAWS,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(found.low), float(found.high)


@dataclass(frozen=True)
class Grouped:
    """One way of putting check-ins side by side: its groups, its chart, and what it asks."""

    grouping: Grouping
    figure: Figure
    groups: tuple[Group, ...]
    chart: Chart


@dataclass(frozen=True)
class Patterns:
    """What the check-ins of a period let somebody ask."""

    each: tuple[Grouped, ...]
    unsettled: int
    of: int
    questions: tuple[str, ...]


def patterns(facts: Facts, period: Period) -> Patterns:
    """Of one pupil, where the facts are of one; otherwise of the provision."""
    of_one = facts.pupil is not None
    found = tuple(_grouped(facts, period, grouping, of_one) for grouping in GROUPINGS)
    check_ins = facts.check_ins(period)
    asked = [(each.grouping, group) for each in found for group in each.groups if group.asks]
    asked.sort(key=lambda pair: float(pair[1].others or 0) - (pair[1].low or 0))
    return Patterns(
        found,
        sum(said.unsettled for said in check_ins),
        len(check_ins),
        tuple(_question(*pair) for pair in asked[:QUESTIONS]),
    )


def _grouped(facts: Facts, period: Period, grouping: Grouping, of_one: bool) -> Grouped:
    measure = measure_of(key(grouping))
    if measure is None:
        raise LookupError(f"{key(grouping)} is not registered.")
    figure = figure_of(facts, period, measure)
    groups = tuple(groups_of(figure, of_one=of_one))
    return Grouped(grouping, figure, groups, _chart(grouping, figure, groups))


def _chart(grouping: Grouping, figure: Figure, groups: Sequence[Group]) -> Chart:
    number = plural(len(figure.counted), "check-in")
    title = (
        f"{figure.said} of {number} were stuck or shaky" if groups else "No check-ins of which this is known"
    )
    return Intervals(
        title=title,
        desc=f"The part of check-ins that were stuck or shaky, {grouping.label.lower()}, each with what it is likely "
        "to lie between. The dashed line is that of all together.",
        category=grouping.label.removeprefix("By ").capitalize(),
        measure="Stuck or shaky",
        usual=None if figure.value is None else float(figure.value * 100),
        rows=tuple(_span(group) for group in groups),
    )


def _span(group: Group) -> Span:
    words = f"{group.unsettled} of {group.of}"
    if group.low is None or group.high is None:
        return Span(group.name, None, None, None, f"of {group.of}")
    return Span(group.name, percent(group.share), group.low * 100, group.high * 100, words)


def _question(grouping: Grouping, group: Group) -> str:
    """Asks what could be behind it; it does not say."""
    others = percent(group.others) if group.others is not None else 0
    when = grouping.phrase.format(group.name)
    return (
        f"{group.unsettled} of {plural(group.of, 'check-in')} {when} were stuck or shaky, {others}% of the others. "
        "What is different then, and who could tell us?"
    )
