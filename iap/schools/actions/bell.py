"""Changes to the periods of the week."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.models import Period, School, Weekday

from . import corrections
from .settings import keys_to_periods, lock, provision_of

FIELDS = ("name", "starts", "ends", "kind")
REMOVED = "removed"  # what is kept of a period that was taken out here, under its day and name
ASIDE = "~"  # begins a period's name while another takes it


@transaction.atomic
def keep_periods(school: School, *, by: Any, weekday: int, rows: Sequence[dict[str, Any]]) -> None:
    """Let exactly these periods stand on one weekday. Raises Refused where something stands in another."""
    school = lock(school)
    there = {period.pk: period for period in _on(school, weekday)}
    wanted = {row["id"]: row for row in rows if row.get("id") in there}
    new = [row for row in rows if not row.get("id")]
    if len(wanted) + len(new) != len(rows):
        raise Refused(
            "Somebody else has removed one of these periods. Open the page again to see what stands."
        )
    removed = [period for pk, period in there.items() if pk not in wanted]
    given = [key_of(weekday, row["name"]) for row in new]
    gone = {key_of(weekday, x.name) for x in removed} | _earlier_names(removed, but=rows)
    corrections.keep(school, by=by, model=Period, fields={key: [REMOVED] for key in gone})
    for name in FIELDS:
        corrections.forget(school, model=Period, keys=[str(x.pk) for x in removed], field=name)
    _remove(removed)
    corrections.forget(school, model=Period, keys=given, field=REMOVED)
    pairs = [(there[pk], row) for pk, row in wanted.items()]
    fields = {period.pk: [n for n in FIELDS if getattr(period, n) != row[n]] for period, row in pairs}
    _change(pairs)
    corrections.keep(school, by=by, model=Period, fields=fields)
    Period.objects.bulk_create(Period(school=school, weekday=weekday, **_given(row)) for row in new)
    record(
        "bell.changed", provision_of(school), by=by, weekday=weekday, periods=[row["name"] for row in rows]
    )


@transaction.atomic
def copy_monday(school: School, *, by: Any) -> None:
    """Give every other day the periods of Monday, matched by name so that lessons keep theirs."""
    monday = list(_on(lock(school), Weekday.MONDAY))
    if not monday:
        raise Refused("Monday has no periods yet. Set Monday first, then copy it.")
    for weekday in set(Weekday) - {Weekday.MONDAY}:
        ids = dict(_on(school, weekday).values_list("name", "pk"))
        rows = [{"id": ids.get(period.name), **{f: getattr(period, f) for f in FIELDS}} for period in monday]
        keep_periods(school, by=by, weekday=weekday, rows=rows)


def key_of(weekday: int, name: str) -> str:
    """What names a period that no longer stands: `1 7` is period 7 of Monday."""
    return f"{int(weekday)} {name}"


def _on(school: School, weekday: int) -> Any:
    return Period.objects.filter(school=school, weekday=weekday).in_order()


def _given(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in FIELDS}


def _earlier_names(periods: Sequence[Period], *, but: Sequence[dict[str, Any]]) -> set[str]:
    """What these periods were called before: files still name them so. A name that another has now is that one's."""
    if not periods:
        return set()
    history = Period.pgh_event_model.objects.filter(school=periods[0].school_id)  # type: ignore[attr-defined]
    named = history.filter(pgh_obj_id__in=[x.pk for x in periods]).values_list("weekday", "name")
    taken = {row["name"] for row in but}
    return {key_of(day, name) for day, name in named if name not in taken and not name.startswith(ASIDE)}


def _remove(periods: Iterable[Period]) -> None:
    for period in periods:
        try:
            with transaction.atomic():
                period.delete()
        except ProtectedError:
            raise Refused(
                f"{period} is in use by lessons, sessions or entries, so it cannot be removed. "
                "Change its times instead, or end what stands in it first."
            ) from None


def _change(pairs: Sequence[tuple[Period, dict[str, Any]]]) -> None:
    changed = [(period, row) for period, row in pairs if any(getattr(period, f) != row[f] for f in FIELDS)]
    for period, row in changed:
        if row["kind"] != period.kind and is_in_use(period):
            raise Refused(
                f"{period} is in use, so it stays a {period.get_kind_display().lower()}. "
                "End what stands in it first, or add another period."
            )
        # Names are unique on a day, and two periods may swap theirs.
        period.name = f"{ASIDE}{period.pk}"[:20]
    Period.objects.bulk_update([period for period, _ in changed], ["name"])
    for period, row in changed:
        for name, value in _given(row).items():
            setattr(period, name, value)
    Period.objects.bulk_update([period for period, _ in changed], list(FIELDS))


def is_in_use(period: Period) -> bool:
    """Whether anything of any app stands in this period."""
    return bool(in_use([period]))


def in_use(periods: Sequence[Period]) -> list[Period]:
    """Those of one school's periods in which anything of any app stands."""
    used: set[int] = set()
    for key in keys_to_periods() if periods else ():
        standing = key.model._base_manager.filter(
            school=periods[0].school_id, **{f"{key.name}__in": [each.pk for each in periods]}
        )
        used |= set(standing.order_by().values_list(key.attname, flat=True).distinct())
    return [period for period in periods if period.pk in used]
