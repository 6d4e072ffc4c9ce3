"""A teacher's minute for a review: how it is going, and one line."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import choose_school, only
from iap.schools.models import Role
from pupils.actions.voices import answer
from pupils.forms.reviews import AnswerForm
from pupils.models import TeacherVoice

ASKED = (Role.STAFF, Role.LEAD, Role.LEADER, Role.SENCO, Role.DSL, Role.TEACHER)


@only(*ASKED)
def asked(request: Any, uuid: UUID) -> HttpResponse:
    """The question for the teacher who was asked, and for nobody else."""
    voice = _mine_or_404(request, uuid)
    pupil = voice.review.pupil
    form = AnswerForm(request.POST or None, initial={"how": voice.answer, "line": voice.line})
    if form.is_bound and form.is_valid():
        try:
            answer(voice, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Thank you. It is read at the review.")
            return redirect("home")
    log_read(request, "review-asked", [pupil])
    context = {"voice": voice, "pupil": pupil, "form": form}
    return render(request, "pupils/asked.html", context, status=422 if form.is_bound else 200)


def _mine_or_404(request: Any, uuid: UUID) -> TeacherVoice:
    voices = TeacherVoice.objects.filter(school__in=request.schools, uuid=uuid, teacher__user=request.user)
    voice = voices.select_related("review__pupil", "review__plan", "teacher").first()
    if voice is None:
        raise Http404("Nobody asked you this.")
    choose_school(request, [school for school in request.schools if school.pk == voice.school_id])
    return voice
