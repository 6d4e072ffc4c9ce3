"""Somebody is away: their sessions on those days, who is free then, and one form for all of it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from iap.errors import Refused
from iap.schools.access import only
from iap.schools.calendar import Calendar
from iap.schools.models import Role, StaffMember
from iap.ui.words import plural
from timetables.actions.absence import AbsenceRefused, Pick, note_absence
from timetables.forms.absence import AwayForm
from timetables.free import OFFERED, Free, Whereabouts
from timetables.models import IapSession, SessionRole

CHANGED = "The sessions of these days have changed since this page was opened. Check them, then save again."
NOT_FREE = "They are no longer free then. Choose somebody else, or nobody."


@dataclass
class Row:
    """One session of the absent adult on one day."""

    session: IapSession
    day: dt.date
    role: str
    free: list[Free] = field(default_factory=list)
    noted: bool = False
    chosen: str = ""
    problem: str = ""

    @property
    def name(self) -> str:
        """The name of its field, which is the same each time the page is made."""
        return f"cover-{self.session.uuid}-{self.day:%Y%m%d}"

    @property
    def offered(self) -> list[Free]:
        """Those of the provision and some more; whoever was chosen stays among them."""
        others = [each for each in self.free if not each.works_here][:OFFERED]
        return [each for each in self.free if each.works_here or each in others or self.is_chosen(each)]

    def is_chosen(self, each: Free) -> bool:
        return str(each.adult.uuid) == self.chosen


@only(Role.LEAD)
def absence(request: Any) -> HttpResponse:
    """Asked by address (`adult`, `first`, `last`); posted, the absence is noted in all sessions or in none."""
    asked = request.POST if request.method == "POST" else request.GET if "adult" in request.GET else None
    form = AwayForm(asked, school=request.school, initial={"first": timezone.localdate()})
    if asked is None or not form.is_valid():
        return _page(request, form, status=422 if form.errors else 200)
    adult, first, last = (form.cleaned_data[name] for name in ("adult", "first", "last"))
    calendar = Calendar.of(request.school, first, last)
    days = [day for day in calendar.open_days() if first <= day <= last]
    where = Whereabouts.of(request.school, days, calendar)
    rows = _rows(where, adult)
    context = {"adult": adult, "first": first, "last": last, "days": days, "also": _also(where, adult)}
    if request.method != "POST":
        return _page(request, form, rows=rows, **context)
    problem = _read(request, rows)
    if not problem and not any(row.problem for row in rows):
        try:
            return _note(request, adult, rows)
        except AbsenceRefused as refusal:
            problem = str(refusal)
            for row in rows:
                row.problem = refusal.rows.get((row.session.pk, row.day), "")
        except Refused as refusal:
            problem = str(refusal)
    return _page(request, form, rows=rows, problem=problem or str(AbsenceRefused({})), status=422, **context)


def _rows(where: Whereabouts, adult: StaffMember) -> list[Row]:
    rows = []
    for day in where.days:
        away = where.away(day)
        for held in where.sessions_of(adult, day):
            row = Row(held.session, day, held.role, noted=(adult.pk, held.session_id) in away)
            if not row.noted:
                first = held.role == SessionRole.QT
                row.free = where.free(held.session, day, but=adult, teacher_first=first)
            rows.append(row)
    return rows


def _also(where: Whereabouts, adult: StaffMember) -> list[tuple[dt.date, IapSession]]:
    """Where the adult was to cover for somebody: that is noted in the session itself."""
    return [(day, session) for day in where.days for session in where.covering(adult, day)]


def _read(request: Any, rows: list[Row]) -> str:
    """Put what was chosen into the rows. Says so where the page showed other sessions than there are now."""
    shown = {name for name in request.POST if name.startswith("cover-")}
    for row in rows:
        row.chosen = request.POST.get(row.name, "")
        if row.chosen and not row.noted and not any(row.is_chosen(each) for each in row.free):
            row.problem = NOT_FREE
    return "" if shown == {row.name for row in rows if not row.noted} else CHANGED


def _note(request: Any, adult: StaffMember, rows: list[Row]) -> HttpResponse:
    picks = [Pick(row.session, row.day, row.role, _chosen(row)) for row in rows if not row.noted]
    noted = note_absence(request.school, by=request.user, adult=adult, picks=picks)
    uncovered = sum(cover.covered_by_id is None for cover in noted)
    words = f"{adult} is noted as away in {plural(len(noted), 'session')}."
    messages.success(request, f"{words} Nobody covers {uncovered} of them." if uncovered else words)
    for warning in dict.fromkeys(cover.warning for cover in noted if cover.warning):
        messages.warning(request, warning)
    return redirect("timetables:sessions")


def _chosen(row: Row) -> StaffMember | None:
    return next((each.adult for each in row.free if row.is_chosen(each)), None)


def _page(request: Any, form: AwayForm, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "timetables/absence.html", {"form": form, **context}, status=status)
