"""A pupil's hours on their page: in words, beside the figures they are compared with, and judged by people."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from iap.schools.calendar import monday_of
from iap.schools.models import Provision
from iap.ui.moments import day as said
from iap.ui.words import plural
from pupils.access import READERS
from pupils.panels import Area, Panel, register
from pupils.record import record_of

from .agreements import agreed_until
from .measures.hours import Hours, guideline, hours_in, whole_week
from .measures.teaching import teaching_in
from .models import HybridStep
from .panels import way_of


@dataclass(frozen=True)
class Line:
    """One week of the cycle in words."""

    name: str
    hours: Hours

    @property
    def facts(self) -> list[tuple[str, str]]:
        each = self.hours
        facts = [("Lesson time", in_words(each.lessons))]
        if each.offsite:
            facts.append(("of it off-site education", in_words(each.offsite)))
        if each.social:
            facts.append(("Shared social time in lessons", in_words(each.social)))
        whole = in_words(each.whole)
        of_the_bell = f"{whole} of the school’s {in_words(each.bell)}"
        facts.append(("Whole week", f"All {whole}" if each.whole == each.bell else of_the_bell))
        if each.reduced:
            facts.append(("Missing by agreed reduced hours", in_words(each.reduced)))
        if each.unplaced:
            facts.append(("Lessons without a place yet", in_words(each.unplaced)))
        return facts


def offer() -> None:
    register(Panel("hours", READERS, hours, "timetables/panels/hours.html", area=Area.SIDE, order=15))


def hours(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """By the step in force; nothing without one."""
    school, record, way = pupil.school, record_of(request, pupil, day), way_of(request, pupil, day)
    step = way.now(day) if way else None
    if way is None or step is None:
        return None
    found = hours_in(school, record.periods, way.places[step.pk])
    if len({_content(each) for each in found}) == 1:  # week A and week B alike are said once
        lines = [Line("Each week", found[0])]
    else:
        lines = [Line(f"Week {each.week}", each) for each in found]
    taught = teaching_in(school, [pupil.pk], record.calendar, monday_of(day), steps={pupil.pk: way.steps})
    return {
        "lines": lines,
        "compared": _compared(getattr(school, "provision", None) or Provision(), pupil.year_group),
        "teaching": taught.get(pupil.pk),
        "reduced": _reduced(step, found, day),
    }


def _compared(provision: Provision, year: str) -> list[tuple[str, str]]:
    figures = [("Expected whole school week", in_words(whole_week(provision)))]
    if (minutes := guideline(provision, year)) is not None:
        figures.append((f"Guideline for lesson time in Year {year}", in_words(minutes)))
    return figures


def _reduced(step: HybridStep, found: list[Hours], day: dt.date) -> str:
    """What is to be known of the agreement behind the reduced hours of this step."""
    if not any(each.reduced for each in found):
        return ""
    until = agreed_until(step.placement, day)
    if until is None:
        return (
            "No agreement holds today for these reduced hours. "
            "Record one, or plan a week with every lesson in it."
        )
    if step.ends_on is not None and step.ends_on <= until + dt.timedelta(days=1):
        return f"The agreement holds until {said(until)}."
    goes_on = f"until {said(step.ends_on - dt.timedelta(days=1))}" if step.ends_on else "with no end yet"
    return (
        f"The agreement ends on {said(until)}, before this step does, which runs {goes_on}. "
        "Plan the next step, or agree again, before then."
    )


def in_words(minutes: int) -> str:
    """25 hours; 24 hours 30 minutes; 40 minutes"""
    hours, rest = divmod(minutes, 60)
    parts = [plural(hours, "hour")] if hours or not rest else []
    return " ".join([*parts, plural(rest, "minute")] if rest else parts)


def _content(each: Hours) -> tuple[int, ...]:
    return (each.lessons, each.offsite, each.social, each.reduced, each.unplaced, each.whole, each.bell)
