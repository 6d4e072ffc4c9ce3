"""The whole provision on one page: now, and its week by group, by adult and by pupil."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import slugify

from iap.audit.models import log_read
from iap.schools.access import only
from iap.schools.models import Weekday
from iap.ui.moments import clock
from pupils.access import READERS, WRITERS
from timetables.board.build import build, heading
from timetables.board.moment import moment, name_of
from timetables.grids import KEYS, day_shown
from timetables.whole.adults import by_adult
from timetables.whole.groups import by_group
from timetables.whole.now import spots_of
from timetables.whole.pupils import by_pupil
from timetables.whole.week import Week, week_at

from .today import INITIALS

VIEWS = {"now": "Now", "groups": "By group", "adults": "By adult", "pupils": "By pupil"}
Context = dict[str, Any]


@only(*READERS)
def whole(request: Any) -> HttpResponse:
    """`?view=` now, groups, adults or pupils; `?on=` a day; `?period=` for now, `?week=` for a week."""
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "now"
    day, is_understood = _day(request)
    shown = _now(request, day) if view == "now" else _week(request, view, day)
    log_read(request, "whole-provision", shown.pop("read", []))
    asked = {"on": day} if is_understood and "on" in request.GET else {}
    context = {
        **shown,
        "view": view,
        "views": [(words, _query(view=key, **asked), key == view) for key, words in VIEWS.items()],
        "on": day,
        "unknown_day": not is_understood,
        "initials": request.session.get(INITIALS, False),
        "may_print_lessons": not request.roles.isdisjoint(WRITERS),
    }
    response = render(request, "timetables/whole.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _day(request: Any) -> tuple[dt.date, bool]:
    """The day asked for and whether it could be read; today where none is."""
    today, asked = timezone.localdate(), request.GET.get("on", "")
    try:
        day = dt.date.fromisoformat(asked) if asked else today
    except ValueError:
        return today, False
    return (day, True) if 2000 <= day.year < 2100 else (today, False)


def _now(request: Any, day: dt.date) -> Context:
    asked = day if request.GET.get("on") else None
    found = moment(request.school, timezone.now(), asked, request.GET.get("period", ""))
    if found is None:
        return {"moment": None}
    board = build(request.school, found)
    periods = [
        (period, _query(view="now", on=found.day, period=slugify(period.name)), period == found.period)
        for period in found.periods
    ]
    return {
        "moment": found,
        "heading": heading(found),
        "instead": "" if found.period.is_lesson else f"{name_of(found.lesson)}, {clock(found.lesson.starts)}",
        "spots": spots_of(board),
        "number": len(board.pupils),
        "periods": periods,
        "read": board.pupils,
    }


def _week(request: Any, view: str, day: dt.date) -> Context:
    labels = [label for label in request.school.weeks if label]
    asked = request.GET.get("week", "")
    week = week_at(request.school, day, asked if asked in labels else "")
    if week is None:
        return {"shown_week": None}
    make: Callable[[Any, Week], Context] = {"groups": _groups, "adults": _adults, "pupils": _pupils}[view]
    weeks = [
        (f"Week {label}", _query(view=view, week=label, on=day), label == week.label) for label in labels
    ]
    closed = {each for each in week.days if not week.calendar.is_open(each)}
    days = [(each, each in closed) for each in week.days]
    shown = make(request, week)
    if "rows" in shown:  # each with its days beside what stands in them
        shown["rows"] = [(row, list(zip(days, cells, strict=True))) for row, cells in shown["rows"]]
    return {
        "shown_week": week,
        "weeks": weeks,
        "days": days,
        "picks": [(KEYS[each.value], each.label[:3]) for each in Weekday],
        "picked": day_shown(request.GET.get("day", ""), timezone.localdate().isoweekday()),
        **shown,
    }


def _groups(request: Any, week: Week) -> Context:
    grid, pupils = by_group(week, today=timezone.localdate(), day=request.GET.get("day", ""))
    return {"grid": grid, "read": pupils}


def _adults(request: Any, week: Week) -> Context:
    return {"rows": by_adult(week)}


def _pupils(request: Any, week: Week) -> Context:
    rows = by_pupil(week)
    return {"rows": [(row, row.days) for row in rows], "read": [row.pupil for row in rows]}


def _query(**parts: Any) -> str:
    return f"?{urlencode({name: str(value) for name, value in parts.items()})}"
