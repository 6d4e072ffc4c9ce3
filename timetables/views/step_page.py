"""The page on which a step is planned, as it is drawn."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date

from iap.schools.calendar import Calendar
from iap.ui.fragments import render_page
from iap.ui.words import OUTCOMES
from pupils.models import Placement
from timetables.changes import changes_of, week_planned
from timetables.forms.steps import StepForm
from timetables.journeys import Journey, journey_of
from timetables.models import StepDraft
from timetables.suggestions.since import changed_on

from .placements import page_of


@dataclass(frozen=True)
class Desk:
    """What lies before the lead who plans: the place, its way so far, and the calendar around today."""

    request: Any
    placement: Placement
    way: Journey
    today: dt.date
    calendar: Calendar

    @classmethod
    def of(cls, request: Any, placement: Placement, ahead: dt.timedelta) -> "Desk":
        """Two queries."""
        today, way = timezone.localdate(), journey_of(placement)
        first = min(changed_on(way, today), today)
        return cls(request, placement, way, today, Calendar.of(placement.school, first, today + ahead))


def draft_of(placement: Placement) -> StepDraft | None:
    return (
        StepDraft.objects.filter(school=placement.school_id, placement=placement)
        .select_related("saved_by")
        .first()
    )


def page(desk: Desk, form: StepForm, *, preview: bool = False) -> HttpResponse:
    placement, way, starts_on = desk.placement, desk.way, _day_in(form)
    before = next(
        (each for each in reversed(way.steps) if starts_on is None or each.starts_on < starts_on), None
    )
    step, coming = way.now(desk.today), way.coming(desk.today)
    form.mark_errors()
    labels, advice = placement.school.weeks, form.beside.advice
    shown = desk.request.POST.get("shown") or desk.calendar.week_label(starts_on or desk.today)
    shown = _with_what_changed(desk, form, shown if shown in labels else labels[0])
    context = {
        "pupil": placement.pupil,
        "placement": placement,
        "form": form,
        "weeks": form.weeks(),
        "grids": [
            (label, week_planned(form, label, before, form.beside.visits, starts_on)) for label in labels
        ],
        "shown": shown,
        "changes": changes_of(form, before, way.shares[before.pk] if before else None),
        "preview": preview,
        "now": way.percent(step),
        "back_url": page_of(placement.pupil),
        "two_weeks": len(labels) == 2,
        "step": step,
        "coming": coming,
        "starts_on": starts_on,
        "advice": advice,
        "later_open": any(each.candidate.key in form.ticked for each in advice.later),
        "classes": form.beside.classes,
        "outcomes": OUTCOMES.items(),
        "returned": form.beside.returned,
        "first_review": _still_to_come(placement.first_review_on, desk.today),
        "ticked": form.ticked,
        "may_open": form.first or any(name.startswith("slot-") for name in form.errors),
        "draft": None if "draft" in desk.request.GET else draft_of(placement),
    }
    status = 422 if form.errors else 200
    return render_page(desk.request, "timetables/step.html", context, fragment="plan", status=status)


def _with_what_changed(desk: Desk, form: StepForm, shown: str) -> str:
    """The week that is shown, or that of the lesson just ticked or no longer ticked where it is not in this one."""
    changed = form.ticked ^ set(desk.request.POST.getlist("applied"))
    candidates = form.beside.candidates
    weeks = {week for key in changed if key in candidates for week, _ in candidates[key].slots}
    return shown if not weeks or shown in weeks else min(weeks)


def _still_to_come(day: dt.date | None, today: dt.date) -> dt.date | None:
    return day if day and day >= today else None


def _day_in(form: StepForm) -> dt.date | None:
    """The first day as it stands in the form, where it is a date."""
    value = form["starts_on"].value()
    try:
        return value if isinstance(value, dt.date) else parse_date(value or "")
    except ValueError:
        return None
