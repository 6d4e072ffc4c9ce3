"""How full the busiest session becomes, week by week, and how full if pupils who wait began."""

from collections.abc import Sequence

from iap.ui.charts import Lines
from iap.ui.charts.lines import Series
from iap.ui.moments import short_day
from iap.ui.words import plural
from timetables.measures.forecast import WeekAhead

from .what_if import Wish, what_if

Busiest = tuple[WeekAhead, int | None]


def busiest_with(
    weeks: Sequence[WeekAhead], begin: WeekAhead | None, wishes: Sequence[Wish]
) -> list[Busiest]:
    """Each week with the most in one session if the wishes began in `begin`; None before it, and without wishes."""
    return [
        (week, _busiest(week, wishes) if wishes and begin and week.monday >= begin.monday else None)
        for week in weeks
    ]


def _busiest(week: WeekAhead, wishes: Sequence[Wish]) -> int:
    answer = what_if(week, wishes)
    return max((answer.size(each) for each in week.occurrences), default=0)


def ahead_chart(weeks: Sequence[Busiest]) -> Lines:
    """Steps, as the planned weeks change from one to the next; what was ticked is a second line."""
    planned, ticked = [week.busiest for week, _ in weeks], [each for _, each in weeks]
    series = [Series("By published steps", "line-iap", tuple(planned))]
    most, with_them = max(planned, default=0), [each for each in ticked if each is not None]
    said = f"At most {plural(most, 'pupil')} in one session in the next {plural(len(weeks), 'school week')}"
    if with_them:
        series.append(Series("If those ticked begin", "line-then", tuple(ticked)))
        said += (
            f", {max(with_them)} if those ticked begin"
            if max(with_them) > most
            else ", those ticked included"
        )
    return Lines(
        title=said,
        desc="The most pupils in any one session of each school week, by published steps and closures.",
        labels=tuple(short_day(week.monday) for week, _ in weeks),
        series=tuple(series),
        category="Week of",
        step=True,
        percent=False,
    )
