"""Drawings of scores over time: one for each person's view, on one scale."""

from typing import Any

from iap.ui.charts import Scores
from iap.ui.charts.scores import Point, Zone
from iap.ui.moments import day as said
from iap.ui.words import plural

from .models import ScoreField, Unit
from .scores import Course


def charts(pupil: Any, found: list[Course]) -> list[Scores]:
    """A drawing for each course; all of them share the days of the axis."""
    days = [score.assessment.day for course in found for score in course.scores]
    if not days:
        return []
    return [_chart(pupil, course, min(days).isoformat(), max(days).isoformat()) for course in found]


def _chart(pupil: Any, course: Course, first: str, last: str) -> Scores:
    field = course.field
    return Scores(
        title=f"{course.who}: {_finding(course)}",
        desc=_description(pupil, course),
        points=tuple(
            Point(score.assessment.day.isoformat(), float(score.value), score.said, score.band)
            for score in course.scores
        ),
        low=float(field.low),
        high=float(field.high),
        first=first,
        last=last,
        zones=_zones(course),
        ticks=_ages(field),
    )


def _finding(course: Course) -> str:
    """From 21 to 14, 7 lower."""
    first, last = course.first, course.last
    if course.change is None:
        return f"{first.said} on {said(first.assessment.day, weekday=False)}"
    moved = last.value - first.value
    if not moved:
        return f"{last.said}, as at first"
    return f"from {first.said} to {last.said}, {course.field.said(abs(moved))} {'higher' if moved > 0 else 'lower'}"


def _description(pupil: Any, course: Course) -> str:
    scores = plural(len(course.scores), "score")
    band = f", called {course.last.band.lower()}" if course.last.band else ""
    good = course.field.get_good_display().lower()
    return (
        f"{scores} of {pupil.known_as} in {course.tool}, {course.field}: the last is {course.last.said}{band}. "
        f"{good.capitalize()}."
    )


def _zones(course: Course) -> tuple[Zone, ...]:
    """The bands that hold for this informant, from the lowest up."""
    bands = list(course.field.bands.all())  # type: ignore[attr-defined]
    own = [band for band in bands if band.informant == course.informant] or [
        band for band in bands if not band.informant
    ]
    return tuple(Zone(float(band.least), band.words) for band in sorted(own, key=lambda band: band.least))


def _ages(field: ScoreField) -> tuple[tuple[float, str], ...]:
    """Years on the scale of an age that is kept in months."""
    if field.unit != Unit.AGE:
        return ()
    return tuple(
        (float(month), f"{month // 12}y")
        for month in range(int(field.low), int(field.high) + 1)
        if not month % 24
    )
