"""How full the busiest session becomes, week by week."""

from collections.abc import Sequence

from iap.ui.charts import Lines
from iap.ui.charts.lines import Series
from iap.ui.moments import short_day
from iap.ui.words import plural
from timetables.measures.forecast import WeekAhead


def ahead_chart(weeks: Sequence[WeekAhead]) -> Lines:
    """Steps, as the planned weeks change from one to the next.

    By published steps alone: pupils who are only asked about are not drawn, as a drawing takes longer than an
    answer to "what if" may, and each choice would be another one.
    """
    most = max((week.busiest for week in weeks), default=0)
    return Lines(
        title=f"At most {plural(most, 'pupil')} in one session in the next {plural(len(weeks), 'school week')}",
        desc="The most pupils in any one session of each school week, by published steps and closures.",
        labels=tuple(short_day(week.monday) for week in weeks),
        series=(Series("Most in one session", "line-iap", tuple(week.busiest for week in weeks)),),
        category="Week of",
        step=True,
        percent=False,
    )
