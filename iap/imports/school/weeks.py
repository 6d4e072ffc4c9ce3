"""The calendar: weeks with their labels, closures, the school year and its half terms."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Any

from iap.imports.bringing import Wanted, changed, differences, in_words, note, one_of_each, staying
from iap.imports.intake import Intake, Row
from iap.imports.kinds import Column, Gone, Kind
from iap.imports.report import CHANGED, KEPT, NEW, UNCHANGED
from iap.imports.values import date, week_label
from iap.schools.calendar import monday_of
from iap.schools.models import AcademicYear, Closure, CycleWeek, Term
from iap.ui.words import plural

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
    rows = ((row, key, fields) for row, (key, fields) in intake.checked(partial(_take, intake)))
    wanted = one_of_each(intake, rows, column="monday", named=lambda day: f"the week of {day:%d/%m/%Y}")
    if not wanted:
        return
    weeks = _Weeks.stored(intake, wanted)
    for monday in wanted:
        weeks.bring(monday)
    intake.weigh(intake.counts.unchanged, len(wanted), len(weeks.standing))
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
        there = {day for day in _days(monday) if day in self.closed}
        label, closures = self._label(monday), self._closures(monday, there)
        if label is None:
            return
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
        within = {monday: week for monday, week in self.standing.items() if low <= monday <= high}
        there = self.intake.named | set(self.wanted)
        there |= {monday for monday in within if monday not in there and self._opened_here(monday)}
        if not staying(self.intake, there, within, lambda week: _name(week.monday)):
            self.intake.ledger.delete([week for monday, week in within.items() if monday not in there])

    def _opened_here(self, monday: dt.date) -> bool:
        """Whether a week that the file leaves out was put there by somebody, and stays."""
        if not self._was_set(CycleWeek, monday, "label"):
            return False
        self._keep(monday, "Week", in_words(self.standing[monday].label) or "Open", "Closed")
        return True

    def _label(self, monday: dt.date) -> str | None:
        """What the file says, or what somebody has set here; nothing for a week that was closed here."""
        week, said = self.standing.get(monday), self.wanted[monday]["label"]
        stands = week.label if week else None
        if stands == said or not self._was_set(CycleWeek, monday, "label"):
            return said
        self._keep(monday, "Week", in_words(stands) if week else "Closed", in_words(said))
        return stands

    def _closures(self, monday: dt.date, there: set[dt.date]) -> dict[dt.date, str]:
        """Closed days with their reasons, those outside the year too; a day that was set here stays as it is."""
        outside = {day: OUTSIDE for day in _days(monday) if not self.first <= day <= self.last}
        said = {day: "" for day in self.wanted[monday]["closures"]} | outside
        for day in sorted(there ^ set(said)):
            if self._was_set(Closure, day, "day"):
                words = ("Closed", "Open") if day in there else ("Open", "Closed")
                self._keep(monday, in_words(day), *words)
                said = said | {day: ""} if day in there else {d: r for d, r in said.items() if d != day}
        return said

    def _was_set(self, model: Any, day: dt.date, name: str) -> bool:
        """Whether somebody has set this here, and it stays; where the file has the last word that is over now."""
        known, key = self.intake.corrections, day.isoformat()
        if known is None or name not in known.of(model, key):
            return False
        if stays := known.stays(model, key, name):
            return stays
        self.intake.ledger.delete(known.rows(self.intake.school, model, {name}, key))
        return False

    def _keep(self, monday: dt.date, label: str, stands: str, says: str) -> None:
        """List what stands and stays, although the file says otherwise."""
        note(self.intake, KEPT, self.wanted, monday, _name(monday), fields=[(label, stands, says)])
        self.intake.counts.kept += 1

    def _close(self, there: set[dt.date], closures: dict[dt.date, str]) -> None:
        school, ledger = self.intake.school, self.intake.ledger
        ledger.delete([self.closed[day] for day in there - set(closures)])
        new = sorted(set(closures) - there)
        ledger.create([Closure(school=school, day=day, reason=closures[day]) for day in new])


def _take(intake: Intake, row: Row) -> tuple[dt.date, dict[str, Any]]:
    monday = row.read("monday", date, required=True)
    if monday.weekday() != 0:
        raise row.wrong("monday", f"{monday:%d/%m/%Y} is not a Monday.")
    intake.names(monday)
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
        _tell(intake, f"These weeks make the school year {name}, {in_words(first)} to {in_words(last)}.")
    elif known.starts_on > first or known.ends_on < last:
        longer = {"starts_on": min(known.starts_on, first), "ends_on": max(known.ends_on, last)}
        changed(intake, f"School year {known}", differences(known, longer))
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
    if terms:
        made = plural(len(terms), "half term")
        _tell(intake, f"Weeks that follow each other make {made}. Name them otherwise under Settings.")


def _tell(intake: Intake, sentence: str) -> None:
    """Say what is made of the weeks, in no row of their file."""
    intake.counts.warn(intake.parts[0].file, 0, "", sentence)


KIND = Kind("calendar", COLUMNS, bring_calendar, order=30, gone=GONE_WEEKS)
