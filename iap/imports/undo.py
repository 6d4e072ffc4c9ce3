"""Taking a run back, as long as nothing was built on it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import partial, reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.models import School
from iap.ui.words import listed, plural

from . import after
from .ledger import CHANGED, CREATED, DELETED, fields_of, in_batches
from .models import ImportRun, RunUndone, RunWrite
from .run import one_at_a_time

MOST_SPANS = 200  # in one query
MOST_NAMED = 5  # kinds of record that stand in the way
Spans = list[list[int]]


@transaction.atomic
def undo(run: ImportRun, *, by: Any) -> RunUndone:
    """Put everything back to what it was before the run. Raises Refused with all that stands in the way."""
    school = School.objects.get(pk=run.school_id)
    one_at_a_time(school)
    if RunUndone.objects.filter(school=school, run=run).exists():
        raise Refused("This import has been undone already.")
    if in_the_way := obstacles(run):
        raise Refused(" ".join(in_the_way))
    try:
        with transaction.atomic():
            for write in run.writes.order_by("-position").iterator(1):
                _take_back(school, write)
    except IntegrityError:
        raise Refused("Something was added to what this import brought just now. Look again.") from None
    undone = RunUndone.objects.create(school=school, run=run, by=by)
    record("import.undone", run, by=by)
    transaction.on_commit(partial(after.run, school.pk, frozenset(run.outcome)), robust=True)
    return undone


def obstacles(run: ImportRun) -> list[str]:
    """What stands in the way of undoing, a sentence each; nothing where it can be undone."""
    writes = list(run.writes.all())
    if not writes:
        changed = any(
            run.outcome[kind].get("created") or run.outcome[kind].get("changed") for kind in run.outcome
        )
        return ["What this import wrote is no longer kept, so it cannot be undone."] if changed else []
    created: dict[str, Spans] = defaultdict(list)
    for write in writes:
        if write.what == CREATED:
            created[write.model] += write.rows
    return [
        *_built_on(run, created),
        *_changed_since(run, writes, created),
        *_taken_again(run, writes, created),
    ]


def _built_on(run: ImportRun, created: dict[str, Spans]) -> Iterator[str]:
    """Rows that point to what the run made, and were not made by it."""
    found: Counter[Any] = Counter()
    for label, spans in created.items():
        for key in _keys_to(apps.get_model(label)):
            mine = created.get(key.model._meta.label_lower, [])
            for some in in_batches(spans, MOST_SPANS):
                rows = key.model._base_manager.filter(_within(key.attname, some), school=run.school_id)
                number = rows.exclude(_within("pk", mine)).count() if mine else rows.count()
                if number:
                    found[key.model] += number
    if found:
        named = [_several(model, number) for model, number in found.most_common(MOST_NAMED)]
        if others := len(found) - len(named):
            named.append(plural(others, "other kind of record", "other kinds of record"))
        stands = "stands" if found.total() == 1 else "stand"
        yield f"{listed(named)} {stands} on what this import brought. Undo or remove that first."


def _keys_to(model: type[models.Model]) -> Iterator[Any]:
    """The foreign keys that point to a model, but for those of its history."""
    relations: list[Any] = list(model._meta.get_fields(include_hidden=True))
    for relation in relations:
        points_here = relation.auto_created and not relation.concrete and not relation.many_to_many
        if points_here and not hasattr(relation.field.model, "pgh_id"):
            yield relation.field


def _within(name: str, spans: Iterable[list[int]]) -> Q:
    within = (Q(**{f"{name}__gte": first, f"{name}__lte": last}) for first, last in spans)
    return reduce(or_, within, Q(pk__in=[]))


def _changed_since(run: ImportRun, writes: list[RunWrite], created: dict[str, Spans]) -> Iterator[str]:
    """Rows the run made or changed that somebody, or a later run, has changed again."""
    found: Counter[Any] = Counter()
    for label, spans in created.items():
        model = apps.get_model(label)
        for some in in_batches(spans, MOST_SPANS):
            found[model] += _later_versions(model, run, some)
            there = model._base_manager.filter(_within("pk", some), school=run.school_id).count()
            found[model] += sum(last - first + 1 for first, last in some) - there
    for write in writes:
        if write.what == CHANGED:
            model = apps.get_model(write.model)
            found[model] += _no_longer_as_written(model, run, write.rows)
    later = ImportRun.objects.filter(school=run.school_id, at__gt=run.at, undone=None).exists()
    for model, number in found.items():
        if number:
            have = "has" if number == 1 else "have"
            changed = f"{_several(model, number)} that it wrote {have} changed since"
            yield f"{changed}: undo the later imports first." if later else f"{changed}, by hand."


def _later_versions(model: type[models.Model], run: ImportRun, spans: Spans) -> int:
    """How many of these rows have a version in the history that is younger than the run."""
    history = getattr(model, "pgh_event_model", None)
    if history is None:
        return 0
    rows = history.objects.filter(
        _within("pgh_obj_id", spans), school=run.school_id, pgh_created_at__gt=run.at
    ).exclude(pgh_obj_id__in=_put_back(model, run))
    return rows.values("pgh_obj_id").distinct().count()


def _put_back(model: type[models.Model], run: ImportRun) -> set[int]:
    """The rows that later runs changed and that are as they were again, as those runs were undone."""
    writes = RunWrite.objects.filter(school=run.school_id, model=model._meta.label_lower, what=CHANGED)
    undone = writes.filter(run__at__gt=run.at, run__undone__isnull=False)
    return {key for rows in undone.values_list("rows", flat=True) for key, _ in rows}


def _no_longer_as_written(model: type[models.Model], run: ImportRun, rows: list[Any]) -> int:
    number = 0
    for batch in in_batches(rows):
        things = model._base_manager.filter(school=run.school_id).in_bulk([key for key, _ in batch])
        for key, values in batch:
            new = fields_of(model, {_attname(model, name): value for name, (_, value) in values.items()})
            thing = things.get(key)
            number += thing is None or any(getattr(thing, name) != value for name, value in new.items())
    return number


def _taken_again(run: ImportRun, writes: list[RunWrite], created: dict[str, Spans]) -> Iterator[str]:
    """Rows the run took out whose place somebody else has taken since."""
    for write in writes:
        if write.what == DELETED:
            model = apps.get_model(write.model)
            keys = [row[model._meta.pk.attname] for row in write.rows]  # type: ignore[union-attr]
            if model._base_manager.filter(school=run.school_id, pk__in=keys).exists():
                yield f"{_several(model, 2, counted=False).capitalize()} that it took out are there again."


def _take_back(school: School, write: RunWrite) -> None:
    model = apps.get_model(write.model)
    rows = model._base_manager.filter(school=school)
    if write.what == CREATED:
        for some in in_batches(write.rows, MOST_SPANS):
            # Nothing points to them, as was seen, and the database would refuse if something did.
            rows.filter(_within("pk", some))._raw_delete(rows.db)
    elif write.what == DELETED:
        rows.model._base_manager.bulk_create(model(**fields_of(model, row)) for row in write.rows)
    else:
        for batch in in_batches(write.rows):
            _give_back(rows, batch)


def _give_back(rows: Any, batch: list[Any]) -> None:
    """Old values to rows, those with the same fields together."""
    together: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    things = rows.in_bulk([key for key, _ in batch])
    for key, values in batch:
        old = fields_of(
            rows.model, {_attname(rows.model, name): value for name, (value, _) in values.items()}
        )
        for name, value in old.items():
            setattr(things[key], name, value)
        together[tuple(old)].append(things[key])
    for names, these in together.items():
        rows.model._base_manager.bulk_update(these, names)


def _attname(model: type[models.Model], name: str) -> str:
    return model._meta.get_field(name).attname  # type: ignore[union-attr]


def _several(model: type[models.Model], number: int, *, counted: bool = True) -> str:
    """`1 check-in`, `2 hybrid steps`; a model whose name reads badly says what it is `called`, one and many."""
    one, many = getattr(model, "called", None) or _called(str(model._meta.verbose_name))
    return plural(number, one, many) if counted else many


def _called(name: str) -> tuple[str, str]:
    one = re.sub(r"^(check|hand|follow) (in|off|up)\b", r"\1-\2", name)
    if one.endswith("y") and one[-2] not in "aeiou":
        return one, f"{one[:-1]}ies"
    return one, f"{one}es" if one.endswith(("s", "sh", "ch", "x")) else f"{one}s"
