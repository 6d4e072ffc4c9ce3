"""The charts of the overview: each says what it shows, and is made from the rows of one figure."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from iap.ui import moments
from iap.ui.charts import Bars, Chart, Flow, Parts
from iap.ui.charts.bars import Bar, Row
from iap.ui.charts.flow import Month
from iap.ui.words import plural
from reporting.facts import Facts
from reporting.figures import Figure, percent
from reporting.measures.sessions import STATES
from reporting.periods import Period
from timetables.measures.groups import GUIDE_SIZE

STATE_FILLS = ("iap-f", "sand-t", "hatch", "plum-f")


def sizes(figure: Figure) -> Chart:
    """Sessions by the number of pupils planned, against the guide."""
    counted = Counter(int(row.group) for row in figure.rows)
    span = range(min(counted, default=1), max(counted, default=GUIDE_SIZE) + 1)
    good = int(sum(row.part or 0 for row in figure.rows))
    return Bars(
        title=f"{good} of {plural(len(figure.rows), 'session')} had fewer than 10 pupils",
        desc="How many sessions had how many pupils planned. Those with ten or more are hatched.",
        rows=tuple(Bar(str(size), counted[size]) for size in span),
        category="Pupils in a session",
        measure="Sessions",
        outside=tuple(str(size) for size in span if size > GUIDE_SIZE),
        guide="fewer than 10",
    )


def adults(figure: Figure) -> Chart:
    """Sessions by week and by who was there."""
    weeks: dict[dt.date, Counter[str]] = {}
    for row in figure.rows:
        day = row.cells[0]
        weeks.setdefault(day - dt.timedelta(days=day.weekday()), Counter())[row.group] += 1
    good = int(sum(row.part or 0 for row in figure.rows))
    return Parts(
        title=f"{good} of {plural(len(figure.rows), 'session')} had a teacher and another adult",
        desc="Of each week’s sessions, the part with a teacher and another adult, and the others by who was there.",
        rows=tuple(
            Row(moments.short_day(monday), tuple(of[state] for state in STATES))
            for monday, of in sorted(weeks.items())
        ),
        series=tuple(zip(STATES, STATE_FILLS, strict=True)),
        category="Week of",
    )


def waiting(facts: Facts, period: Period, figures: Mapping[str, Figure]) -> Chart:
    """Who joined the list and who left it, by month, and how many were on it at the end of each."""
    joined, started, helped = (
        Counter(row.group for row in figures[key].rows)
        for key in ("list-joined", "list-started", "list-helped-otherwise")
    )
    rows = []
    for first, last in _months(period):
        name = f"{first:%Y-%m}"
        here = sum(way.waits_on(last) for way in facts.ways)
        rows.append(Month(f"{first:%b}", joined[name], started[name], helped[name], here))
    now = figures["list-waiting"].n or 0
    return Flow(
        title=f"{plural(now, 'pupil')} {'was' if now == 1 else 'were'} waiting for a place on "
        f"{moments.day(period.last, weekday=False)}",
        desc="Pupils who joined the waiting list in each month, who started or were helped another way, and how "
        "many were waiting at its end.",
        rows=tuple(rows),
    )


def changed(figure: Figure) -> Chart:
    """Classroom changes by subject: in place, and agreed but not yet."""
    rows = []
    for each in figure.groups():
        done = int(sum(row.part or 0 for row in each.rows))
        rows.append(Row(each.group, (done, len(each.rows) - done)))
    good = int(sum(row.part or 0 for row in figure.rows))
    return Parts(
        title=f"{good} of {plural(len(figure.rows), 'classroom change')} agreed for these pupils are in place",
        desc="Agreed classroom changes by subject: how many are in place, and how many are not yet.",
        rows=tuple(sorted(rows)),
        series=(("In place", "iap-f"), ("Agreed, not yet in place", "sand-t")),
        category="Subject",
        shares=False,
        across=True,
    )


def attended(groups: Sequence[Figure]) -> Chart:
    """Attendance in the windows before, during and after a place."""
    told = [f"{each.said} {each.group.lower()}" for each in groups if each.value is not None]
    return Bars(
        title=f"Attendance: {', '.join(told)}" if told else "Attendance is not known yet",
        desc="Half-days attended of those possible in six school weeks before, during and after a place.",
        rows=tuple(
            Bar(
                each.group if each.n is None else f"{each.group} ({plural(each.n, 'place')})",
                None if each.value is None else percent(each.value),
                "not shown" if each.hidden else "" if each.value is not None else "nobody yet",
            )
            for each in groups
        ),
        category="Window",
        measure="Attended",
        percent=True,
        across=True,
        colour="main-f",
    )


def _months(period: Period) -> list[tuple[dt.date, dt.date]]:
    """First and last day of each calendar month of the period, no later than its own last day."""
    found, first = [], period.first.replace(day=1)
    while first <= period.last:
        following = (first + dt.timedelta(days=32)).replace(day=1)
        found.append((first, min(following - dt.timedelta(days=1), period.last)))
        first = following
    return found
