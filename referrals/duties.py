"""Referrals whose clock has run past the school's own target."""

import datetime as dt
from typing import Any

from django.utils import timezone

from iap.inbox import duties
from iap.inbox.duties import Due, Duty
from iap.schools.calendar import Calendar

from .access import DECIDERS
from .models import Referral, Rules
from .queue import clock


def past_target(school: Any, day: dt.date) -> list[Due]:
    """Open referrals by how long they have been past the target of their stage: three queries."""
    listed = list(Referral.objects.at([school]).open().sent().select_related("pupil"))
    if not listed:
        return []
    first = min(timezone.localdate(each.submitted_at) for each in listed)
    calendar, rules = Calendar.of(school, first, day), Rules.of(school)
    clocks = [(clock(each, rules, calendar, day), each) for each in listed]
    late = sorted(((found, each) for found, each in clocks if found.late), key=lambda pair: -pair[0].days)
    return [
        Due(
            f"{each.pupil.short_name}, {each.get_state_display().lower()}: {found.words}",
            each.get_absolute_url(),
            timezone.localdate(each.state_at),
            each.pupil,
        )
        for found, each in late
    ]


def offer() -> None:
    duties.register(Duty("referrals-late", "Referrals past their target", DECIDERS, past_target, 20))
