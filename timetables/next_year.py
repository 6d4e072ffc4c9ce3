"""The plan for the year after this one, of a pupil in a stable cohort."""

import datetime as dt
from typing import Any

from iap.schools.models import AcademicYear, Role, School
from pupils.models import Placement
from pupils.together import Ask

from .models import NextYearPlan

WRITERS = (Role.LEAD, Role.SENCO)


def year_on(school: School, day: dt.date) -> AcademicYear | None:
    """The school year of a day; in the summer the one that has just ended."""
    return years_until(school, day).first()


def years_until(school: School, day: dt.date) -> Any:
    """School years that have begun, the latest first."""
    return AcademicYear.objects.filter(school=school, starts_on__lte=day).order_by("-starts_on")


def plans_of(pupil: Any) -> Ask:
    """Every such plan of a pupil, with what is shown of it."""
    return Ask(NextYearPlan.objects.filter(school=pupil.school_id, pupil=pupil), "by__name")


def plan_of(placement: Placement, year: AcademicYear | None) -> NextYearPlan | None:
    """What was planned in this year for the next."""
    rows = NextYearPlan.objects.filter(school=placement.school_id, placement=placement, year=year)
    return rows.select_related("by", "year").first() if year else None


def earlier_plans(placement: Placement, year: AcademicYear | None) -> list[NextYearPlan]:
    """The plans of other years, the newest first."""
    rows = NextYearPlan.objects.filter(school=placement.school_id, placement=placement).exclude(year=year)
    return list(rows.select_related("by", "year").order_by("-year__starts_on"))


def version_of(plan: NextYearPlan | None) -> str:
    """Names what was kept last, to notice that somebody has kept something since."""
    return f"{plan.uuid}:{plan.saved_at.timestamp():.6f}" if plan else ""
