"""What was brought in: the record of a run, and taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.errors import Refused
from iap.imports import after, leaving, tasks, uploads
from iap.imports.kinds import kind_named
from iap.imports.models import ImportJob, ImportRun
from iap.imports.report import Counts
from iap.imports.undo import obstacles
from iap.schools.access import only
from iap.schools.models import Role
from iap.ui.fragments import render_page

SHOWN = 20  # refused rows on the page; the download has all
WORKING_FOR = 120  # seconds


@only(Role.DATA)
@require_GET
def run(request: Any, uuid: UUID) -> HttpResponse:
    """Who brought in what, and whether it can be taken back."""
    held = _run_or_404(request, uuid)
    undone = getattr(held, "undone", None)
    told = cache.get(tasks.undo_key(held)) or {}
    working = told.get("state") == "working" and undone is None
    report = held.report
    context = {
        "run": held,
        "undone": undone,
        "working": working,
        "problem": told.get("problem", ""),
        "report": report,
        "rows": [(str(kind_named(name) or "Files"), counts, _cells(counts)) for name, counts in report],
        "refused": report.refused[:SHOWN],
        "to_mend": _to_mend(held),
        "in_the_way": [] if undone or working else obstacles(held),
        "missing": [] if undone or working or held.by else _missing(request, held),
        "pages": [] if undone else after.pages_for(set(held.outcome), request.roles),
    }
    return render_page(request, "imports/run.html", context, fragment="run")


@only(Role.DATA)
@require_POST
def undo(request: Any, uuid: UUID) -> HttpResponse:
    """Take a run back; what stands in the way is said at once."""
    held = _run_or_404(request, uuid)
    if hasattr(held, "undone"):
        messages.warning(request, "This import has been undone already.")
    elif in_the_way := obstacles(held):
        messages.warning(request, " ".join(in_the_way))
    else:
        cache.set(tasks.undo_key(held), {"state": "working"}, WORKING_FOR)
        sent = {"school_id": held.school_id, "run": str(held.uuid), "user_id": request.user.pk}
        transaction.on_commit(lambda: tasks.take_back.delay(**sent))
    return redirect("imports:run", uuid)


@only(Role.DATA)
@require_POST
def left(request: Any, uuid: UUID) -> HttpResponse:
    """Let people who were in none of a run's files have left today."""
    held = _run_or_404(request, uuid)
    try:
        with transaction.atomic():
            keys = request.POST.getlist("key")
            made = leaving.say_left(held, by=request.user, kind=request.POST.get("kind", ""), keys=keys)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("imports:run", uuid)
    messages.success(request, "Kept: they left today. It can be taken back below.")
    return redirect("imports:run", made.uuid)


def _missing(request: Any, run: ImportRun) -> list[tuple[Any, list[Any]]]:
    """Who was in none of the files that came by themselves; which pupils were named is kept."""
    found = leaving.missing_from(run)
    log_read(request, "not-in-the-files", [x for kind, some in found if kind.name == "pupils" for x in some])
    return found


def _cells(counts: Counts) -> list[tuple[str, int]]:
    """A kind's counts under their headings."""
    return [
        ("New", counts.created),
        ("Changed", counts.changed),
        ("Unchanged", counts.unchanged),
        ("Not in the file", counts.gone),
        ("Left out", counts.left_out),
    ]


def _to_mend(run: ImportRun) -> UUID | None:
    """The sending whose left-out rows can still be downloaded."""
    job = ImportJob.objects.at([run.school_id]).filter(run=run).select_related("school").first()
    return job.uuid if job and uploads.kept_to_mend(job) else None


def _run_or_404(request: Any, uuid: UUID) -> ImportRun:
    found = ImportRun.objects.at(request.schools).with_ends().filter(uuid=uuid).first()
    if found is None:
        raise Http404("There is no such import.")
    request.school = next(school for school in request.schools if school.pk == found.school_id)
    return found
