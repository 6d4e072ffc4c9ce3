"""Changes to the school and its provision."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.calendar import monday_of
from iap.schools.models import CycleWeek, Period, Provision, School


def lock(school: School) -> School:
    """The school's row, held until the transaction ends: its settings change one after another."""
    return School.objects.select_for_update().get(pk=school.pk)


def provision_of(school: School) -> Provision:
    """The school's provision; what is done to the school as a whole is recorded under it."""
    return Provision.objects.get_or_create(school=school)[0]


@transaction.atomic
def change_provision(school: School, *, by: Any, **changes: Any) -> Provision:
    lock(school)
    provision = provision_of(school)
    before = {name: getattr(provision, name) for name in changes}
    for name, value in changes.items():
        setattr(provision, name, value)
    provision.save(update_fields=list(changes))
    record("provision.changed", provision, by=by, before=before, after=changes)
    return provision


@transaction.atomic
def change_school(
    school: School, *, by: Any, name: str, phase: str, cycle_weeks: int, relabel: bool = False
) -> School:
    """Change the school's name, phase or cycle. Raises Refused while weeks or lessons need another."""
    school = lock(school)
    before = {"name": school.name, "phase": school.phase, "cycle_weeks": school.cycle_weeks}
    new_cycle = cycle_weeks != school.cycle_weeks
    school.name, school.phase, school.cycle_weeks = name, phase, cycle_weeks
    if new_cycle:
        _refuse_if_slots_fall_outside(school)
        _fit_weeks(school, relabel)
    school.save(update_fields=["name", "phase", "cycle_weeks"])
    after = {"name": name, "phase": phase, "cycle_weeks": cycle_weeks}
    record("school.changed", provision_of(school), by=by, before=before, after=after)
    return school


def _refuse_if_slots_fall_outside(school: School) -> None:
    """Lessons, sessions and steps that still hold, in a week that the new cycle does not have."""
    today, outside = timezone.localdate(), 0
    in_slots = {key.model for key in keys_to_periods()}
    for model in in_slots:
        if not any(field.name == "week" for field in model._meta.fields):
            continue
        rows = model._default_manager.filter(school=school).exclude(week__in=["", *school.weeks])
        outside += (rows.standing_from(today) if hasattr(rows, "standing_from") else rows).count()
    if outside:
        raise Refused(
            f"Lessons, sessions or pupils’ places still stand in week A or B: {outside} in all. "
            "End them or import the new timetable first, then change the cycle."
        )


def keys_to_periods() -> list[Any]:
    """The foreign key of every model that puts something into a period, whichever app it is in."""
    fields: list[Any] = list(Period._meta.get_fields(include_hidden=True))
    keys = [field.field for field in fields if field.auto_created and not field.concrete]
    return [key for key in keys if not hasattr(key.model, "pgh_id")]


def _fit_weeks(school: School, relabel: bool) -> None:
    coming = CycleWeek.objects.filter(school=school, monday__gte=_next_monday()).order_by("monday")
    unfit = coming.exclude(label__in=school.weeks)
    if not unfit.exists():
        return
    if not relabel:
        raise Refused(
            f"{unfit.count()} coming weeks are labelled for another cycle. Tick “Label the coming weeks "
            "again” to give them new labels, then check those on the page “Weeks”."
        )
    weeks = list(coming)
    for position, week in enumerate(weeks):
        week.label = school.weeks[position % len(school.weeks)]
    CycleWeek.objects.bulk_update(weeks, ["label"])


def _next_monday() -> dt.date:
    return monday_of(timezone.localdate()) + dt.timedelta(weeks=1)
