"""Who waits without support, or with support that nobody has looked at for too long."""

import datetime as dt
from collections.abc import Mapping, Sequence

from iap.schools.calendar import Calendar
from iap.ui.words import plural

from .models import InterimSupport, Referral
from .priority import days_since

LOOK_AGAIN = 10  # school days


def latest_support(referrals: Sequence[Referral]) -> dict[int, InterimSupport]:
    """The newest of each referral: one query."""
    if not referrals:
        return {}
    rows = InterimSupport.objects.filter(
        school=referrals[0].school_id, referral__in=[referral.pk for referral in referrals]
    )
    return {row.referral_id: row for row in rows.order_by("recorded_at", "pk")}


def nudges(
    referrals: Sequence[Referral], support: Mapping[int, InterimSupport], calendar: Calendar, day: dt.date
) -> dict[int, str]:
    """For each of these that needs it, what to do, in words."""
    found = {}
    for referral in referrals:
        held = support.get(referral.pk)
        if held is None:
            found[referral.pk] = "No support is noted while they wait."
            continue
        days = days_since(calendar, held.reviewed_at or held.recorded_at, day)
        if days >= LOOK_AGAIN:
            found[referral.pk] = f"Support was last looked at {plural(days, 'school day')} ago."
        elif held.review_on < day and not held.reviewed_at:
            found[referral.pk] = "The day to look at their support has passed."
    return found
