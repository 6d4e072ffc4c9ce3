"""A letter home about a change of the week, and the sheet that comes with it."""

import datetime as dt
from typing import Any

from django.utils import timezone

from iap.ui.moments import day as said
from pupils.letters import LetterKind, register

from .home_paper import sheet_of
from .journeys import journey_of, placement_of


def offer() -> None:
    register(LetterKind("timetable", "A change of the timetable", draft, sheet=new_week))


def new_week(pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """The week that comes, or the one in force where nothing else is planned."""
    return sheet_of(pupil.school, pupil, day, coming=True)


def draft(pupil: Any, day: dt.date) -> tuple[str, str]:
    name, base = pupil.known_as, pupil.school.provision.name
    place = placement_of(pupil.school, pupil, day or timezone.localdate())
    way = journey_of(place) if place else None
    step = (way.coming(day) or way.now(day)) if way else None
    since = f"from {said(step.starts_on)}" if step else "from a day that we agree with you"
    why = f" {step.why}" if step else ""
    return (
        f"{name}’s timetable changes",
        f"{name}’s week changes {since}.{why}\n\n"
        f"The new week is on the sheet that comes with this letter. Where {name} is in a lesson with the class, the "
        "teacher knows what helps.\n\n"
        f"It goes no faster than {name} can manage. If it is too much we go back a step: that is part of the plan, and "
        f"nothing has gone wrong. Please tell us, or {base}, how it looks from home.",
    )
