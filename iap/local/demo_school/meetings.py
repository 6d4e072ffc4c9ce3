"""Panels in the demo: all in the library at half past three, their minutes kept on the same day."""

import datetime as dt

from referrals.actions import panels
from referrals.models import Meeting

from . import clock
from .provision import Base
from .school import Invented


def planned(invented: Invented, base: Base, day: dt.date) -> Meeting:
    """A meeting of the school's panel on that day."""
    return panels.plan_meeting(
        base.school,
        by=base.lead,
        day=day,
        starts=dt.time(15, 30),
        room="Library",
        members=invented.plan.panel,
    )


def close(meeting: Meeting, base: Base, day: dt.date) -> None:
    """Keep its minutes that evening."""
    with clock.at(day, dt.time(16, 30)):
        panels.keep_minutes(meeting, by=base.lead, text="All referrals on the agenda were decided.")
        panels.close(meeting, by=base.lead)
