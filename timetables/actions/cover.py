"""Cover of a session for a day: who is away, and who comes; noted, and taken back."""

import datetime as dt
from typing import Any

from django.db import transaction

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.calendar import Calendar
from iap.schools.models import Period, StaffMember
from iap.ui.moments import day as said
from timetables.clashes import clash_on, with_lessons
from timetables.models import Cover, IapSession, LessonCover, SessionRole, SessionStaff

from .locks import lock_slot, locked
from .staffing import at_the_same_time, refuse_who_is_no_teacher


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
    session = locked(session)
    lock_slot(session.school_id, session.period)
    if adult is None and covered_by is None:
        raise Refused("Choose who is away or who comes.")
    if role not in SessionRole.values:
        raise Refused("Choose whether they are the qualified teacher or support.")
    _refuse_a_day_without(session, day)
    if role == SessionRole.QT and covered_by is not None:
        refuse_who_is_no_teacher(covered_by)
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


@transaction.atomic
def take_back_cover(cover: Cover, *, by: Any) -> None:
    """What was noted for a day is not so: who was away is there, and who was to come is not. Its history is kept.

    Raises Refused where who was away covers another session at that time by now.
    """
    session = locked(cover.session)
    lock_slot(session.school_id, session.period)
    noted = Cover.objects.filter(school=cover.school_id, pk=cover.pk).select_related("adult").first()
    if noted is None:
        raise Refused("Somebody has taken this back already.")
    that_day = Cover.objects.filter(school=cover.school_id, day=noted.day).exclude(pk=noted.pk)
    if noted.adult is not None:
        _refuse_covering(that_day, noted.adult, session.week, session.period, "Take that back first.")
    noted.delete()
    record(
        "session.cover_taken_back",
        session,
        by=by,
        day=str(noted.day),
        adult=noted.adult_id,
        covered_by=noted.covered_by_id,
    )


def _lesson_meanwhile(cover: Cover) -> str:
    """A sentence where who comes teaches a mainstream lesson then."""
    label = Calendar.of(cover.session.school, cover.day, cover.day).week_label(cover.day)
    covers = with_lessons(Cover.objects.filter(school=cover.school_id), cover.day, adult="covered_by")
    clash = clash_on(covers.get(pk=cover.pk), cover.covered_by, cover.day, label)
    return f"{clash}. The cover is noted; arrange who takes that lesson." if clash else ""


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
    refuse_who_is_in_a_session(adult, day, session.week, session.period)
    lessons = LessonCover.objects.filter(school=session.school_id, day=day, covered_by=adult)
    lesson = lessons.filter(
        lesson__period__starts__lt=session.period.ends, lesson__period__ends__gt=session.period.starts
    ).first()
    if lesson is not None:
        raise Refused(f"{adult} takes {lesson.lesson.mainstream_class} at that time. Choose somebody else.")


def refuse_who_is_in_a_session(adult: StaffMember, day: dt.date, week: str, period: Period) -> None:
    """Refuse who on that day is in a session in that slot, unless it is noted that they are away from it."""
    that_day = Cover.objects.filter(school=adult.school_id, day=day)
    staffed = SessionStaff.objects.valid_on(day).filter(school=adult.school_id, adult=adult)
    released = that_day.filter(adult=adult).values("session")
    held = at_the_same_time(staffed, week, period).exclude(session__in=released)
    other = held.select_related("session").first()
    if other is not None:
        raise Refused(f"{adult} is in {other.session} at that time. Choose somebody else.")
    _refuse_covering(that_day, adult, week, period, "Choose somebody else.")


def _refuse_covering(that_day: Any, adult: StaffMember, week: str, period: Period, do: str) -> None:
    """Refuse while by the cover of that day the adult is in a session in that slot."""
    covering = at_the_same_time(that_day.filter(covered_by=adult), week, period)
    other = covering.select_related("session").first()
    if other is not None:
        raise Refused(f"{adult} is in {other.session} at that time. {do}")
