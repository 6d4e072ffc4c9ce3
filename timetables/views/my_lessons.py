"""For a teacher: who comes to which of my lessons, what helps, what was agreed, and how it went. No more."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import only
from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Role, StaffMember
from iap.ui.fragments import wants_fragment
from iap.ui.words import plural
from pupils.access import pupil_or_404
from pupils.actions import entries
from pupils.models import Pupil
from timetables.actions.feedback import log_feedback
from timetables.actions.returns import note_change, note_read
from timetables.models import AgreedChange, ChangeState, ClassReturn, LessonFeedback
from timetables.passports import asked_of
from timetables.returning import returning_to
from timetables.taken import lessons_taken
from timetables.taps import entry_of, moment_of, uuid_of
from timetables.visits import BACK, Visit, fold, visit_of, visits_in_week, week_of

AHEAD = dt.timedelta(weeks=5)


@only(Role.TEACHER)
def my_lessons(request: Any) -> HttpResponse:
    """The lessons of this week, or of the next school week: today's first, and folded what asks for nothing."""
    return render(request, "timetables/my_lessons.html", _page(request, timezone.localdate()))


def _page(request: Any, today: dt.date, typed: dict[str, Any] | None = None) -> dict[str, Any]:
    school = request.school
    calendar = Calendar.of(school, today - BACK, today + AHEAD)
    monday = week_of(today, calendar)
    visits = visits_in_week(school, request.user, monday, calendar=calendar)
    asked = asked_of(request.user, school)
    log_read(
        request, "my-lessons", [*(visit.pupil for visit in visits), *(voice.review.pupil for voice in asked)]
    )
    pupils = len({visit.pupil.pk for visit in visits})
    visits.sort(key=lambda visit: _order(visit, today))
    fold(visits, today)
    done = [visit for visit in visits if visit.is_done(today)]
    return {
        "visits": visits,
        "current": [visit for visit in visits if not visit.is_done(today)],
        "done": done,
        "done_open": any(visit.key == (typed or {}).get("key") for visit in done),
        "count": f"{plural(pupils, 'pupil')}, {plural(len(visits), 'lesson')}",
        "today": today,
        "monday": monday,
        "label": calendar.week_label(monday),
        "linked": bool(visits) or StaffMember.objects.at([school]).filter(user=request.user).exists(),
        "now": timezone.localtime(),
        "typed": typed or {},
        "fresh": _fresh,
        "asked": asked,
        "states": [state for state in ChangeState if state != ChangeState.ENDED],
    }


def _fresh() -> dict[str, UUID]:
    """What a form without script sends, so that a second press is the same entry."""
    return {"entry": uuid4()}


def _order(visit: Visit, today: dt.date) -> Any:
    """Today's by the bell; then earlier ones that await a word, the latest first; what is to come; what is done."""
    day, starts = visit.day, visit.lesson.period.starts
    place = 0 if day == today else 2 if day > today else 3 if visit.is_done(today) else 1
    return place, abs((today - day).days), starts


@only(Role.TEACHER)
def coming(request: Any) -> HttpResponse:
    """Pupils who come to this teacher's lessons later, from when, and what helps them."""
    today = timezone.localdate()
    teacher = StaffMember.objects.at([request.school]).filter(user=request.user).first()
    found = returning_to(teacher, request.school, today) if teacher else []
    log_read(request, "my-lessons-coming", [each.pupil for each in found])
    return render(request, "timetables/my_lessons_coming.html", {"found": found, "today": today})


@only(Role.TEACHER)
@require_POST
def feedback(request: Any, day: dt.date, uuid: UUID) -> HttpResponse:
    """One tap, a line, or its undo. A script gets the part that changes, a plain form the page."""
    pupil = pupil_or_404(request, uuid)
    visit = _visit_or_404(request, pupil, day)
    try:
        if "undo" in request.POST:
            _undo(request, visit)
        else:
            _keep(request, visit)
    except Refused as refusal:
        return _refused(request, visit, refusal)
    if wants_fragment(request):
        return _part(request, visit)
    return redirect(f"{reverse('timetables:my_lessons')}#v-{visit.key}")


