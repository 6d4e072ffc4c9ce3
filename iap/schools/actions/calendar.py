"""Changes to when the school is open: years, terms, closures and the weeks of the cycle."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.calendar import monday_of
from iap.schools.models import AcademicYear, Closure, CycleWeek, School, Term

from . import corrections
from .settings import lock, provision_of

CLOSED = "closed"  # what stands for a week that is to have no row

Rows = Sequence[dict[str, Any]]


@transaction.atomic
def keep_years(school: School, *, by: Any, rows: Rows) -> None:
    """Let exactly these school years stand."""
    _keep(AcademicYear, school, by, rows, "calendar.years_changed")


@transaction.atomic
def keep_terms(school: School, *, by: Any, rows: Rows) -> None:
    """Let exactly these terms stand."""
    _keep(Term, school, by, rows, "calendar.terms_changed")


@transaction.atomic
def keep_closures(school: School, *, by: Any, rows: Rows) -> None:
    """Let exactly these closures stand."""
    before = _closed(school)
    _keep(Closure, school, by, rows, "calendar.closures_changed")
    changed = before ^ _closed(school)
    corrections.keep(school, by=by, model=Closure, fields={day.isoformat(): ["day"] for day in changed})


def _closed(school: School) -> set[dt.date]:
    return set(Closure.objects.filter(school=school).values_list("day", flat=True))


def _keep(model: Any, school: School, by: Any, rows: Rows, verb: str) -> None:
    """Changed rows are taken out before any is put in: two terms may swap their dates."""
    school = lock(school)
    there = {thing.pk: thing for thing in model.objects.filter(school=school)}
    wanted = [model(school=school, **row) for row in rows if row.get("id") in there]
    new = [
        model(school=school, **{k: v for k, v in row.items() if k != "id"})
        for row in rows
        if not row.get("id")
    ]
    if len({thing.pk for thing in wanted}) + len(new) != len(rows):
        raise Refused("Somebody else has removed one of these rows. Open the page again to see what stands.")
    stay = {thing.pk for thing in wanted if _same(thing, there[thing.pk])}
    put = [thing for thing in wanted if thing.pk not in stay] + new
    gone = set(there) - stay
    if not put and not gone:
        return
    model.objects.filter(school=school, pk__in=gone).delete()
    model.objects.bulk_create(put)
    record(
        verb, provision_of(school), by=by, put=[str(t) for t in put], removed=len(gone - {t.pk for t in put})
    )


def _same(one: Any, other: Any) -> bool:
    return all(getattr(one, f.attname) == getattr(other, f.attname) for f in one._meta.concrete_fields)


@transaction.atomic
def label_weeks(school: School, *, by: Any, labels: Mapping[dt.date, str]) -> int:
    """Give these weeks their labels, or close them (`CLOSED`); other weeks stay. Returns how many changed."""
    school = lock(school)
    stored = CycleWeek.objects.filter(school=school, monday__in=labels).values_list("monday", "label")
    standing = dict(stored)
    changed = {m: label for m, label in labels.items() if standing.get(m, CLOSED) != label}
    if wrong := sorted(set(changed.values()) - {CLOSED, *school.weeks}):
        raise Refused(f"This school's cycle has no week “{wrong[0]}”. Choose one of its weeks.")
    if any(monday != monday_of(monday) for monday in changed):
        raise Refused("A week starts on a Monday.")
    CycleWeek.objects.filter(school=school, monday__in=changed).delete()
    CycleWeek.objects.bulk_create(
        CycleWeek(school=school, monday=monday, label=label)
        for monday, label in changed.items()
        if label != CLOSED
    )
    corrections.keep(
        school, by=by, model=CycleWeek, fields={monday.isoformat(): ["label"] for monday in changed}
    )
    if changed:
        words = {monday.isoformat(): label for monday, label in changed.items()}
        record("calendar.weeks_changed", provision_of(school), by=by, weeks=words)
    return len(changed)
