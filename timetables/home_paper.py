"""A pupil's week as a paper for home: where they are in each lesson, in plain words."""

import datetime as dt
from typing import Any

from iap.schools.models import School
from iap.ui import pdf
from iap.ui.moments import day as said
from pupils.models import Pupil
from pupils.plans import next_review

from .grids import Cell, week_of
from .journeys import Journey, journey_of, placement_of
from .models import HybridStep, Place


def week_for_home(school: School, pupil: Pupil, day: dt.date) -> bytes | None:
    """The week in force on `day`, or the next that is planned, as a tagged PDF; nothing where none is."""
    sheet = sheet_of(school, pupil, day)
    return pdf.render("week_for_home", sheet) if sheet else None


def sheet_of(school: School, pupil: Pupil, day: dt.date, *, coming: bool = False) -> dict[str, Any] | None:
    """What the paper shows of the week in force; of the one that comes, where `coming` asks for it and there is one."""
    placement = placement_of(school, pupil, day)
    if placement is None:
        return None
    way = journey_of(placement)
    now, later = way.now(day), way.coming(day)
    step = (later or now) if coming else (now or later)
    return _data(school, pupil, way, step, day) if step else None


def _data(school: School, pupil: Pupil, way: Journey, step: HybridStep, day: dt.date) -> dict[str, Any]:
    placement, provision = way.placement, school.provision.name
    coming = way.coming(day)
    review = next_review(placement, day)
    return {
        "name": pupil.known_as,
        "provision": provision,
        "school": str(school),
        "since": f"{'From' if step.starts_on > day else 'Since'} {said(step.starts_on)}",
        "until": f"A new week begins on {said(coming.starts_on)}." if coming and coming != step else "",
        "key_adult": str(placement.key_adult),
        "review": said(review) if review else "",
        "made": said(day),
        "made_on": [day.year, day.month, day.day],
        "weeks": [_week(school, pupil, step, label, day) for label in school.weeks],
    }


def _week(school: School, pupil: Pupil, step: HybridStep, label: str, day: dt.date) -> dict[str, Any]:
    grid = week_of(school, pupil, step, label, lessons_on=max(day, step.starts_on))
    lessons = [row for row in grid["rows"] if not row["thin"]]
    return {
        "name": f"Week {label}" if label else "The week",
        "rows": [
            {
                "time": row["time"],
                "label": row["label"],
                "cells": [_words(cell, school.provision.name) for cell in row["cells"]],
            }
            for row in lessons
        ],
    }


def _words(cell: Cell, provision: str) -> dict[str, str]:
    """What happens and where, as a family would say it."""
    if cell is None:
        return {"what": "Nothing planned", "where": ""}
    what, where = cell["title"], cell.get("detail", "")
    says = {
        Place.MAINSTREAM.value: (what, where or "with the class"),
        Place.SUPPORTED.value: (f"{what}, with an adult to help", where or "with the class"),
        Place.SESSION.value: (what, " · ".join(dict.fromkeys(part for part in (provision, where) if part))),
        Place.SOCIAL.value: ("With the year group", ""),
        Place.OFFSITE.value: (f"At {what}", "away from school"),
        Place.REDUCED.value: ("At home", "as agreed"),
    }
    known = says.get(str(cell["kind"]), (what, where))
    return {"what": known[0], "where": known[1]}
