"""Sessions of the provision, the adults in them, and cover for a day."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.calendar import Calendar
from iap.schools.models import Period, School, StaffMember
from iap.ui.moments import day as said
from iap.ui.words import listed
from timetables.clashes import clash_from, clash_on, with_lessons
from timetables.measures.places import most_taken, pupils_placed
from timetables.models import Cover, IapSession, SessionRole, SessionStaff, Strand

from .slots import name_of, places_by_default


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
    session = _locked(session)
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
    """End a session: `ends_on` is the first day without it.

    Raises Refused, naming the pupils, while a step places somebody in it on that day or later.
    """
    session = _locked(session)
    if session.valid_to is not None and session.valid_to <= ends_on:
        raise Refused(f"{session} already ends on {said(session.valid_to)}.")
    if ends_on < (today or timezone.localdate()):
        raise Refused("A session ends today or later: the past keeps its sessions.")
    if ends_on <= session.valid_from:
        raise Refused(f"{session} begins on {said(session.valid_from)}. Choose a day after that.")
    placed = list(dict.fromkeys(row.step.pupil.full_name for row in pupils_placed(session, ends_on)))
    if placed:
        raise Refused(
            f"{listed(placed)} {'is' if len(placed) == 1 else 'are'} placed in {session} on {said(ends_on)} "
            "or later. Publish a step for each of them first, then end the session."
        )
    for row in SessionStaff.objects.standing_from(ends_on).filter(session=session):
        _end_staffing(row, ends_on)
    session.valid_to = ends_on
    session.save(update_fields=["valid_to"])
    record("session.ended", session, by=by, ends_on=str(ends_on))
    return session


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
    session = _locked(session)
    lock_slot(session.school_id, session.period)
    if adult.school_id != session.school_id:
        raise Refused("Choose somebody who works at this school.")
    if role not in SessionRole.values:
        raise Refused("Choose whether they are the qualified teacher or support.")
    if adult.left_on is not None and adult.left_on <= valid_from:
        raise Refused(f"{adult} left on {said(adult.left_on)}. Choose somebody else.")
    if role == SessionRole.QT and not adult.qualified:
        raise Refused(
            f"{adult} is not recorded as a qualified teacher. Choose support, or correct the staff list."
        )
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
    _locked(staffing.session)
    row = SessionStaff.objects.select_related("adult").get(school=staffing.school_id, pk=staffing.pk)
    if row.valid_to is not None and row.valid_to <= ends_on:
        raise Refused(f"{row.adult} already leaves this session on {said(row.valid_to)}.")
    _end_staffing(row, ends_on)
    record("session.staffing_ended", staffing.session, by=by, adult=row.adult_id, ends_on=str(ends_on))


@transaction.atomic
def note_cover(
    session: IapSession,
    *,
    by: Any,
    day: dt.date,
    adult: StaffMember | None = None,
    covered_by: StaffMember | None = None,
    role: str,
) -> Cover:
    """On one day an adult is away, and `covered_by` comes or nobody does; without `adult`, one more comes.

    What is noted carries a `warning` where `covered_by` teaches a mainstream lesson then: that is no refusal,
    since somebody may take the lesson.
    """
    session = _locked(session)
    lock_slot(session.school_id, session.period)
    if adult is None and covered_by is None:
        raise Refused("Choose who is away or who comes.")
    if role not in SessionRole.values:
        raise Refused("Choose whether they are the qualified teacher or support.")
    _refuse_a_day_without(session, day)
    here = {row.adult_id for row in SessionStaff.objects.valid_on(day).filter(session=session)}
    away = set(
        Cover.objects.filter(school=session.school_id, session=session, day=day).values_list(
            "adult", flat=True
        )
    )
    if adult is not None and adult.pk not in here:
        raise Refused(f"{adult} is not in {session} on {said(day)}.")
    if adult is not None and adult.pk in away:
        raise Refused(f"It is already noted that {adult} is away on {said(day)}.")
    if covered_by is not None:
        _refuse_cover_who_cannot(session, day, covered_by, here)
    cover = Cover.objects.create(
        school_id=session.school_id,
        session=session,
        day=day,
        adult=adult,
        covered_by=covered_by,
        role=role,
        week=session.week,
        period=session.period,
    )
    record(
        "session.covered",
        session,
        by=by,
        day=str(day),
        adult=adult and adult.pk,
        covered_by=covered_by and covered_by.pk,
    )
    cover.warning = _lesson_meanwhile(cover) if covered_by else ""
    return cover


def _refuse_a_lesson_meanwhile(row: SessionStaff) -> None:
    rows = with_lessons(SessionStaff.objects.filter(school=row.school_id), row.valid_from)
    clash = clash_from(rows.select_related("adult").get(pk=row.pk), row.valid_from)
    if clash is not None:
        raise TeachesThen(f"{clash} ({name_of(row.week, row.period)}). Choose somebody else.")


def _lesson_meanwhile(cover: Cover) -> str:
    """A sentence where who comes teaches a mainstream lesson then."""
    label = Calendar.of(cover.session.school, cover.day, cover.day).week_label(cover.day)
    covers = with_lessons(Cover.objects.filter(school=cover.school_id), cover.day, adult="covered_by")
    clash = clash_on(covers.get(pk=cover.pk), cover.covered_by, cover.day, label)
    return f"{clash}. The cover is noted; arrange who takes that lesson." if clash else ""


def lock_slot(school: Any, period: Period) -> None:
    """Hold the school's periods of that weekday, so that staffing at that time is decided one by one."""
    held = Period.objects.select_for_update(no_key=True).filter(school=school, weekday=period.weekday)
    list(held.order_by("pk").values_list("pk", flat=True))