def _visit_or_404(request: Any, pupil: Pupil, day: dt.date) -> Visit:
    lesson = request.POST.get("lesson", "")
    number = int(lesson) if lesson.isdecimal() and len(lesson) < 19 else 0
    visit = visit_of(request.school, request.user, pupil, number, day) if number else None
    if visit is None:
        raise Http404("This pupil does not come to a lesson of yours then.")
    return visit


def _keep(request: Any, visit: Visit) -> None:
    outcome = request.POST.get("outcome", "")
    if not outcome and visit.feedback is not None:  # only a line was added
        outcome = visit.feedback.outcome
    line = request.POST.get("line")
    if line is None and visit.feedback is not None:
        line = visit.feedback.line
    log_feedback(
        visit.pupil,
        by=request.user,
        entry=entry_of(request.POST),
        day=visit.day,
        at=moment_of(request.POST, visit.day, visit.lesson.period.starts),
        lesson=visit.lesson,
        outcome=outcome,
        line=line or "",
    )


def _undo(request: Any, visit: Visit) -> None:
    said = LessonFeedback.objects.filter(school=request.school, pupil=visit.pupil, lesson=visit.lesson)
    entry = said.filter(entry=uuid_of(request.POST["undo"])).first()
    if entry is None:
        raise Refused("There is nothing to undo: this was not kept.")
    entries.undo(entry, by=request.user)


def _refused(request: Any, visit: Visit, refusal: Refused) -> HttpResponse:
    status = 409 if isinstance(refusal, Conflict) else 422
    typed = {"key": visit.key, "problem": str(refusal), "line": request.POST.get("line", "")}
    if wants_fragment(request):
        return _part(request, visit, status=status, typed=typed)
    context = _page(request, timezone.localdate(), typed)
    return render(request, "timetables/my_lessons.html", context, status=status)


def _part(
    request: Any, visit: Visit, *, status: int = 200, typed: dict[str, Any] | None = None
) -> HttpResponse:
    fresh = visit_of(request.school, request.user, visit.pupil, visit.lesson.pk, visit.day)
    log_read(request, "my-lessons", [visit.pupil])
    context = {"visit": fresh or visit, "typed": typed or {}, "fresh": {}, "csrf_token": ""}
    return render(request, "timetables/_feedback.html", context, status=status)


@only(Role.TEACHER)
@require_POST
def read(request: Any, uuid: UUID) -> HttpResponse:
    """This teacher has read what is agreed, as it stands."""
    held = get_object_or_404(ClassReturn.objects.at(request.schools).select_related("school"), uuid=uuid)
    _refuse_who_does_not_take(request, held)
    note_read(held, by=request.user)
    return redirect("timetables:my_lessons")


@only(Role.TEACHER)
@require_POST
def change(request: Any, uuid: UUID) -> HttpResponse:
    """How an agreed change stands, as its teacher says."""
    changes = AgreedChange.objects.at(request.schools).select_related("class_return")
    agreed = get_object_or_404(changes, uuid=uuid)
    _refuse_who_does_not_take(request, agreed.class_return)
    try:
        note_change(agreed, by=request.user, state=request.POST.get("state", ""))
    except Refused as refusal:
        context = _page(request, timezone.localdate(), {"key": "", "problem": str(refusal)})
        return render(request, "timetables/my_lessons.html", context, status=422)
    return redirect("timetables:my_lessons")


def _refuse_who_does_not_take(request: Any, held: ClassReturn) -> None:
    """404 unless the reader takes a lesson of that class in these weeks."""
    today = timezone.localdate()
    school = next(each for each in request.schools if each.pk == held.school_id)
    monday = monday_of(today)
    taken = lessons_taken(school, request.user, monday, monday + dt.timedelta(weeks=3))
    if all(each.lesson.mainstream_class_id != held.mainstream_class_id for each in taken):
        raise Http404("That class is not one of yours.")
