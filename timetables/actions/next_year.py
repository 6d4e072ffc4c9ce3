"""Keeping the plan for next year."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Conflict, Refused
from pupils.models import Placement
from timetables.half_days import is_stable
from timetables.models import NextYearPlan, Outlook
from timetables.next_year import plan_of, version_of, year_on

FIELDS = ("outlook", "receiving", "needed", "pupil_view", "family_view", "decided_on", "review_on")


@transaction.atomic
def keep_plan(
    placement: Placement,
    *,
    by: Any,
    outlook: str,
    receiving: str = "",
    needed: str = "",
    pupil_view: str = "",
    family_view: str = "",
    decided_on: dt.date | None = None,
    review_on: dt.date | None = None,
    seen: str | None = None,
) -> NextYearPlan:
    """Keep what is planned for the year after this one; once in each school year, changed as it grows.

    `seen` is `version_of` the plan when the author began: Conflict if somebody has kept another since.
    Raises Refused where the place or the calendar does not allow a plan.
    """
    held = Placement.objects.select_for_update(no_key=True, of=("self",)).select_related("school", "pupil")
    placement = held.get(school=placement.school_id, pk=placement.pk)
    today = timezone.localdate()
    year = year_on(placement.school, today)
    if not is_stable(placement):
        raise Refused(
            "A plan for next year belongs to a place in a stable cohort. Change the kind of place first."
        )
    if placement.ends_on is not None and placement.ends_on <= today:
        raise Refused("This place has ended, and its plan stays as it was.")
    if year is None:
        raise Refused("The school year is not in the calendar yet. Add it in Settings, then save again.")
    if outlook not in Outlook.values:
        raise Refused("Choose how next year looks.")
    if (decided_on is None) != (outlook == Outlook.UNDECIDED):
        raise Refused("Say when it was decided; leave the day empty while it is not decided.")
    plan = plan_of(placement, year)
    if seen is not None and seen != version_of(plan):
        raise Conflict(
            "Somebody has changed this plan since you opened this page. Nothing you entered is lost: "
            "open the plan in another window, then save again what should stand."
        )
    is_new = plan is None
    plan = plan or NextYearPlan(
        school_id=placement.school_id, placement=placement, pupil=placement.pupil, year=year
    )
    plan.outlook, plan.receiving, plan.needed = outlook, receiving.strip(), needed.strip()
    plan.pupil_view, plan.family_view = pupil_view.strip(), family_view.strip()
    plan.decided_on, plan.review_on = decided_on, review_on
    plan.by, plan.saved_at = by, timezone.now()
    plan.save(update_fields=None if is_new else [*FIELDS, "by", "saved_at"])
    record("next_year.planned" if is_new else "next_year.changed", plan, by=by, outlook=outlook)
    return plan
