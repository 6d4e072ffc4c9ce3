"""Fills a panel's papers from what is stored. The same number of queries for one pupil and for twelve."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.utils import timezone

from iap.schools.calendar import Calendar
from iap.ui.moments import clock
from iap.ui.moments import day as said

from .evidence import BACK, Evidence, evidence_of
from .models import Agrees, Meeting, Referral, Rules, TeacherView
from .pack import Pack, PackPage, PackPart
from .priority import Priority, days_since, first_day, in_order, priorities


def pack_of(meeting: Meeting, *, made_for: str, day: dt.date | None = None) -> Pack:
    """The papers of a meeting as things stand on the day."""
    school, day = meeting.school, day or timezone.localdate()
    listed = list(
        Referral.objects.at([school])
        .filter(agenda_items__meeting=meeting)
        .with_effects()
        .select_related("pupil", "referrer", "override_by")
        .prefetch_related("strategies")
    )
    calendar = Calendar.of(school, min(first_day(listed, day), day - BACK), day)
    evidence = evidence_of(school, [referral.pupil for referral in listed], day, calendar=calendar)
    priority = priorities(listed, day, rules=Rules.of(school), calendar=calendar, evidence=evidence)
    views: dict[int, list[TeacherView]] = defaultdict(list)
    for view in (
        TeacherView.objects.filter(school=school, referral__in=listed)
        .select_related("teacher")
        .order_by("pk")
    ):
        views[view.referral_id].append(view)
    return Pack(
        provision=school.provision.name,
        school=school.name,
        day=meeting.day,
        place=", ".join(part for part in (clock(meeting.starts), meeting.room) if part),
        members=tuple(str(member) for member in meeting.members.all()),
        pages=tuple(
            _page(
                referral,
                evidence[referral.pupil_id],
                priority[referral.pk],
                views[referral.pk],
                days_since(calendar, referral.submitted_at, day),
            )
            for referral in in_order(listed, priority)
        ),
        made_for=made_for,
        made_on=day,
    )


def _page(
    referral: Referral, evidence: Evidence, priority: Priority, views: list[TeacherView], days: int
) -> PackPage:
    pupil = referral.pupil
    post = f", {referral.referrer_post}" if referral.referrer_post else ""
    assert referral.submitted_at is not None and referral.number is not None
    return PackPage(
        number=referral.number,
        name=pupil.full_name,
        year=pupil.year_group,
        days=days,
        facts=_facts(referral),
        referred=f"by {referral.referrer}{post}, on {said(timezone.localdate(referral.submitted_at), weekday=False)}",
        happening=referral.happening,
        goes_well=referral.goes_well,
        pupil_words=referral.pupil_words,
        family=referral.family_views,
        outcomes=referral.outcomes,
        tried=tuple(
            (each.what, f"{each.get_effect_display()}. {each.effect_words}")
            for each in referral.strategies.all()
        ),
        attendance=tuple((said(monday, weekday=False), rate.percent) for monday, rate in evidence.weeks),
        evidence=_evidence(evidence),
        priority=priority.points,
        parts=tuple(PackPart(part.name, part.points, part.of, part.why) for part in priority.parts),
        override=priority.override_words,
        answers=tuple(
            (
                f"{view.teacher}, {view.classes}",
                view.get_going_display().lower(),
                view.works,
                bool(view.back_first),
            )
            for view in views
            if view.answered_at
        ),
        asked=len(views),
    )


def _facts(referral: Referral) -> tuple[str, ...]:
    pupil = referral.pupil
    stage = {"E": "EHC plan", "K": "SEN support"}.get(pupil.sen_stage, "")
    agrees = {Agrees.YES: "Family agrees", Agrees.NO: "Family does not agree"}.get(
        Agrees(referral.family_agrees) if referral.family_agrees else Agrees.NOT_YET, "Family not decided"
    )
    year = f"Year {pupil.year_group}" + (f", {pupil.tutor_group}" if pupil.tutor_group else "")
    care = "In care" if pupil.in_care else ""
    worker = "Social worker" if pupil.social_worker else ""
    return tuple(fact for fact in (year, stage, care, worker, agrees) if fact)


def _evidence(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    def percent(rate: Any) -> str:
        return f"{rate.percent}%" if rate.known else "not known"

    return (
        ("Attendance, 12 weeks", percent(evidence.recent)),
        ("Last year", percent(evidence.last_year)),
        ("Suspensions this year", evidence.suspended_words),
        ("Entries in the school’s log", str(evidence.incidents)),
    )
