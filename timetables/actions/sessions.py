"""Sessions of the provision: set up, changed, ended."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.models import Period, School
from iap.ui.moments import day as said
from iap.ui.words import listed
from timetables.measures.places import most_taken, pupils_placed
from timetables.models import Cover, IapSession, SessionStaff, Strand

from .locks import locked
from .slots import name_of, places_by_default
from .staffing import leave


@transaction.atomic
def set_up_session(
    school: School,
    *,
    by: Any,
    week: str,
    period: Period,
    title: str,
    strand: str,
    room: str = "",
    places: int | None = None,
    valid_from: dt.date,
) -> IapSession:
    """A session in one slot of the cycle from a day on. Without `places` it holds the provision's number."""
    if week not in school.weeks:
        raise Refused(
            "Choose week A or week B; a session of both weeks is set up in each."
            if school.cycle_weeks == 2
            else "This school’s timetable has one week."
        )
    if period.school_id != school.pk:
        raise Refused("Choose a period of this school.")
    if not title.strip():
        raise Refused("Give the session a name.")
    if strand not in Strand.values:
        raise Refused("Choose the session’s strand.")
    _refuse_a_number(places)
    session = IapSession.objects.create(
        school=school,
        week=week,
        period=period,
        title=title.strip(),
        strand=strand,
        room=room.strip(),
        places=places,
        valid_from=valid_from,
    )
    record("session.set_up", session, by=by, slot=name_of(week, period), valid_from=str(valid_from))
    return session


@transaction.atomic
def change_session(
    session: IapSession,
    *,
    by: Any,
    title: str,
    strand: str,
    room: str = "",
    places: int | None = None,
    today: dt.date | None = None,
) -> IapSession:
    """Rename a session or change its strand, room or places. Its slot stays: end it and set up another."""
    session = locked(session)
    _refuse_a_number(places)
    if not title.strip():
        raise Refused("Give the session a name.")
    limit = places or places_by_default(session.school_id)
    before = session.places or places_by_default(session.school_id)
    taken = most_taken(session.school_id, [session.pk], today or timezone.localdate()).get(session.pk, 0)
    if limit < before and taken > limit:
        raise Refused(
            f"{taken} pupils are placed in this session. Give it {taken} places, "
            "or publish their steps first."
        )
    session.title, session.strand, session.room, session.places = title.strip(), strand, room.strip(), places
    session.save(update_fields=["title", "strand", "room", "places"])
    record("session.changed", session, by=by)
    return session


@transaction.atomic
def end_session(
    session: IapSession, *, by: Any, ends_on: dt.date, today: dt.date | None = None
) -> IapSession:
    """End a session: `ends_on` is the first day without it, its adults and its cover.

    Raises Refused, naming the pupils, while a step places somebody in it on that day or later.
    """
    session = locked(session)
    if session.valid_to is not None and session.valid_to <= ends_on:
        raise Refused(f"{session} already ends on {said(session.valid_to)}.")
    if ends_on < (today or timezone.localdate()):
        raise Refused("A session ends today or later: the past keeps its sessions.")
    if ends_on <= session.valid_from:
        raise Refused(f"{session} begins on {said(session.valid_from)}. Choose a day after that.")
    placed = list(dict.fromkeys(each.pupil.full_name for each in pupils_placed(session, ends_on)))
    if placed:
        raise Refused(
            f"{listed(placed)} {'is' if len(placed) == 1 else 'are'} placed in {session} on {said(ends_on)} "
            "or later. Publish a step for each of them first, then end the session."
        )
    for row in SessionStaff.objects.standing_from(ends_on).filter(session=session):
        leave(row, ends_on)
    Cover.objects.filter(school=session.school_id, session=session, day__gte=ends_on).delete()
    session.valid_to = ends_on
    session.save(update_fields=["valid_to"])
    record("session.ended", session, by=by, ends_on=str(ends_on))
    return session


def _refuse_a_number(places: int | None) -> None:
    if places is not None and not 1 <= places <= 30:
        raise Refused("Enter between 1 and 30 places.")
