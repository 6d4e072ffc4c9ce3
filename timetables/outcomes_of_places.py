"""How much of the week was in mainstream when a place began, and when it ended."""

from typing import Any

from pupils.outcomes import Outcome

from .journeys import journey_of


def share_of_the_week(placement: Any) -> list[Outcome]:
    way = journey_of(placement)
    if not way.steps:
        return []
    first, last = way.percent(way.steps[0]), way.percent(way.steps[-1])
    words = ["Not known" if percent is None else f"{percent}%" for percent in (first, last)]
    return [Outcome("Share of the week in mainstream", *words)]
