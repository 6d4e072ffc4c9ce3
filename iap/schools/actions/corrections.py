"""What people set on things that the school's own system also says, so that the next import knows of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from iap.audit.models import record
from iap.schools.models import Correction, School

Fields = Mapping[Any, Iterable[str]]  # names of fields, by the key of the thing they are of


def keep(school: School, *, by: Any, model: Any, fields: Fields) -> None:
    """Keep that somebody has set these fields here. Call in the transaction that sets them."""
    Correction.objects.bulk_create(
        [
            Correction(school=school, model=model._meta.label_lower, key=str(key), field=name, by=by)
            for key, names in fields.items()
            for name in names
        ],
        update_conflicts=True,
        unique_fields=["school", "model", "key", "field"],
        update_fields=["by", "at"],
    )


def forget(school: School, *, model: Any, keys: Iterable[str], field: str) -> None:
    """What was set on these things is undone here, so nothing is left that an import would have to keep."""
    Correction.objects.filter(school=school).of(model._meta.label_lower, list(keys), [field]).delete()


@transaction.atomic
def correct(thing: Any, *, by: Any, changes: Mapping[str, Any]) -> list[str]:
    """Set fields of a thing whose other fields an import brings. Gives the names of those that differed."""
    model = type(thing)
    held = model.objects.select_for_update().get(school=thing.school_id, pk=thing.pk)
    different = [name for name, value in changes.items() if getattr(held, name) != value]
    for name in different:
        setattr(held, name, changes[name])
    if different:
        held.save(update_fields=different)
        keep(thing.school, by=by, model=model, fields={held.pk: different})
        record(f"{model._meta.model_name}.corrected", held, by=by, fields=different)
    return different


@transaction.atomic
def let_go(correction: Correction, *, by: Any) -> None:
    """Let the school's own system say this field again; it stays as it is until the next import."""
    record("correction.let_go", correction, by=by, model=correction.model, field=correction.field)
    correction.delete()
