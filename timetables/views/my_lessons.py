"""For a teacher: who comes to which of my lessons, and what helps them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from iap.audit.models import log_read
from iap.schools.access import only
from iap.schools.models import Role, StaffMember
from iap.ui.words import plural
from timetables.returning import returning_to


@only(Role.TEACHER)
def my_lessons(request: Any) -> HttpResponse:
    """Pupils of the provision in this teacher's lessons: the short name, what helps, from when. No more."""
    today = timezone.localdate()
    school = request.school
    teacher = StaffMember.objects.at([school]).filter(user=request.user).first()
    found = returning_to(teacher, school, today) if teacher else []
    log_read(request, "my-lessons", [each.pupil for each in found])
    pupils = len({each.pupil.pk for each in found})
    visits = sum(len(each.visits) for each in found)
    context = {
        "teacher": teacher,
        "found": found,
        "count": f"{plural(pupils, 'pupil')}, {plural(visits, 'lesson')}",
        "today": today,
    }
    return render(request, "timetables/my_lessons.html", context)
