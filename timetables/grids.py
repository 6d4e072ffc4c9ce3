"""A week of the hybrid timetable as the template `ui/_week.html` draws it."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from iap.schools.models import Period, School, Weekday
from iap.ui.moments import clock
from iap.ui.moments import day as said

from .lessons import Lesson, lessons_of_cycle
from .models import HybridStep, IapSession, Place, StepPlace

KEYS = {1: "mon", 2: "tue", 3: "wed", 4: "thu", 5: "fri"}
Cell = dict[str, Any] | None


def name_of(period: Period) -> str:
    """P1 where the bell says 1; otherwise as the bell says."""
    return f"P{period.name}" if period.name.isdigit() else period.name


def day_shown(asked: str, weekday: int) -> str:
    """The key of the day a phone shows: the one asked for, otherwise this weekday, at the weekend Monday."""
    return asked if asked in KEYS.values() else KEYS.get(weekday, KEYS[1])


def grid_of(
    periods: Iterable[Period], cell: Callable[[Period], Cell], *, today: dt.date | None, day: str = ""
) -> Any:
    """Rows by the bell's names, a column for each school day; `cell` says what stands in a period."""
    rows: dict[str, dict[int, Period]] = {}
    for period in sorted(periods, key=lambda each: (each.starts, each.weekday)):
        rows.setdefault(period.name, {})[period.weekday] = period
    here = today.isoweekday() if today else 0
    return {
        "days": [{"key": KEYS[d.value], "label": d.label[:3], "today": d.value == here} for d in Weekday],
        "day": day_shown(day, here),
        "rows": [_row(of, cell) for of in rows.values()],
    }


def _row(of: dict[int, Period], cell: Callable[[Period], Cell]) -> dict[str, Any]:
    first = next(iter(of.values()))
    return {
        "label": name_of(first),
        "time": clock(first.starts),
        "thin": not first.is_lesson,
        "cells": [cell(of[weekday.value]) if weekday.value in of else None for weekday in Weekday],
    }


def week_of(
    school: School,
    pupil: Any,
    step: HybridStep,
    week: str,
    *,
    lessons_on: dt.date,
    today: dt.date | None = None,
    coming: HybridStep | None = None,
    day: str = "",
    periods: Iterable[Period] | None = None,
) -> Any:
    """The pupil's week by a step, with what the coming step changes flagged. Two queries, and one for the bell
    where it is not given.
    """
    periods = Period.objects.filter(school=school) if periods is None else periods
    held, next_held = _places(school, (step, coming), week)
    lessons = lessons_of_cycle(school, [pupil.pk], lessons_on)

    def cell(period: Period) -> Cell:
        lesson = lessons.get((pupil.pk, week or school.weeks[0], period.pk))
        now = cell_of(period, held.get(period.pk), lesson)
        then = next_held.get(period.pk)
        if coming is not None and then is not None and _differs(held.get(period.pk), then):
            planned = cell_of(period, then, lesson) or {}
            return {**planned, "planned": True, "flag": f"From {said(coming.starts_on, weekday=False)}"}
        return now

    return grid_of(periods, cell, today=today, day=day)


def _places(school: School, steps: Iterable[HybridStep | None], week: str) -> list[dict[int, StepPlace]]:
    """Of each step the place in each period of the week: one query."""
    found: dict[int | None, dict[int, StepPlace]] = {each.pk if each else None: {} for each in steps}
    rows = StepPlace.objects.filter(school=school, step__in=[pk for pk in found if pk], week__in={"", week})
    for row in rows.select_related("session").order_by("week", "pk"):  # of this week before of every week
        found[row.step_id][row.period_id] = row
    return [found[each.pk if each else None] for each in steps]


def _differs(one: StepPlace | None, other: StepPlace) -> bool:
    return one is None or (one.place, one.session_id) != (other.place, other.session_id)


class Placed(Protocol):
    """Where a pupil is in one slot, stored or only thought of."""

    @property
    def place(self) -> str: ...
    @property
    def session(self) -> IapSession | None: ...
    @property
    def provider(self) -> str: ...


def cell_of(period: Period, row: Placed | None, lesson: Lesson | None) -> Cell:
    """A slot as the template draws it."""
    thin = not period.is_lesson
    if row is None:
        return {"kind": Place.SOCIAL.value, "title": period.name, "thin": True} if thin else None
    if row.place == Place.SESSION and row.session is not None:
        session = row.session
        return {
            "kind": "session",
            "strand": session.strand,
            "title": session.title,
            "detail": session.room,
            "thin": thin,
        }
    if row.place in {Place.MAINSTREAM, Place.SUPPORTED}:
        title, detail = (lesson.subject, lesson.detail) if lesson else ("Mainstream", "")
        return {"kind": row.place, "title": title, "detail": detail, "thin": thin}
    if row.place == Place.OFFSITE:
        return {"kind": row.place, "title": row.provider or "Off site", "thin": thin}
    return {
        "kind": row.place,
        "title": "At home" if row.place == Place.REDUCED else period.name,
        "thin": thin,
    }
