"""What files would change, row by row; the answers that are still needed; and bringing them in."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from iap.imports import actions, listing, progress, uploads, working
from iap.imports.forms.choices import ChoicesForm
from iap.imports.kinds import kind_named
from iap.imports.mending import mended
from iap.imports.models import ImportJob, State
from iap.imports.report import CHANGED, GONE, KEPT, NEW, REFUSED, UNCHANGED, Report
from iap.schools.access import only
from iap.schools.models import Role
from iap.ui.fragments import render_page

from .sending import carried_out, job_or_404

OUTCOMES = {
    REFUSED: "Left out",
    CHANGED: "Changed",
    GONE: "Not in the file",
    KEPT: "Kept as corrected here",
    NEW: "New",
    UNCHANGED: "Unchanged",
}
COUNTED = {NEW: "created", REFUSED: "left_out"}
SOON = dt.timedelta(seconds=5)  # a small file is done by then, and is asked about more often until then
SIZE = 20  # rows on a page: what is to be decided stands below them


@only(Role.DATA)
@require_GET
def show(request: Any, uuid: UUID) -> HttpResponse:
    """How far the files are, and what they would change. While they are worked on, the part asks again."""
    job = job_or_404(request, uuid)
    if job.state == State.APPLIED:
        return _lead_on(request, redirect("imports:run", job.run.uuid))  # type: ignore[union-attr]
    if job.state == State.ASKING and uploads.stored(job):
        return _lead_on(request, redirect("imports:understood", uuid))
    can_be_tried = working.was_our_trouble(job) and bool(uploads.stored(job))
    soon = timezone.now() - job.state_at < SOON
    context = {"job": job, "progress": _progress(job), "soon": soon, "can_be_tried": can_be_tried}
    if job.state == State.CHECKED:
        context |= _checked(request, job, ChoicesForm(job.report, uploads.listing(job)))
    fragment = "rows" if request.GET.get("kind") else "outcome"
    return render_page(request, "imports/show.html", context, fragment=fragment)


@only(Role.DATA)
@require_POST
def apply(request: Any, uuid: UUID) -> HttpResponse:
    """Bring in the rows that were found good. A second press finds nothing left to do."""
    job = job_or_404(request, uuid)
    form = ChoicesForm(job.report, uploads.listing(job), request.POST)
    if job.state == State.CHECKED and not form.is_valid():
        context = {"job": job, "progress": {}, **_checked(request, job, form)}
        return render_page(request, "imports/show.html", context, fragment="outcome", status=422)
    carried_out(request, actions.apply, job, form.choices() if form.is_valid() else {}, by=request.user)
    return redirect("imports:show", uuid)


@only(Role.DATA)
@require_POST
def answers(request: Any, uuid: UUID) -> HttpResponse:
    """Keep whether names in the files are pupils here, and check again."""
    job = job_or_404(request, uuid)
    said = {key: request.POST.get(f"same-{key}", "") for key in job.proposals}
    carried_out(request, actions.answer, job, said, by=request.user)
    return redirect("imports:show", uuid)


@only(Role.DATA)
@require_GET
def refused(request: Any, uuid: UUID) -> HttpResponse:
    """All rows that are left out, as they stand in their file, with a column of reasons; to mend and send again."""
    name, content = mended(job_or_404(request, uuid))
    kind = "application/zip" if name.endswith(".zip") else "text/csv; charset=utf-8"
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(content, content_type=kind, headers=headers)


def _progress(job: ImportJob) -> dict[str, Any]:
    told = progress.of(job)
    return {**told, "label": str(kind_named(told["kind"]) or "")} if told else {}


def _lead_on(request: Any, response: HttpResponse) -> HttpResponse:
    """To the page that comes next; a part that still asks is told to go there."""
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": response["Location"]})
    return response


def _checked(request: Any, job: ImportJob, form: ChoicesForm) -> dict[str, Any]:
    report = job.report
    kind, what = _wanted(request, report)
    whole_files = [row for row in report.refused if not row.row]
    shown = listing.page(
        uploads.listing(job),
        kind,
        what,
        holding=request.GET.get("q", ""),
        number=_number(request.GET.get("page")),
        size=SIZE,
    )
    return {
        "report": report,
        "rows": [_row(job, name, counts) for name, counts in report],
        "kind": kind_named(kind) or kind.capitalize(),
        "kind_name": kind,
        "what": what,
        "what_words": OUTCOMES[what],
        "tabs": _tabs(job, report, kind, what),
        "lines": shown.lines,
        "can_be_mended": what == REFUSED and any(row.row for row in report.kinds[kind].refused),
        "found": shown.found,
        "of": _count(report, kind, what),
        "page": Paginator(range(shown.found), SIZE).get_page(shown.number),
        "form": form,
        "questions": [
            (kind_named(name), report.kinds[name].gone, gone, picked)
            for name, gone, picked in form.questions()
        ],
        "proposals": list(job.proposals.items()),
        "unanswered": sum(not each["answer"] for each in job.proposals.values()),
        "warnings": report.warnings,
        "whole_files": whole_files,
        "nothing_taken": bool(whole_files) and report.rows == len(whole_files),
        "tables": job.tables,
    }


def _wanted(request: Any, report: Report) -> tuple[str, str]:
    """The list that was asked for, or the first that somebody should look at."""
    kind, what = request.GET.get("kind", ""), request.GET.get("what", "")
    if kind in report.kinds:
        return kind, what if what in OUTCOMES else _first(report, kind)
    for each in OUTCOMES:
        for name in report.kinds:
            if _count(report, name, each):
                return name, each
    return next(iter(report.kinds), ""), NEW


def _first(report: Report, kind: str) -> str:
    return next((what for what in OUTCOMES if _count(report, kind, what)), NEW)


def _count(report: Report, kind: str, what: str) -> int:
    return getattr(report.kinds[kind], COUNTED.get(what, what)) if kind in report.kinds else 0


def _row(job: ImportJob, name: str, counts: Any) -> dict[str, Any]:
    """A kind's line of the table: each count leads to its list."""
    kind = kind_named(name)
    columns = (NEW, CHANGED, UNCHANGED, GONE, REFUSED)
    return {
        "kind": name,
        "label": str(kind) if kind else "Files",
        "cells": [(what, OUTCOMES[what], getattr(counts, COUNTED.get(what, what))) for what in columns],
        "kept": counts.kept,
        "files": [each.table for each in job.tables if each.kind == name and each.take],
    }


def _tabs(job: ImportJob, report: Report, kind: str, what: str) -> list[tuple[str, str, bool]]:
    present = [each for each in OUTCOMES if _count(report, kind, each)]
    return [
        (f"{OUTCOMES[e]} {_count(report, kind, e):,}", f"?kind={kind}&what={e}", e == what) for e in present
    ]


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else 1
