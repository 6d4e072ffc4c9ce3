"""A school with years of data, invented at random but the same again for the same seed.

For the benchmark at its full size, and for tests of the measures at a small one: three school years with half
terms, holidays and closures, sessions with adults who are sometimes away, pupils whose steps go forward, hold and
go back, some with two places, referrals on every way, marks, check-ins, suspensions, and rooms that change.
Written in bulk: nobody did any of it, so it is not made through the actions.
"""

import datetime as dt
from random import Random

from iap.schools.models import School, User

from .around import agree_changes, bring_evidence, enter_costs, train_staff
from .calendar import open_years, ring_bells
from .logged import log_days
from .made import Made, Size
from .places import give_places, take_on_roll
from .provision import hire, run_sessions, teach_lessons
from .referred import refer

__all__ = ["Made", "Size", "fill"]

STEPS = (
    open_years, ring_bells, hire, run_sessions, teach_lessons, take_on_roll, give_places, refer, agree_changes,
    bring_evidence, enter_costs, train_staff,
)  # fmt: skip


def fill(school: School, *, by: User, today: dt.date, seed: int = 1, size: Size | None = None) -> Made:
    """Fill an empty school, whose context is entered, with the years that end around `today`."""
    made = Made(school, today, Random(seed), by, size or Size())  # noqa: S311  figures, not secrets
    for make in STEPS:
        make(made)
    if made.size.logged:
        log_days(made)
    return made
