"""When plans are reviewed, and which review is due."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Provision, School

from .models import Placement, Plan

USUAL_WEEKS = 6
LOOK_AHEAD = dt.timedelta(weeks=20)  # beyond the weeks themselves: room for any holidays between


def weeks_of(school: School) -> int:
    """How many school weeks a plan of this school usually lasts."""
    held = Provision.objects.filter(school=school).values_list("plan_weeks", flat=True).first()
    return held or USUAL_WEEKS


def usual_review(school: School, day: dt.date) -> dt.date:
    """The day of the review of a plan from `day`: some school weeks later, on a day the school is open.

    Where the calendar does not reach so far, weeks are counted as they come.
    """
    weeks = weeks_of(school)
    calendar = Calendar.of(school, day, day + dt.timedelta(weeks=weeks) + LOOK_AHEAD)
    later = [monday for monday in calendar.open_weeks() if monday > monday_of(day)]
    if len(later) < weeks:
        return day + dt.timedelta(weeks=weeks)
    wanted = later[weeks - 1] + dt.timedelta(days=min(day.weekday(), 4))
    return next((each for each in calendar.open_days() if each >= wanted), wanted)


def next_review(placement: Placement, day: dt.date) -> dt.date | None:
    """The day of the review to come: that of the open plan, or the first that was set with the place."""
    held = Plan.objects.open().filter(school=placement.school_id, placement=placement)
    review = held.values_list("review_on", flat=True).first() or placement.first_review_on
    return review if review and review >= day else None


def due_on(school: School, day: dt.date) -> Iterable[Plan]:
    """Open plans of open places whose review has come, the longest due first: one query."""
    held = Plan.objects.open().filter(school=school, review_on__lte=day)
    held = held.filter(Q(placement__ends_on=None) | Q(placement__ends_on__gt=day))
    return held.select_related("pupil", "placement__key_adult").order_by("review_on", "pk")


def without_plan_on(school: School, day: dt.date) -> Iterable[Placement]:
    """Open places whose first review has come although nothing was planned yet: one query."""
    open_now = Placement.objects.filter(school=school, first_review_on__lte=day).open_on(day)
    planned = Plan.objects.standing().filter(school=school).values("placement")
    return open_now.exclude(pk__in=planned).select_related("pupil", "key_adult").order_by("first_review_on")


def first_day(placement: Placement, before: Any, today: dt.date) -> dt.date:
    """The day from which a next plan counts: the place's first day, or after the last review, or today."""
    return max(placement.starts_on, today, *([before.reviewed_on] if before and before.reviewed_on else []))
