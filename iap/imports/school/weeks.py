"""The calendar: weeks with their labels, closures, the school year and its half terms."""

import datetime as dt
from typing import Any

from iap.imports.bringing import bring, one_of_each
from iap.imports.kinds import Column, Kind, Row, Source, WrongCell, checked
from iap.imports.report import Counts
from iap.imports.values import date, week_label
from iap.schools.calendar import monday_of
from iap.schools.models import AcademicYear, Closure, CycleWeek, Term

COLUMNS = (
    Column("monday", ("Week commencing", "Week beginning", "Week starting", "WC", "Monday"), required=True),
    Column("label", ("Week", "Timetable week", "Cycle", "Week label")),
    Column("closures", ("Closures", "Closed", "INSET", "Closed days")),
)
OUTSIDE = "Outside the school year"
WEEK = dt.timedelta(weeks=1)


def bring_calendar(school: Any, source: Source, counts: Counts, tell: Any, year: Any = None) -> None:
    """Weeks and closures; `year` is the first and last day where another file names them."""
    rows = ((row, key, fields) for row, (key, fields) in checked(source, counts, _take))
    found = one_of_each(source, counts, rows, column="monday", named=lambda day: f"the week of {day}")
    if not found:
        return
    weeks = {monday: {"label": fields["label"]} for monday, fields in found.items()}
    stored = {week.monday: week for week in CycleWeek.objects.filter(school=school)}
    bring(CycleWeek, school, weeks, stored, counts, lambda monday: {"monday": monday})
    first, last = year or _reach(found)
    _keep_year(school, first, last)
    _keep_closures(school, found, first, last)
    if not Term.objects.filter(school=school).exists():
        _make_half_terms(school, sorted(found), first, last)


def _take(row: Row) -> tuple[dt.date, dict[str, Any]]:
    monday = row.read("monday", date, required=True)
    if monday.weekday() != 0:
        raise WrongCell(row.title("monday"), f"{monday:%d/%m/%Y} is not a Monday.")
    closed = tuple(
        row.read(
            "closures", lambda cell: [date(day) for day in cell.replace(",", " ").replace(";", " ").split()]
        )
    )
    if any(monday_of(day) != monday for day in closed):
        raise WrongCell(row.title("closures"), "A closed day must lie in its own week.")
    return monday, {"label": row.read("label", week_label), "closures": closed}


def _reach(weeks: dict[Any, Any]) -> tuple[dt.date, dt.date]:
    return min(weeks), max(weeks) + dt.timedelta(days=4)


def _keep_year(school: Any, first: dt.date, last: dt.date) -> None:
    """The year these days lie in; one that is stored already is only made longer."""
    known = AcademicYear.objects.filter(school=school, starts_on__lte=last, ends_on__gte=first).first()
    if known is None:
        name = f"{first.year}/{(first.year + 1) % 100:02}" if last.year > first.year else str(first.year)
        AcademicYear.objects.create(school=school, name=name, starts_on=first, ends_on=last)
    elif known.starts_on > first or known.ends_on < last:
        known.starts_on, known.ends_on = min(known.starts_on, first), max(known.ends_on, last)
        known.save(update_fields=["starts_on", "ends_on"])


def _keep_closures(school: Any, weeks: dict[Any, Any], first: dt.date, last: dt.date) -> None:
    """Closed days as listed, and the days of the first and last week that lie outside the year."""
    wanted = {day: "" for fields in weeks.values() for day in fields["closures"]}
    for monday in weeks:
        for i in range(5):
            day = monday + dt.timedelta(days=i)
            if not first <= day <= last:
                wanted[day] = OUTSIDE
    known = set(Closure.objects.filter(school=school).values_list("day", flat=True))
    Closure.objects.bulk_create(
        Closure(school=school, day=day, reason=reason) for day, reason in wanted.items() if day not in known
    )
    covered = [monday + dt.timedelta(days=i) for monday in weeks for i in range(5)]
    stale = set(covered) & known - set(wanted)
    Closure.objects.filter(school=school, day__in=stale).delete()


def _make_half_terms(school: Any, mondays: list[dt.date], first: dt.date, last: dt.date) -> None:
    """Weeks that follow each other are a half term; a lead may name them otherwise."""
    runs: list[list[dt.date]] = []
    for monday in mondays:
        if runs and monday - runs[-1][-1] == WEEK:
            runs[-1].append(monday)
        else:
            runs.append([monday])
    for number, run in enumerate(runs, start=1):
        starts, ends = max(run[0], first), min(run[-1] + dt.timedelta(days=4), last)
        if starts < ends:
            Term.objects.create(school=school, name=f"Half term {number}", starts_on=starts, ends_on=ends)


KIND = Kind("calendar", COLUMNS, bring_calendar, order=30)
