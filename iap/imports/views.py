"""Imports: send files, see what they would change, bring them in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from iap.schools.access import only
from iap.schools.models import Role
from iap.ui.fragments import render_page

from . import tasks, uploads
from .forms import UploadForm
from .kinds import registered
from .models import ImportRun
from .report import Report
from .run import refusals_as_csv

SHOWN = 50  # refused rows on the page; all are in the download


@only(Role.DATA)
def new(request: Any) -> HttpResponse:
    """Send files; below, what was brought in before."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        upload = uploads.store(request.school, form.cleaned_data["exports"])
        _start(request, upload, apply=False)
        return redirect("imports:show", upload.uuid)
    runs = ImportRun.objects.at([request.school]).select_related("by")[:20]
    context = {"form": form, "runs": runs, "kinds": [kind.name for kind in registered()]}
    return render(request, "imports/new.html", context, status=422 if form.errors else 200)


@only(Role.DATA)
@require_GET
def show(request: Any, uuid: UUID) -> HttpResponse:
    """What the files would change, or have changed. While it is being worked out, the part asks again."""
    upload = _upload_or_404(request, uuid)
    outcome = upload.outcome
    report = Report.from_json(outcome["report"], applied=True) if "report" in outcome else None
    context = {
        "upload": upload,
        "state": outcome["state"],
        "problem": outcome.get("problem", ""),
        "report": report,
        "refused": report.refused[:SHOWN] if report else [],
        "progress": cache.get(tasks.progress_key(str(uuid)), ""),
    }
    return render_page(request, "imports/show.html", context, fragment="outcome")


@only(Role.DATA)
@require_POST
def apply(request: Any, uuid: UUID) -> HttpResponse:
    """Bring in the rows that were found good. A second press finds nothing left to do."""
    upload = _upload_or_404(request, uuid)
    if upload.outcome["state"] == "checked":
        upload.keep("waiting", applying=True)
        _start(request, upload, apply=True)
        messages.success(request, "The good rows are being brought in.")
    return redirect("imports:show", uuid)


@only(Role.DATA)
@require_GET
def refused(request: Any, uuid: UUID) -> HttpResponse:
    """All rows that were left out, to open beside the export."""
    outcome = _upload_or_404(request, uuid).outcome
    if "report" not in outcome:
        raise Http404("Nothing has been checked yet.")
    table = refusals_as_csv(Report.from_json(outcome["report"], applied=True))
    name = {"Content-Disposition": 'attachment; filename="rows-left-out.csv"'}
    return HttpResponse(f"\ufeff{table}", content_type="text/csv; charset=utf-8", headers=name)


def _start(request: Any, upload: uploads.Upload, *, apply: bool) -> None:
    school, user = request.school.pk, request.user.pk
    tasks.run.delay(school_id=school, upload=str(upload.uuid), user_id=user, apply=apply)


def _upload_or_404(request: Any, uuid: UUID) -> uploads.Upload:
    """A sending of one of the asker's schools; their page is then that school's."""
    for school in request.schools:
        if upload := uploads.find(school, uuid):
            request.school = school
            return upload
    raise Http404("These files are no longer kept.")
