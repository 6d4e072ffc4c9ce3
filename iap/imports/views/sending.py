"""Files are sent, and lie there until they are brought in or put away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from iap.errors import Refused
from iap.imports import actions
from iap.imports.forms.upload import UploadForm
from iap.imports.kinds import registered
from iap.imports.models import ImportJob, ImportRun
from iap.schools.access import only
from iap.schools.models import Role
from iap.ui.words import listed

SHOWN = 20


@only(Role.DATA)
def new(request: Any) -> HttpResponse:
    """Send files; below, what waits and what was brought in before."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        job = actions.begin(request.school, form.cleaned_data["exports"], by=request.user)
        return redirect("imports:show", job.uuid)
    runs = ImportRun.objects.at([request.school]).with_ends()
    context = {
        "form": form,
        "jobs": ImportJob.objects.at([request.school]).open().select_related("by"),
        "page": Paginator(runs, SHOWN).get_page(request.GET.get("page")),
        "kinds": listed([str(kind).lower() for kind in registered()]).capitalize(),
    }
    return render(request, "imports/new.html", context, status=422 if form.errors else 200)


@only(Role.DATA)
@require_POST
def put_away(request: Any, uuid: UUID) -> HttpResponse:
    """Leave these files alone."""
    return _done(request, actions.put_away, uuid, "The files were put away. Nothing of them was brought in.")


@only(Role.DATA)
@require_POST
def again(request: Any, uuid: UUID) -> HttpResponse:
    """Read files again that were stopped."""
    return _done(request, actions.try_again, uuid, "")


def _done(request: Any, act: Any, uuid: UUID, said: str) -> HttpResponse:
    if not carried_out(request, act, job_or_404(request, uuid), by=request.user):
        return redirect("imports:show", uuid)
    if said:
        messages.success(request, said)
        return redirect("imports:new")
    return redirect("imports:show", uuid)


def carried_out(request: Any, act: Any, *args: Any, **how: Any) -> bool:
    """Whether it was done; where a rule says no, nothing was, and the next page says why."""
    try:
        with transaction.atomic():
            act(*args, **how)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return False
    return True


def job_or_404(request: Any, uuid: UUID) -> ImportJob:
    """A sending of one of the asker's schools; the page is then that school's."""
    found = ImportJob.objects.at(request.schools).filter(uuid=uuid).select_related("school", "run", "by")
    job = found.first()
    if job is None:
        raise Http404("There are no such files.")
    request.school = next(school for school in request.schools if school.pk == job.school_id)
    return job
