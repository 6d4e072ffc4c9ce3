"""Find room: when each pupil who waits could start, counting on the steps forward that the lead ticks."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from iap.audit.models import log_read
from iap.schools.access import only
from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Role
from referrals.models import Rules
from referrals.queue import queue_of
from referrals.rooms.line import line_of
from referrals.rooms.question import Question
from timetables.find_room import solve
from timetables.measures.forecast import weeks_ahead
from timetables.supported import supported

from .capacity import HORIZON, WEEKS

PATIENCE = 4.0  # seconds that a page may be searched for


@only(Role.LEAD)
@require_GET
def room(request: Any) -> HttpResponse:
    """The steps forward that are supported now, to tick; then a start for each pupil in line, or what is in the way.

    Nothing is saved. Each start leads to the referral, where the place is offered.
    """
    school, today = request.school, timezone.localdate()
    calendar = Calendar.of(school, today, today + HORIZON)
    ahead = weeks_ahead(school, monday_of(today), today + HORIZON, calendar=calendar, most=WEEKS + 1)
    weeks = [week for week in ahead if week.monday > today][:WEEKS]
    line = line_of(school, queue_of(school, today), today)
    forwards, not_now = supported(school, today)
    ticked = set(request.GET.getlist("count"))
    chosen = [each for each in forwards if each.key in ticked]
    wanted = Rules.of(school).sessions_a_week
    question = Question(tuple(weeks), tuple(line), tuple(chosen), wanted, calendar)
    log_read(
        request, "find-room", [each.pupil for each in line] + [each.placement.pupil for each in forwards]
    )
    context = {
        "line": line,
        "weeks": weeks,
        "wanted": wanted,
        "forwards": [(each, each.key in ticked) for each in forwards],
        "not_now": not_now,
        "asked": "find" in request.GET and bool(line) and bool(question.sessions),
        "has_sessions": bool(question.sessions),
    }
    if context["asked"]:
        answer = solve(question.problem(), limit=PATIENCE)
        context |= {
            "answer": answer,
            "starts": question.starts(answer),
            "reasons": question.reasons(answer),
        }
    return render(request, "referrals/room.html", context)
