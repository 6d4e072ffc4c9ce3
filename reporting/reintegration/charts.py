"""The curves of the reintegration report."""

import math

from iap.ui.charts import Survival
from iap.ui.words import plural
from reporting.survival import DRAWN_FROM, Curve

from .ways import Mark

REACHED = {
    Mark.FIRST: "had their first lesson back",
    Mark.HALF: "were in mainstream for half of the week",
    Mark.FULL: "had fully returned",
}
FEWEST = 5  # pupils still followed; a curve ends where there are fewer
EVERY = (1, 2, 4, 6, 8, 12, 13, 26, 39, 52)  # school weeks between two ticks


def survival_chart(mark: Mark, curve: Curve) -> Survival | None:
    """The curve of one mark; nothing while there are fewer than 20 places."""
    if len(curve.stays) < DRAWN_FROM:
        return None
    until = _until(curve)
    ticks = _ticks(until)
    points = [
        (
            point.time,
            *(None if share is None else 100 * share for share in (point.reached, point.low, point.high)),
        )
        for point in curve.points
        if point.time <= until
    ]
    return Survival(
        title=_finding(mark, curve, until),
        desc=_said(mark, curve, ticks),
        points=tuple(points),  # type: ignore[arg-type]  # made into moments there
        at_risk=tuple((tick, curve.at_risk(tick)) for tick in ticks),
        until=until,
    )


def _finding(mark: Mark, curve: Curve, until: float) -> str:
    if curve.median is not None and curve.median <= until:
        if curve.median == 0:
            return f"Half of pupils {REACHED[mark]} from the first day"
        return f"Half of pupils {REACHED[mark]} within {plural(math.ceil(curve.median), 'school week')}"
    reached = sum(stay.reached for stay in curve.stays)
    return f"{reached} of {len(curve.stays)} pupils {REACHED[mark]} so far"


def _said(mark: Mark, curve: Curve, ticks: list[int]) -> str:
    shares = ", ".join(
        f"{100 * curve.reached_by(tick):.0f}% within {tick} school weeks" for tick in ticks[1:]
    )
    return (
        f"Of {len(curve.stays)} pupils, {shares} {REACHED[mark]}. "
        "Pupils still in the provision count for as long as they have been here."
    )


def _until(curve: Curve) -> float:
    """The last whole school week at which at least five pupils are still followed."""
    times = sorted((stay.time for stay in curve.stays), reverse=True)
    return max(math.floor(times[FEWEST - 1]), 1)


def _ticks(until: float) -> list[int]:
    every = next((each for each in EVERY if until / each <= 6), math.ceil(until / 6))
    return list(range(0, math.floor(until) + 1, every))
