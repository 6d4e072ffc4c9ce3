"""What this app shows on a pupil's page: the hybrid week, the way back, and the share of the week."""

import datetime as dt
from typing import Any

from django.urls import reverse

from iap.schools.calendar import Calendar
from iap.schools.models import Role
from iap.ui.charts import step_chart
from iap.ui.moments import day as said
from iap.ui.words import plural
from pupils.access import READERS
from pupils.panels import Area, Panel, register

from .grids import week_of
from .half_days import half_days_of, is_stable
from .interventions import interventions_of
from .journeys import Journey, journey_of, placement_of
from .next_year import WRITERS, plan_of, year_on


def offer() -> None:
    register(
        Panel("place-acts", [Role.LEAD], acts, "timetables/panels/acts.html", area=Area.ACTIONS, order=20)
    )
    register(Panel("share", READERS, share, "timetables/panels/share.html", area=Area.FACTS, order=20))
    register(Panel("week", READERS, week, "timetables/panels/week.html", area=Area.MAIN, order=10))
    register(Panel("journey", READERS, journey, "timetables/panels/journey.html", area=Area.MAIN, order=20))
    register(
        Panel(
            "interventions",
            READERS,
            interventions,
            "timetables/panels/interventions.html",
            area=Area.MAIN,
            order=31,
        )
    )
    register(
        Panel("kept-up", READERS, kept_up, "timetables/panels/kept_up_link.html", area=Area.MORE, order=30)
    )
    register(
        Panel("next-year", READERS, next_year, "timetables/panels/next_year.html", area=Area.MAIN, order=25)
    )


def interventions(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """What runs, with the sessions given of it: two queries."""
    return {"found": interventions_of(pupil, running=True)}


def kept_up(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """The way to lessons missed and taught: no query."""
    return {}


def acts(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    placement = placement_of(pupil.school, pupil, day)
    return {"placement": placement, "stable": is_stable(placement)}


def share(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    way = _journey(request, pupil, day)
    step = way.now(day) if way else None
    if way is None or step is None:
        return None
    return {
        "percent": way.percent(step),
        "at_start": way.percent(way.steps[0]),
        "since": way.steps[0].starts_on,
    }


def week(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """The week by the step in force, or by the next where none is; `?week=` chooses A or B."""
    way = _journey(request, pupil, day)
    if way is None:
        return None
    step, coming = way.now(day), way.coming(day)
    shown = step or coming
    context = {"placement": way.placement, "step": step, "coming": coming, "grid": None}
    if shown is None:
        plan = "timetables:half_days" if is_stable(way.placement) else "timetables:new_step"
        return {
            **context,
            "may_plan": Role.LEAD in request.roles,
            "plan_url": reverse(plan, args=[pupil.uuid]),
        }
    calendar = Calendar.of(pupil.school, day, day)
    here = calendar.week_label(day)
    label = request.GET.get("week", "") or here
    label = label if label in pupil.school.weeks else pupil.school.weeks[0]
    return {
        **context,
        "label": label,
        "may_print": bool(request.roles & {Role.STAFF, Role.LEAD}),
        "weeks": [(f"Week {each}", f"?week={each}", each == label) for each in pupil.school.weeks if each],
        "caption": f"{pupil.known_as}’s timetable" + (f", week {label}" if label else ""),
        "grid": week_of(
            pupil.school,
            pupil,
            shown,
            label,
            lessons_on=max(day, shown.starts_on),
            today=day if label == here and calendar.is_open(day) else None,
            coming=coming if step is not None else None,
            day=request.GET.get("day", ""),
        ),
    }


def journey(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    way = _journey(request, pupil, day)
    if way is None or not way.steps:
        return None
    begun = [step for step in way.steps if step.starts_on <= day]
    rows = [(step, way.percent(step)) for step in way.steps]
    context = {"placement": way.placement, "rows": rows[::-1], "chart": _chart(way, begun, pupil, day)}
    shown = (way.now(day) or way.coming(day)) if is_stable(way.placement) else None
    return context | {"halves": half_days_of(shown, pupil.school) if shown else None}


def next_year(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """In a stable cohort the plan for the year after this one stands where others have steps."""
    way = _journey(request, pupil, day)
    if way is None or not is_stable(way.placement):
        return None
    plan = plan_of(way.placement, year_on(pupil.school, day))
    return {"plan": plan, "may_write": bool(set(request.roles) & set(WRITERS))}


def _chart(way: Journey, begun: list[Any], pupil: Any, day: dt.date) -> Any:
    points = [(step.starts_on, way.percent(step)) for step in begun]
    known = [percent for _, percent in points if percent is not None]
    if not known:
        return ""
    first, last = known[0], known[-1]
    title = (
        f"{last}% of the week in mainstream"
        if first == last
        else f"From {first}% to {last}% of the week in mainstream"
    )
    marks = [(step.starts_on, way.percent(step) or 0, step.kind) for step in begun]
    since = f"{said(begun[0].starts_on, weekday=False)}, in {plural(len(begun), 'step')}"
    desc = f"{pupil.known_as}’s share of lessons in mainstream since {since}."
    return step_chart(title, desc, points, marks, end=min(way.placement.ends_on or day, day))


def _journey(request: Any, pupil: Any, day: dt.date) -> Journey | None:
    """The pupil's way, read once for all the parts of one page."""
    kept = getattr(request, "_journeys", None)
    if kept is None:
        kept = request._journeys = {}
    if pupil.pk not in kept:
        placement = placement_of(pupil.school, pupil, day, ended=True)
        if placement is not None:
            placement.school = pupil.school
        kept[pupil.pk] = journey_of(placement) if placement else None
    return kept[pupil.pk]
