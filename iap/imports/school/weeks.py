"""The calendar: weeks with their labels, closures, the school year and its half terms."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from iap.imports.bringing import Wanted, in_words, note, one_of_each
from iap.imports.intake import Intake, Row
from iap.imports.kinds import Column, Gone, Kind
from iap.imports.report import CHANGED, GONE, NEW, UNCHANGED
from iap.imports.values import date, week_label
from iap.schools.calendar import monday_of
from iap.schools.models import AcademicYear, Closure, CycleWeek, Term

COLUMNS = (
    Column(
        "monday",
        ("Week commencing", "Week beginning", "Week starting", "WC", "Monday", "W/C", "Week start"),
        required=True,
        holds="date",
    ),
    Column("label", ("Week", "Timetable week", "Cycle", "Week label", "Cycle week", "Week name")),
    Column("closures", ("Closures", "Closed", "INSET", "Closed days", "Non-school days"), holds="date"),
)
GONE_WEEKS = Gone(
    stay="They stay open: this file does not hold the whole year",
    end="The school is closed in them",
    usual="",
)
OUTSIDE = "Outside the school year"
WEEK = dt.timedelta(weeks=1)


def bring_calendar(intake: Intake) -> None:
    """Weeks and closures; a week that is absent between the first and the last is five closures."""
    rows = ((row, key, fields) for row, (key, fields) in intake.checked(_take))
    wanted = one_of_each(intake, rows, column="monday", named=lambda day: f"the week of {day:%d/%m/%Y}")
    if not wanted:
        return
    weeks = _Weeks.stored(intake, wanted)
    for monday in wanted:
        weeks.bring(monday)
    weeks.end_absent()
    _keep_year(intake, weeks.first, weeks.last)
    if not Term.objects.filter(school=intake.school).exists():
        _make_half_terms(intake, sorted(wanted), weeks.first, weeks.last)


@dataclass
class _Weeks:
    """The weeks of the file beside those that stand."""

    intake: Intake
    wanted: Wanted
    first: dt.date
    last: dt.date
    standing: dict[dt.date, CycleWeek]
    closed: dict[dt.date, Closure]

    @classmethod
    def stored(cls, intake: Intake, wanted: Wanted) -> "_Weeks":
        first, last = intake.year or (min(wanted), max(wanted) + dt.timedelta(days=4))
        weeks = {week.monday: week for week in CycleWeek.objects.filter(school=intake.school)}
        closed = {closure.day: closure for closure in Closure.objects.filter(school=intake.school)}
        return cls(intake, wanted, first, last, weeks, closed)

    def bring(self, monday: dt.date) -> None:
        week, counts = self.standing.get(monday), self.intake.counts
        label, closures = self.wanted[monday]["label"], self._closures(monday)
        there = {day for day in _days(monday) if day in self.closed}
        if week is None:
            counts.created += 1
            note(self.intake, NEW, self.wanted, monday, _name(monday))
            self.intake.ledger.create([CycleWeek(school=self.intake.school, monday=monday, label=label)])
        elif week.label != label or there != set(closures):
            counts.changed += 1
            lines = [("Week", week.label, label)] if week.label != label else []
            if there != set(closures):
                lines.append(("Closures", in_words(sorted(there)), in_words(sorted(closures))))
            note(self.intake, CHANGED, self.wanted, monday, _name(monday), fields=lines)
            self.intake.ledger.change([(week, {"label": label})] if week.label != label else [])
        else:
            counts.unchanged += 1
            note(self.intake, UNCHANGED, self.wanted, monday, _name(monday))
        self._close(there, closures)

    def end_absent(self) -> None:
        """Weeks that stand between the first and the last of the file and are not in it."""
        low, high = min(self.wanted), max(self.wanted)
        within = [monday for monday in self.standing if low <= monday <= high]
        absent = [monday for monday in within if monday not in self.wanted]
        for monday in absent:
            self.intake.counts.list(GONE, _name(monday), key=monday.isoformat())
        self.intake.counts.gone += len(absent)
        if self.intake.ends(len(absent), len(within)):
            self.intake.ledger.delete([self.standing[monday] for monday in absent])

    def _closures(self, monday: dt.date) -> dict[dt.date, str]:
        """Closed days with their reasons; those of the first and last week that lie outside the year too."""
        outside = {day: OUTSIDE for day in _days(monday) if not self.first <= day <= self.last}
        return {day: "" for day in self.wanted[monday]["closures"]} | outside

    def _close(self, there: set[dt.date], closures: dict[dt.date, str]) -> None:
        school, ledger = self.intake.school, self.intake.ledger
        ledger.delete([self.closed[day] for day in there - set(closures)])
        new = sorted(set(closures) - there)
        ledger.create([Closure(school=school, day=day, reason=closures[day]) for day in new])


def _take(row: Row) -> tuple[dt.date, dict[str, Any]]:
    monday = row.read("monday", date, required=True)
    if monday.weekday() != 0:
        raise row.wrong("monday", f"{monday:%d/%m/%Y} is not a Monday.")
    closed = tuple(
        row.read(
            "closures", lambda cell: [date(day) for day in cell.replace(",", " ").replace(";", " ").split()]
        )
    )
    if any(monday_of(day) != monday for day in closed):
        raise row.wrong("closures", "A closed day must lie in its own week.")
    return monday, {"label": row.read("label", week_label), "closures": closed}


def _days(monday: dt.date) -> list[dt.date]:
    return [monday + dt.timedelta(days=i) for i in range(5)]


def _name(monday: dt.date) -> str:
    return f"Week of {in_words(monday)}"


def _keep_year(intake: Intake, first: dt.date, last: dt.date) -> None:
    """The year these days lie in; one that is stored already is only made longer."""
    years = AcademicYear.objects.filter(school=intake.school)
    known = years.filter(starts_on__lte=last, ends_on__gte=first).first()
    if known is None:
        name = f"{first.year}/{(first.year + 1) % 100:02}" if last.year > first.year else str(first.year)
        intake.ledger.create([AcademicYear(school=intake.school, name=name, starts_on=first, ends_on=last)])
    elif known.starts_on > first or known.ends_on < last:
        longer = {"starts_on": min(known.starts_on, first), "ends_on": max(known.ends_on, last)}
        intake.ledger.change([(known, longer)])


def _make_half_terms(intake: Intake, mondays: list[dt.date], first: dt.date, last: dt.date) -> None:
    """Weeks that follow each other are a half term; a lead may name them otherwise."""
    runs: list[list[dt.date]] = []
    for monday in mondays:
        if runs and monday - runs[-1][-1] == WEEK:
            runs[-1].append(monday)
        else:
            runs.append([monday])
    terms = []
    for number, run in enumerate(runs, start=1):
        starts, ends = max(run[0], first), min(run[-1] + dt.timedelta(days=4), last)
        if starts < ends:
            name = f"Half term {number}"
            terms.append(Term(school=intake.school, name=name, starts_on=starts, ends_on=ends))
    intake.ledger.create(terms)


KIND = Kind("calendar", COLUMNS, bring_calendar, order=30, gone=GONE_WEEKS)
