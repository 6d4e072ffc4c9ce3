"""The day's lessons with pupils of the provision: who covers one, and half a page for each to hand over."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from iap.schools.calendar import Calendar
from pupils.access import WRITERS
from timetables.actions.returns import note_lesson_cover
from timetables.forms.lesson_cover import LessonCoverForm
from timetables.lessons_of_day import LessonOnDay, lessons_of_day

SOON = dt.timedelta(weeks=4)


@only(*WRITERS)
def lessons_day(request: Any) -> HttpResponse:
    """`?on=` a day, else today or the next school day. Posted, somebody else takes one of its lessons."""
    school, day = request.school, _day(request)
    lessons = lessons_of_day(school, day, reader=request.user)
    form = LessonCoverForm(request.POST or None, school=school, lessons=lessons)
    if request.method == "POST" and form.is_valid() and _note(request, day, lessons, form):
        return redirect(f"{reverse('timetables:lessons_day')}?{urlencode({'on': day.isoformat()})}")
    log_read(request, "lessons-day", [visit.pupil for each in lessons for visit in each.visits])
    context = {"day": day, "lessons": lessons, "form": form, "today": timezone.localdate()}
    response = render(request, "timetables/lessons_day.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-store"
    return response


def _day(request: Any) -> dt.date:
    today = timezone.localdate()
    try:
        return dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        days = Calendar.of(request.school, today, today + SOON).open_days()
        return next((day for day in days if day >= today), today)


def _note(request: Any, day: dt.date, lessons: list[LessonOnDay], form: LessonCoverForm) -> bool:
    lesson = next(each.lesson for each in lessons if each.lesson.pk == form.cleaned_data["lesson"])
    comes = form.cleaned_data["covered_by"]
    try:
        note_lesson_cover(lesson, by=request.user, day=day, covered_by=comes)
    except Refused as refusal:
        form.add_error("covered_by", str(refusal))
        return False
    who = f"{comes} takes" if comes else "Its own teacher takes"
    messages.success(request, f"{who} {lesson.mainstream_class} that day.")
    return True
