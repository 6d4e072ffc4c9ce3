"""A teacher's minute: how it goes in their lesson with a pupil who is referred."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import choose_school, only
from referrals.access import REFERRERS
from referrals.actions import answers
from referrals.forms.refer import AnswerForm
from referrals.models import TeacherView


@only(*REFERRERS)
def asked(request: Any, uuid: UUID) -> HttpResponse:
    """Three questions for the teacher who was asked, and for nobody else."""
    view = (
        TeacherView.objects.filter(school__in=request.schools, uuid=uuid, teacher__user=request.user)
        .select_related("referral__pupil")
        .first()
    )
    if view is None:
        raise Http404("Nobody asked you this.")
    choose_school(request, [school for school in request.schools if school.pk == view.school_id])
    initial = {"going": view.going, "works": view.works, "back_first": bool(view.back_first)}
    form = AnswerForm(request.POST) if request.method == "POST" else AnswerForm(initial=initial)
    if form.is_bound and form.is_valid():
        try:
            answers.answer(view, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Thank you. The lead reads it with the referral.")
            return redirect("referrals:mine")
    log_read(request, "referral-asked", [view.referral.pupil])
    context = {"view": view, "pupil": view.referral.pupil, "form": form}
    return render(request, "referrals/asked.html", context, status=422 if form.errors else 200)
