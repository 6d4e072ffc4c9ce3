"""Room plan and capacity: places used by session, weeks ahead, and what if pupils who wait began."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from iap.audit.models import log_read
from iap.schools.access import only
from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Role
from referrals.ahead import ahead_chart
from referrals.heat import Heat, glance, heat_of
from referrals.models import Referral, Rules
from referrals.queue import WAITING_STATES
from referrals.rooms.line import stays_in_mainstream
from referrals.what_if import Answer, Wish, first_weeks, what_if
from timetables.apart import kept_apart
from timetables.measures.forecast import WeekAhead, weeks_ahead

WEEKS = 12
HORIZON = dt.timedelta(weeks=20)  # in which twelve school weeks lie, holidays included


@only(Role.LEAD, Role.LEADER)
@require_GET
def capacity(request: Any) -> HttpResponse:
    """One week as a heat map, twelve ahead; ticked pupils are added to it, and nothing is saved."""
    school, today = request.school, timezone.localdate()
    waiting = list(
        Referral.objects.at([school])
        .filter(state__in=WAITING_STATES)
        .select_related("pupil")
        .order_by("submitted_at", "pk")
    )
    since = min(map(_decided, waiting), default=today)
    calendar = Calendar.of(school, since, today + HORIZON)
    weeks = weeks_ahead(school, monday_of(today), today + HORIZON, calendar=calendar, most=WEEKS)
    week = _chosen(request, weeks, today)
    rules = Rules.of(school)
    wishes = _wishes(school, waiting, rules.sessions_a_week)
    ticked = _ticked(request)
    chosen = [wish for wish, referral in zip(wishes, waiting, strict=True) if referral.uuid in ticked]
    answer = what_if(week, chosen) if week else Answer()
    over = answer.over(week) if week else []
    firsts = first_weeks([each for each in weeks if each.monday > today], wishes)
    log_read(request, "capacity", [referral.pupil for referral in waiting])
    context = {
        "week": week,
        "weeks": weeks,
        "heat": heat_of(week, answer) if week else Heat(),
        "glance": glance(week) if week else {},
        "ahead": ahead_chart(weeks),
        "rows": [
            (
                referral,
                referral.uuid in ticked,
                calendar.school_days_between(_decided(referral), today),
                firsts[wish.pupil],
            )
            for referral, wish in zip(waiting, wishes, strict=True)
        ],
        "chosen": chosen,
        "slots": rules.sessions_a_week,
        "answer": answer,
        "over": over,
        "fits": len(week.occurrences) - len(over) if week else 0,
        "short": answer.short,
        "uncovered": [each for each in week.occurrences if each.needs_cover and each.day >= today]
        if week
        else [],
        "before": _beside(weeks, week, -1),
        "after": _beside(weeks, week, 1),
        "places": school.provision.places,
        "today": today,
        "may_find": Role.LEAD in request.roles,
        "may_staff": bool({Role.LEAD, Role.SENCO} & request.roles),
    }
    return render(request, "referrals/capacity.html", context)


def _chosen(request: Any, weeks: list[WeekAhead], today: dt.date) -> WeekAhead | None:
    try:
        day = parse_date(request.GET.get("week", "")) or today
    except ValueError:
        day = today
    return next((week for week in weeks if week.monday >= monday_of(day)), weeks[0] if weeks else None)


def _beside(weeks: list[WeekAhead], week: WeekAhead | None, by: int) -> dt.date | None:
    if week is None:
        return None
    at = weeks.index(week) + by
    return weeks[at].monday if 0 <= at < len(weeks) else None


def _ticked(request: Any) -> set[UUID]:
    found = set()
    for value in request.GET.getlist("p"):
        try:
            found.add(UUID(value))
        except ValueError:
            continue
    return found


def _decided(referral: Referral) -> dt.date:
    return timezone.localdate(referral.decided_at or referral.submitted_at)


def _wishes(school: Any, waiting: list[Referral], slots: int) -> list[Wish]:
    """What each pupil who waits would begin with, from whom they are kept apart, and which lessons stay."""
    pupils = [each.pupil_id for each in waiting]
    apart, stays = kept_apart(school, pupils), stays_in_mainstream(school, pupils, timezone.localdate())
    return [
        Wish(each.pupil_id, each.pupil.known_as, slots, apart[each.pupil_id], stays[each.pupil_id])
        for each in waiting
    ]