def busy(adult: StaffMember, session: IapSession, valid_from: dt.date) -> Any:
    """Where the adult is in a session at the same time, on that day or later while both run."""
    rows = SessionStaff.objects.standing_from(valid_from).filter(school=session.school_id, adult=adult)
    if session.valid_to is not None:
        rows = rows.filter(valid_from__lt=session.valid_to)
    return _at_the_same_time(rows, session).select_related("session", "period")


def _at_the_same_time(rows: Any, session: IapSession) -> Any:
    period = session.period
    if session.week:
        rows = rows.filter(week__in=["", session.week])
    return rows.filter(
        period__weekday=period.weekday, period__starts__lt=period.ends, period__ends__gt=period.starts
    )


def _refuse_a_day_without(session: IapSession, day: dt.date) -> None:
    calendar = Calendar.of(session.school, day, day)
    runs = session.is_valid_on(day) and day.isoweekday() == session.period.weekday
    if not runs or not calendar.is_open(day) or session.week not in {"", calendar.week_label(day)}:
        raise Refused(f"{session} does not run on {said(day)}. Choose a day on which it does.")


def _refuse_cover_who_cannot(session: IapSession, day: dt.date, adult: StaffMember, here: set[int]) -> None:
    if adult.school_id != session.school_id:
        raise Refused("Choose somebody who works at this school.")
    if adult.left_on is not None and adult.left_on <= day:
        raise Refused(f"{adult} left on {said(adult.left_on)}. Choose somebody else.")
    if adult.pk in here:
        raise Refused(f"{adult} is in this session already. Choose somebody else.")
    that_day = Cover.objects.filter(school=session.school_id, day=day)
    released = that_day.filter(adult=adult).values("session")
    elsewhere = _at_the_same_time(
        SessionStaff.objects.valid_on(day).filter(school=session.school_id, adult=adult), session
    ).exclude(session__in=released)
    covering = _at_the_same_time(that_day.filter(covered_by=adult), session)
    for rows in (elsewhere, covering):
        other = rows.select_related("session").first()
        if other is not None:
            raise Refused(f"{adult} is in {other.session} at that time. Choose somebody else.")


def _end_staffing(row: SessionStaff, ends_on: dt.date) -> None:
    if row.valid_from >= ends_on:
        row.delete()
    else:
        row.valid_to = ends_on
        row.save(update_fields=["valid_to"])


def _locked(session: IapSession) -> IapSession:
    return (
        IapSession.objects.select_for_update(no_key=True, of=("self",))
        .select_related("school", "period")
        .get(school=session.school_id, pk=session.pk)
    )


def _refuse_a_number(places: int | None) -> None:
    if places is not None and not 1 <= places <= 30:
        raise Refused("Enter between 1 and 30 places.")
