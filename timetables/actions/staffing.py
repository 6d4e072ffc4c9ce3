"""The adults of a session, from a day on."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.models import Period, StaffMember
from iap.ui.moments import day as said
from timetables.clashes import clash_from, with_lessons
from timetables.models import IapSession, SessionRole, SessionStaff

from .locks import lock_slot, locked
from .slots import name_of


class TeachesThen(Refused):
    """They teach a mainstream lesson at that time; it may be meant, where somebody else takes the lesson."""


@transaction.atomic
def staff_session(
    session: IapSession,
    *,
    by: Any,
    adult: StaffMember,
    role: str,
    valid_from: dt.date,
    teaches_then: bool = False,
) -> SessionStaff:
    """An adult joins a session from a day on.

    Raises Refused while they are in another session at that time; a session of every week clashes with those
    of weeks A and B, and so do periods whose times overlap. Raises TeachesThen while they teach a mainstream
    lesson at that time, unless that is meant (`teaches_then`).
    """
    session = locked(session)
    lock_slot(session.school_id, session.period)
    if adult.school_id != session.school_id:
        raise Refused("Choose somebody who works at this school.")
    if role not in SessionRole.values:
        raise Refused("Choose whether they are the qualified teacher or support.")
    if adult.left_on is not None and adult.left_on <= valid_from:
        raise Refused(f"{adult} left on {said(adult.left_on)}. Choose somebody else.")
    if role == SessionRole.QT:
        refuse_who_is_no_teacher(adult)
    if valid_from < session.valid_from or not session.is_valid_on(valid_from):
        raise Refused(f"{session} does not run on {said(valid_from)}. Choose a day on which it does.")
    clash = busy(adult, session, valid_from).first()
    if clash is not None:
        also = (
            "already in this session"
            if clash.session_id == session.pk
            else f"in {clash.session} at that time"
        )
        raise Refused(
            f"{adult} is {also} ({name_of(clash.week, clash.period)}). "
            "Choose somebody else, or end that first."
        )
    row = SessionStaff.objects.create(
        school_id=session.school_id,
        session=session,
        adult=adult,
        role=role,
        week=session.week,
        period=session.period,
        valid_from=valid_from,
        valid_to=session.valid_to,
    )
    if not teaches_then:
        _refuse_a_lesson_meanwhile(row)
    record(
        "session.staffed",
        session,
        by=by,
        adult=adult.pk,
        role=role,
        valid_from=str(valid_from),
        teaches_then=teaches_then,
    )
    return row


@transaction.atomic
def end_staffing(staffing: SessionStaff, *, by: Any, ends_on: dt.date, today: dt.date | None = None) -> None:
    """The adult leaves the session: `ends_on` is the first day without them."""
    if ends_on < (today or timezone.localdate()):
        raise Refused("Choose today or a later day: the past keeps who was there.")
    locked(staffing.session)
    row = SessionStaff.objects.select_related("adult").get(school=staffing.school_id, pk=staffing.pk)
    if row.valid_to is not None and row.valid_to <= ends_on:
        raise Refused(f"{row.adult} already leaves this session on {said(row.valid_to)}.")
    leave(row, ends_on)
    record("session.staffing_ended", staffing.session, by=by, adult=row.adult_id, ends_on=str(ends_on))


def refuse_who_is_no_teacher(adult: StaffMember) -> None:
    """Refuse whom the staff record does not call qualified."""
    if not adult.qualified:
        raise Refused(
            f"{adult} is not recorded as a qualified teacher. Choose support, or correct the staff list."
        )


def busy(adult: StaffMember, session: IapSession, valid_from: dt.date) -> Any:
    """Where the adult is in a session at the same time, on that day or later while both run."""
    rows = SessionStaff.objects.standing_from(valid_from).filter(school=session.school_id, adult=adult)
    if session.valid_to is not None:
        rows = rows.filter(valid_from__lt=session.valid_to)
    return at_the_same_time(rows, session.week, session.period).select_related("session", "period")


def at_the_same_time(rows: Any, week: str, period: Period) -> Any:
    """Those of some staffing or cover whose slot shares time with this one; without a `week`, in any week."""
    if week:
        rows = rows.filter(week__in=["", week])
    return rows.filter(
        period__weekday=period.weekday, period__starts__lt=period.ends, period__ends__gt=period.starts
    )


def leave(row: SessionStaff, ends_on: dt.date) -> None:
    """End the adult's part; nothing is left of one that would not have begun."""
    if row.valid_from >= ends_on:
        row.delete()
    else:
        row.valid_to = ends_on
        row.save(update_fields=["valid_to"])


def _refuse_a_lesson_meanwhile(row: SessionStaff) -> None:
    rows = with_lessons(SessionStaff.objects.filter(school=row.school_id), row.valid_from)
    clash = clash_from(rows.select_related("adult").get(pk=row.pk), row.valid_from)
    if clash is not None:
        raise TeachesThen(f"{clash} ({name_of(row.week, row.period)}). Choose somebody else.")
