"""Attendance at school, by the school's own marks."""

import datetime as dt
from typing import Any

from iap.ui.charts import step_chart
from iap.ui.words import plural
from pupils.attendance import Rate
from pupils.record import Record, record_of


def rate(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """The last six school weeks beside the six before them."""
    last, before = _pair(record_of(request, pupil, day))
    return {"last": last, "before": before}


def by_week(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """Each of the last school weeks; a week without marks is a gap, never nought."""
    record = record_of(request, pupil, day)
    weeks = record.attendance_by_week
    if not any(week.known for _, week in weeks):
        return {"chart": "", "weeks": []}
    last, before = _pair(record)
    points = [(monday, week.percent) for monday, week in weeks]
    while points and points[0][1] is None:
        points.pop(0)
    desc = f"{pupil.known_as}’s attendance in each of the last {plural(len(points), 'school week')}."
    end = min(weeks[-1][0] + dt.timedelta(days=4), day)
    chart = step_chart(_finding(last, before), desc, points, end=end, measure="Attended")
    return {"chart": chart, "counted": last}


def _pair(record: Record) -> tuple[Rate, Rate]:
    last, before = [*record.attendance, Rate(), Rate()][:2]
    return last, before


def _finding(last: Rate, before: Rate) -> str:
    if last.percent is None:
        return "No marks in the last six weeks"
    said = f"{last.percent}% of half-days attended in the last six weeks"
    return said if before.percent is None else f"{said}, {before.percent}% in the six before"
