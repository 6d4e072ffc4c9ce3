"""The papers of a panel: asked for, made by the worker, downloaded."""

from typing import Any
from uuid import UUID, uuid4

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.schools.access import only
from iap.ui.fragments import render_page
from pupils.models import Pupil
from referrals import papers, tasks
from referrals.access import READERS

from .panels import meeting_or_404


@only(*READERS)
@require_POST
def pack(request: Any, uuid: UUID) -> HttpResponse:
    """Have the papers made; the page that follows shows when they are there."""
    meeting, paper = meeting_or_404(request, uuid), uuid4()
    papers.ask(meeting, paper)
    tasks.make_pack.delay(
        school_id=meeting.school_id, meeting=meeting.pk, user_id=request.user.pk, paper=str(paper)
    )
    return redirect("referrals:pack_wait", meeting.uuid, paper)


@only(*READERS)
@require_GET
def pack_wait(request: Any, uuid: UUID, paper: UUID) -> HttpResponse:
    meeting = meeting_or_404(request, uuid)
    context = {"meeting": meeting, "paper": paper, "state": papers.state_of(meeting, paper)}
    return render_page(request, "referrals/pack.html", context, fragment="state")


@only(*READERS)
@require_GET
def pack_file(request: Any, uuid: UUID, paper: UUID) -> Any:
    """The PDF, as a download that no cache keeps; kept as a read of everybody in it."""
    meeting = meeting_or_404(request, uuid)
    path = papers.find(meeting, paper)
    if path is None:
        raise Http404("These papers are not made yet, or no longer kept. Make them again.")
    inside = papers.pupils_in(meeting, paper)
    log_read(request, "panel-pack", Pupil.objects.at([request.school]).filter(pk__in=inside))
    name = f"panel-{meeting.day:%Y-%m-%d}.pdf"
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
