"""What staff log through the day, kept once however often it is sent.

An entry's UUID is made where it was tapped. The same content under it changes nothing and answers the same;
different content is a Conflict, never a silent loss. All of this runs in the caller's transaction, without which
row security shows nothing; no savepoints, since a tap has to be quick.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, Value
from django.db.models.functions import TruncDay
from django.utils import timezone

from iap.errors import Conflict, Refused
from iap.schools.models import Closure, CycleWeek, Period
from iap.ui.typed import tidied
from pupils.models import CheckIn, CheckInKind, MovementBreak, Note, Placement, Pupil
from pupils.models.entries import Entry

KEPT_OFFLINE = dt.timedelta(days=14)  # how long a tablet may hold an entry before it is sent
FAST_CLOCK = dt.timedelta(minutes=5)  # how far a tablet's clock may be ahead
UNDO_WITHIN = dt.timedelta(minutes=10)  # without a reason
E = TypeVar("E", bound=Entry)


def log_check_in(
    pupil: Pupil,
    *,
    by: Any,
    entry: UUID,
    day: dt.date,
    at: dt.datetime,
    readiness: int,
    kind: str = CheckInKind.BEFORE,
    period: Period | None = None,
    feelings: Sequence[str] = (),
    chips: Sequence[str] = (),
    note: str = "",
) -> CheckIn:
    """How a pupil is. Raises Refused for a day, pupil or face that cannot be, Conflict for a used UUID."""
    if readiness not in range(1, 6):
        raise Refused("Choose one of the five faces.")
    check_in = CheckIn(
        **_common(pupil, by, entry, day, at),
        kind=kind,
        period=period,
        readiness=readiness,
        feelings=list(feelings),
        chips=list(chips),
        note=note.strip(),
    )
    return keep(check_in, pupil)


def log_note(
    pupil: Pupil, *, by: Any, entry: UUID, day: dt.date, at: dt.datetime, text: str, follow_up: bool = False
) -> Note:
    """A sentence or two about the day."""
    text = text.replace("\x00", "").strip()  # no database text holds that character
    if not text:
        raise Refused("Write a few words, or close the note.")
    if len(text) > 2000:
        raise Refused("A note holds 2,000 characters. Shorten it, or write two.")
    return keep(Note(**_common(pupil, by, entry, day, at), text=text, follow_up=follow_up), pupil)


def start_break(pupil: Pupil, *, by: Any, entry: UUID, day: dt.date, at: dt.datetime) -> MovementBreak:
    """A movement break begins. A pupil is on one at a time, and one forgotten on an earlier day is over."""
    if timezone.localdate(at) != day:
        raise Refused("A movement break belongs to the day it is taken on. Write a note instead.")
    _close_forgotten(pupil, day)
    return keep(MovementBreak(**_common(pupil, by, entry, day, at)), pupil)


def end_break(pause: MovementBreak, *, by: Any, at: dt.datetime) -> MovementBreak:
    """The break is over, now at the latest. Ending it twice changes nothing: the first person's end stands."""
    pause = MovementBreak.objects.select_for_update().get(school=pause.school_id, pk=pause.pk)
    if pause.ended_by_id is None and pause.stands:
        pause.ended_at, pause.ended_by = max(min(at, timezone.now()), pause.at), by
        pause.save(update_fields=["ended_at", "ended_by"])
    return pause


def _close_forgotten(pupil: Pupil, day: dt.date) -> None:
    """Breaks left running on earlier days end with their day. Nobody ended them, so nobody is named."""
    running = MovementBreak.objects.filter(school=pupil.school_id, pupil=pupil, ended_at=None, day__lt=day)
    midnight = TruncDay("at") + Value(dt.timedelta(days=1))
    running.standing().update(ended_at=midnight)


def undo(entry: E, *, by: Any, now: dt.datetime | None = None, why: str = "", lead: bool = False) -> E:
    """Take an entry back; it is kept and marked. Undoing twice changes nothing.

    For ten minutes who tapped it needs no reason. Later they say why, and so does the `lead`, who may always.
    """
    entry = type(entry).objects.select_for_update().get(school=entry.school_id, pk=entry.pk)
    if not entry.stands:
        return entry
    now, why, mine = now or timezone.now(), " ".join(tidied(why).split()), entry.by_id == by.pk
    if not (mine or lead):
        raise Refused("A colleague logged this. They can undo it, or the lead can.")
    if not why and not mine:
        raise Refused("Say in a few words why it was entered in error.")
    if not why and now - entry.saved_at > UNDO_WITHIN:
        raise Refused(
            "This was logged more than ten minutes ago. On the pupil’s timeline you can say why it was "
            "entered in error."
        )
    entry.undone_at, entry.undone_by, entry.undone_why = now, by, why[:200]
    entry.save(update_fields=["undone_at", "undone_by", "undone_why"])
    return entry


def _common(pupil: Pupil, by: Any, entry: UUID, day: dt.date, at: dt.datetime) -> dict[str, Any]:
    return {"school_id": pupil.school_id, "pupil": pupil, "by": by, "entry": entry, "day": day, "at": at}


def keep(entry: E, pupil: Pupil) -> E:
    """Store the entry once, and give back what is stored under its UUID.

    The database decides between two that arrive together, so neither waits for a lock it does not need.
    """
    if not _is_known(entry, pupil):
        type(entry).objects.bulk_create([entry], ignore_conflicts=True)
    stored = type(entry).objects.filter(school=entry.school_id, entry=entry.entry).first()
    if stored is None:  # a rule of its own kept it out: only a second running break can be
        raise Refused(f"{pupil.known_as} is already on a movement break.")
    if any(getattr(stored, name) != getattr(entry, name) for name in entry.CONTENT):
        raise Conflict("This entry was kept before with other content. What was kept first stands.")
    return stored


def _is_known(entry: Entry, pupil: Pupil) -> bool:
    """Whether its UUID is stored already. Raises Refused for a new one that cannot be: one query."""
    school, monday = entry.school_id, entry.day - dt.timedelta(days=entry.day.weekday())
    found = Pupil.objects.filter(school=school, pk=pupil.pk).annotate(
        known=Exists(type(entry).objects.filter(school=school, entry=entry.entry)),
        placed=Exists(Placement.objects.filter(school=school, pupil=pupil).open_on(entry.day)),
        open_week=Exists(CycleWeek.objects.filter(school=school, monday=monday)),
        closed=Exists(Closure.objects.filter(school=school, day=entry.day)),
    )
    asked = found.values("known", "placed", "open_week", "closed", "left_on").get()
    if asked["known"]:
        return True
    _refuse_if_out_of_time(entry)
    if asked["closed"] or not asked["open_week"] or entry.day.weekday() > 4:
        raise Refused("The school is closed on that day. Choose a school day.")
    if asked["left_on"] is not None and asked["left_on"] <= entry.day:
        raise Refused(f"{pupil.known_as} had left the school by that day, so nothing was kept.")
    if not asked["placed"]:
        raise Refused(f"{pupil.known_as} has no place here on that day, so nothing was kept.")
    return False


def _refuse_if_out_of_time(entry: Entry) -> None:
    now = timezone.now()
    if entry.day > timezone.localdate(now) or entry.at > now + FAST_CLOCK:
        raise Refused("That day has not come yet. Choose today or an earlier day.")
    if now - entry.at > KEPT_OFFLINE or timezone.localdate(now) - entry.day > KEPT_OFFLINE:
        raise Refused("That is more than two weeks ago. Write it on the pupil’s page as a note of today.")
