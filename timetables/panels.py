"""What this app shows on a pupil's page: the hybrid week, the way back, and the share of the week."""

import datetime as dt
from typing import Any

from django.urls import reverse

from iap.schools.models import Role
from iap.ui.charts import step_chart
from iap.ui.moments import day as said
from iap.ui.words import listed, plural
from pupils.access import READERS
from pupils.panels import Area, Panel, register
from pupils.record import Record, record_of
from pupils.together import Ask

from .duties import address_to_end
from .grids import week_of
from .half_days import Halves, halves_in, is_stable
from .interventions import given, running_of
from .journeys import Journey, journey_of
from .measures.full_return import held_whole
from .models import HybridStep, IapSession
from .next_year import WRITERS, plans_of, years_until

TOLD_WITHIN = dt.timedelta(weeks=1)  # of the first day of a step


def offer() -> None:
    register(
        Panel("place-acts", [Role.LEAD], acts, "timetables/panels/acts.html", area=Area.ACTIONS, order=20)
    )
    register(Panel("share", READERS, share, "timetables/panels/share.html", area=Area.FACTS, order=20))
    register(Panel("week", READERS, week, "timetables/panels/week.html", area=Area.MAIN, order=10))
    register(Panel("journey", READERS, journey, "timetables/panels/journey.html", area=Area.MAIN, order=20))
    register(Panel("whole", READERS, whole, "timetables/panels/whole.html", area=Area.LOOK, order=5))
    register(
        Panel(
            "interventions",
            READERS,
            interventions,
            "timetables/panels/interventions.html",
            area=Area.MAIN,
            order=31,
            asks=ask_interventions,
        )
    )
    register(
        Panel("kept-up", READERS, kept_up, "timetables/panels/kept_up_link.html", area=Area.MORE, order=30)
    )
    register(
        Panel(
            "next-year",
            READERS,
            next_year,
            "timetables/panels/next_year.html",
            area=Area.MAIN,
            order=25,
            asks=ask_next_year,
        )
    )


def ask_interventions(request: Any, pupil: Any, day: dt.date) -> dict[str, Ask]:
    return {"interventions": running_of(pupil)}


def interventions(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """What runs, with the sessions given of it: one query."""
    return {"found": given(pupil.school_id, record_of(request, pupil, day).rows["interventions"])}


def kept_up(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """The way to lessons missed and taught: no query."""
    return {}


def acts(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    record = record_of(request, pupil, day)
    held = record.placement
    placement = None if held is None or record.has_ended(held) else held
    return {"placement": placement, "stable": is_stable(placement)}


def share(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    way = way_of(request, pupil, day)
    step = way.now(day) if way else None
    if way is None or step is None:
        return None
    return {
        "percent": way.percent(step),
        "at_start": way.percent(way.steps[0]),
        "since": way.steps[0].starts_on,
    }


def week(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """The week by the step in force, or by the next where none is, until the place ends; `?week=` chooses A or B."""
    way, record = way_of(request, pupil, day), record_of(request, pupil, day)
    if way is None or record.has_ended(way.placement):
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
    calendar = record.calendar
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
            periods=record.periods,
        ),
    }


def journey(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    way = way_of(request, pupil, day)
    if way is None or not way.steps:
        return None
    begun = [step for step in way.steps if step.starts_on <= day]
    rows = [(step, way.percent(step)) for step in way.steps]
    context = {
        "placement": way.placement,
        "rows": rows[::-1],
        "chart": _chart(way, begun, pupil, day),
        "to_tell": listed(_to_tell(way.steps[-1], day)),
    }
    shown = (way.now(day) or way.coming(day)) if is_stable(way.placement) else None
    return context | {"halves": _halves(way, shown, record_of(request, pupil, day)) if shown else None}


def _to_tell(step: HybridStep, day: dt.date) -> list[str]:
    """Whom a person tells of the newest step, until it has held for a week."""
    return step.told_by_a_person if day < step.starts_on + TOLD_WITHIN else []


def _halves(way: Journey, step: HybridStep, record: Record) -> Halves:
    sessions: dict[int, IapSession] = {}  # which session it is does not matter to a half-day
    held = way.held(step, {period.pk: period for period in record.periods}, sessions)
    return halves_in(record.periods, {slot: row.place for slot, row in held.items()}, record.pupil.school)


def ask_next_year(request: Any, pupil: Any, day: dt.date) -> dict[str, Ask]:
    return {"year": Ask(years_until(pupil.school, day)[:1]), "next-year": plans_of(pupil)}


def next_year(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """In a stable cohort the plan for the year after this one stands where others have steps."""
    way = way_of(request, pupil, day)
    if way is None or not is_stable(way.placement):
        return None
    rows = record_of(request, pupil, day).rows
    mine = [each for each in rows["next-year"] if each.placement_id == way.placement.pk]
    plan = next((each for each in mine for year in rows["year"] if each.year_id == year.pk), None)
    return {"plan": plan, "may_write": bool(set(request.roles) & set(WRITERS))}


def whole(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """The whole week has been in mainstream for two school weeks: the suggestion to end the place."""
    way = way_of(request, pupil, day)
    if way is None or way.placement.ends_on is not None:
        return None
    calendar = record_of(request, pupil, day).calendar
    since = held_whole(way, calendar, day)
    if since is None:
        return None
    return {"since": since, "end_url": address_to_end(way.placement) if Role.LEAD in request.roles else ""}


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


def way_of(request: Any, pupil: Any, day: dt.date) -> Journey | None:
    """The pupil's way, read once for all the parts of one page."""
    kept = getattr(request, "_journeys", None)
    if kept is None:
        kept = request._journeys = {}
    if pupil.pk not in kept:
        placement = record_of(request, pupil, day).placement
        if placement is not None:
            placement.school, placement.pupil = pupil.school, pupil
        kept[pupil.pk] = journey_of(placement) if placement else None
    return kept[pupil.pk]
