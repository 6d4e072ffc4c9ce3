"""Taking a school's data out: ask for it, see it being made, download it."""

from typing import Any
from uuid import UUID, uuid4

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read, record
from iap.schools.access import choose_school, only
from iap.schools.actions.settings import provision_of
from iap.ui.fragments import render_page
from iap.ui.navigation import opens

from . import tables, tasks
from .kept import Export
from .words import scope_of


@only(*tables.MAY_EXPORT)
@require_GET
def start(request: Any) -> HttpResponse:
    """What this person may take out, and what is never in it."""
    found = tables.open_to(request.roles)
    context = {
        "scope": scope_of(request.roles),
        "everything": tables.sees_everything(request.roles),
        "tables": [(f"{tables.name_of(model)}.csv", tables.meaning_of(model)) for model in found],
        "left_out": tables.left_out(),
        "settings_url": opens(request, "schools:settings"),
    }
    return render(request, "exports/start.html", context)


@only(*tables.MAY_EXPORT)
@require_POST
def make(request: Any) -> HttpResponse:
    """Have it made; the page that follows shows how far it is."""
    export = Export(request.school, request.user.pk, uuid4(), tables.sees_everything(request.roles))
    export.tell("making")
    tasks.make.delay(school_id=request.school.pk, user_id=request.user.pk, export=str(export.uuid))
    return redirect("exports:show", export.uuid)


@only(*tables.MAY_EXPORT)
@require_GET
def show(request: Any, uuid: UUID) -> HttpResponse:
    """How far it is. While it is being made, the part asks again."""
    export = _export_or_404(request, uuid)
    return render_page(request, "exports/show.html", {"uuid": uuid, **export.told()}, fragment="state")


@only(*tables.MAY_EXPORT)
@require_GET
def download(request: Any, uuid: UUID) -> Any:
    """The zip, as a download that no cache keeps; kept as a read of every pupil in it."""
    export = _export_or_404(request, uuid)
    if export.file is None:
        raise Http404("This export is not made yet, or no longer kept. Make it again.")
    log_read(request, "export", tables.subjects_at(export.school))
    record("export.downloaded", provision_of(export.school), by=request.user, export=str(uuid))
    name = f"{export.school.urn}-export.zip"
    answer = FileResponse(
        export.file.open("rb"), as_attachment=True, filename=name, content_type="application/zip"
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _export_or_404(request: Any, uuid: UUID) -> Export:
    """This person's own export, of the school it was made for."""
    for school in request.schools:
        choose_school(request, [school])
        export = Export(school, request.user.pk, uuid, tables.sees_everything(request.roles))
        if export.told()["state"] != "gone":
            return export
    raise Http404("This export is no longer kept. Make it again.")
