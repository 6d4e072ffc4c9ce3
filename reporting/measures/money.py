"""What a place costs, from what the school has entered."""

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from iap.schools.models import Role
from reporting.facts import Facts
from reporting.figures import Measure, Pounds, Row, Way, register
from reporting.models import Costs
from reporting.periods import Period

from .places import full_returns

KEEPERS = frozenset({Role.LEAD, Role.LEADER})


def place_week(facts: Facts, period: Period) -> Iterable[Row]:
    """What one pupil’s place costs for one school week: the costs the school has entered, by their share of the
    period’s school days, divided by the weeks in which pupils had a place (five school days are a week). Days for
    which no costs are entered are left out on both sides.
    """
    paid: set[dt.date] = set()
    for costs, days, share in _in_period(facts, period):
        paid.update(days)
        yield Row((str(costs), Pounds(share), None), part=share, whole=0)
    for place in facts.open_in(*period.window):
        weeks = Fraction(sum(place.is_open_on(day) for day in paid), 5)
        if weeks:
            yield Row(("A pupil’s place", None, weeks), part=0, whole=weeks, pupil=place.pupil_id)


def returned_pupil(facts: Facts, period: Period) -> Iterable[Row]:
    """What the provision costs for each pupil who came back full time: the costs the school has entered, by their
    share of the period’s school days, divided by the pupils whose place ended in those days with a full return. Days
    for which no costs are entered are left out on both sides. Other pupils were helped by the same money.
    """
    shares = list(_in_period(facts, period))
    yield from (Row((str(costs), Pounds(share), None), part=share, whole=0) for costs, _, share in shares)
    for row in full_returns(facts, period):
        back = row.cells[1]
        if any(costs.starts_on <= back <= costs.ends_on for costs, *_ in shares):
            yield Row(("Back full time", None, back), part=0, whole=1, pupil=row.pupil)


def external_week(facts: Facts, period: Period) -> Iterable[Row]:
    """What one pupil’s place with an external provider would cost for a week, as the school has entered it; where
    the price changed within the period, by the school days of each.
    """
    for costs, days, _ in _in_period(facts, period):
        if costs.external_week is not None:
            cells = (str(costs), Pounds(costs.external_week), len(days))
            yield Row(cells, part=costs.external_week * len(days), whole=len(days))


def _in_period(facts: Facts, period: Period) -> Iterator[tuple[Costs, list[dt.date], Fraction]]:
    """What was entered for days of the period, those school days, and their share of the sum."""
    for costs in facts.costs:
        days = facts.days_in(max(costs.starts_on, period.first), min(costs.ends_on, period.last))
        whole = len(facts.days_in(costs.starts_on, costs.ends_on))
        if days and whole:
            yield costs, days, Fraction(costs.total * len(days), whole)


def offer() -> None:
    pounds: dict[str, Any] = {
        "unit": "£",
        "about": "cost",
        "way": Way.RATIO,
        "readers": KEEPERS,
        "named_to": KEEPERS,
    }
    register(
        Measure(
            "cost-per-place-week",
            "Cost of a place for a week",
            place_week,
            columns=("What", "Pounds", "Weeks"),
            order=70,
            **pounds,
        )
    )
    register(
        Measure(
            "cost-per-return",
            "Cost for each pupil back full time",
            returned_pupil,
            columns=("What", "Pounds", "Back from"),
            order=72,
            **pounds,
        )
    )
    register(
        Measure(
            "external-place-week",
            "A place elsewhere for a week",
            external_week,
            columns=("What", "Pounds a week", "School days"),
            order=74,
            **pounds,
        )
    )
