"""How ready a receiving lesson is, and work that goes to a pupil and comes back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.ui.typed import tidied
from pupils.actions.days import locked
from pupils.actions.entries import keep
from pupils.models import Pupil
from timetables.models import MainstreamClass, RoomReadiness, RoomStep, WorkKind, WorkMove
from timetables.models.rooms import ROOM, ROOM_AREAS


@transaction.atomic
def look_at_room(
    pupil: Pupil, group: MainstreamClass, *, by: Any, steps: Mapping[str, int], next_change: str = ""
) -> RoomReadiness:
    """Keep the five areas of a class as this person sees them today; their own look of today is put right.

    What it said before stays in the history.
    """
    for name in ROOM_AREAS:
        if steps.get(name) not in RoomStep.values:
            raise Refused(f"{ROOM[name][0]}: choose one of the four.")
    if group.school_id != pupil.school_id:
        raise Refused("Choose a class of this school.")
    today = timezone.localdate()
    pupil = locked(pupil)
    words = {name: steps[name] for name in ROOM_AREAS} | {"next_change": tidied(next_change)[:160]}
    mine = RoomReadiness.objects.filter(
        school=pupil.school_id, pupil=pupil, mainstream_class=group, by=by, day=today
    ).standing()
    held = mine.first()
    if held is None:
        held = RoomReadiness.objects.create(
            school_id=pupil.school_id, pupil=pupil, mainstream_class=group, by=by, day=today, **words
        )
    else:
        for name, value in words.items():
            setattr(held, name, value)
        held.save(update_fields=list(words))
    record("room.looked_at", held, by=by, mainstream_class=group.name)
    return held


def log_work(
    pupil: Pupil, group: MainstreamClass, *, by: Any, entry: UUID, day: dt.date, at: dt.datetime, kind: str
) -> WorkMove:
    """Work of a class was sent, or came back. Kept once however often it is tapped."""
    if kind not in WorkKind.values:
        raise Refused("Tap “Work sent” or “Work came back”.")
    move = WorkMove(
        school_id=pupil.school_id,
        pupil=pupil,
        by=by,
        entry=entry,
        day=day,
        at=at,
        mainstream_class=group,
        kind=kind,
    )
    return keep(move, pupil)
