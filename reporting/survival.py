"""How long something takes, where some have reached it and some are still on their way.

Kaplan and Meier's estimate, by `scipy.stats.ecdf`. Who has not reached it is followed for as long as they can be
and then leaves the count ("censored"): leaving them out would make the way look shorter than it is. At the same
moment, who reaches it does so before who leaves. The interval is of 95 %, on the log-log scale, so that it
stays between nothing and everybody.
"""

import math
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

DRAWN_FROM = 20  # stays; below, a curve would claim more than is known


@dataclass(frozen=True)
class Followed:
    """One stay: for how long it was followed, and whether that ended because it was reached."""

    time: float
    reached: bool


@dataclass(frozen=True)
class Point:
    """From this time on, the part of all that has reached it, and between what that is likely to be."""

    time: float
    reached: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Curve:
    """The estimate as steps, from (0, …) on, with who it was made from."""

    points: tuple[Point, ...]
    stays: tuple[Followed, ...]

    def at_risk(self, time: float) -> int:
        """Stays that were followed until this time or longer, and had not reached it before."""
        return sum(stay.time >= time for stay in self.stays)

    def reached_by(self, time: float) -> float:
        return [point.reached for point in self.points if point.time <= time][-1]

    @property
    def median(self) -> float | None:
        """The first time by which half have reached it; nothing while that is not known."""
        return next((point.time for point in self.points if point.reached >= 0.5 - 1e-12), None)


def curve_of(stays: Iterable[Followed]) -> Curve:
    """The curve of these stays. Without one that has reached it, it stays at nothing."""
    held = tuple(stays)
    times = sorted({stay.time for stay in held if stay.reached})
    if not times:
        return Curve((Point(0, 0.0, None, None),), held)
    reached, low, high = _estimated(held, times)
    points = [Point(*row) for row in zip(times, reached, low, high, strict=True)]
    return Curve((*([] if times[0] == 0 else [Point(0, 0.0, None, None)]), *points), held)


def _estimated(stays: Sequence[Followed], times: Sequence[float]) -> list[list[Any]]:
    from scipy import stats  # a large library, loaded by the process that reckons

    data = stats.CensoredData(
        uncensored=[stay.time for stay in stays if stay.reached],
        right=[stay.time for stay in stays if not stay.reached],
    )
    found = stats.ecdf(data).cdf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # where nobody, or everybody, has reached it
        interval = found.confidence_interval(method="log-log")
    return [
        [_known(value) for value in curve.evaluate(times)] for curve in (found, interval.low, interval.high)
    ]


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
