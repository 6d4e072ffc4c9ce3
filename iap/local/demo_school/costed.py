"""What the demo's provisions cost, and what a place elsewhere would."""

import datetime as dt

from reporting.actions.costs import keep_costs

from . import clock
from .provision import Base
from .school import Invented

STAFF = {"secondary": 128_000, "primary": 74_000}


def enter(invented: Invented, base: Base) -> None:
    """For the school year, as the budget had it on its first day."""
    days = invented.year.days
    with clock.at(days[0]):
        keep_costs(
            base.school,
            by=base.lead,
            starts_on=days[0],
            ends_on=days[-1] + dt.timedelta(days=1),
            staff=STAFF[invented.plan.phase],
            other=9_500,
            external_week=640,
            source="Budget of the school year; price of the last place the school bought",
        )
