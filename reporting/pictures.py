"""The pictures of a pack: those of the overview, of figures as they may leave the school."""

import datetime as dt
from collections.abc import Callable, Sequence

from iap.ui import moments
from iap.ui.charts import Chart, Lines
from iap.ui.charts.lines import Series
from reporting.overview import charts

from .figures import Figure, percent

Groups = Sequence[Figure]

PICTURES: dict[str, Callable[[Figure, Groups], Chart | None]] = {
    "group-size": lambda figure, groups: charts.sizes(figure),
    "adults-present": lambda figure, groups: charts.adults(figure),
    "changes-in-place": lambda figure, groups: charts.changed(figure),
    "attendance": lambda figure, groups: charts.attended(groups),
    "mainstream-by-week": lambda figure, groups: by_week(groups),
}


def pictures(whole: Figure, groups: Groups) -> list[Chart]:
    """What is drawn of a figure that leaves. Nothing where a part is hidden, as the others would tell it; of windows,
    which are no parts, those that are told.
    """
    draw = PICTURES.get(whole.key)
    untold = whole.hidden or not whole.rows or any(each.hidden for each in groups)
    if draw is None or (untold and not whole.measure.again):
        return []
    chart = draw(whole, groups)
    return [] if chart is None or chart.is_empty else [chart]


def by_week(groups: Groups) -> Chart | None:
    """The share of the week in mainstream at the end of each week of the period."""
    known = [each for each in groups if each.value is not None]
    if len(known) < 2:
        return None
    return Lines(
        title=f"In mainstream for {known[0].said} of the week at first, {known[-1].said} at last",
        desc="The share of their week that pupils had in mainstream, at the end of each school week.",
        labels=tuple(_week(each.group) for each in groups),
        series=(Series("In mainstream", "main-l", tuple(_percent(each) for each in groups)),),
        category="Week of",
        step=True,
    )


def _week(group: str) -> str:
    return moments.short_day(dt.date.fromisoformat(group))


def _percent(figure: Figure) -> int | None:
    return None if figure.value is None else percent(figure.value)
