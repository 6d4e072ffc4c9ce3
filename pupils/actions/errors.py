"""Entered in error: what was written stays, struck through, with who says so and why."""

from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from pupils.models.entries import Entry
from pupils.models.written import Written

from .entries import undo

W = TypeVar("W", bound=Written)


def strike(thing: Any, *, by: Any, why: str, lead: bool) -> None:
    """Mark anything of a timeline as entered in error; `lead` where it is somebody else's."""
    if isinstance(thing, Entry):
        undo(thing, by=by, why=why, lead=lead)
        record(f"{thing._meta.model_name}.in_error", thing, by=by, why=why)
    else:
        mark_in_error(thing, by=by, why=why)


@transaction.atomic
def mark_in_error(thing: W, *, by: Any, why: str) -> W:
    """Strike it through. Doing so twice changes nothing: the first reason stands. Raises Refused without one."""
    if not (why := why.strip()):
        raise Refused("Say in a few words why it was entered in error.")
    thing = type(thing).objects.select_for_update(of=("self",)).get(school=thing.school_id, pk=thing.pk)
    if thing.stands:
        thing.in_error_at, thing.in_error_by, thing.in_error_why = timezone.now(), by, why[:200]
        thing.save(update_fields=["in_error_at", "in_error_by", "in_error_why"])
        record(f"{thing._meta.model_name}.in_error", thing, by=by, why=thing.in_error_why)
    return thing
