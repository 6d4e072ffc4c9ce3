"""Everything kept about a pupil in one stream, and marking what was entered in error."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from iap.ui.fragments import render_page
from pupils import timeline as streams
from pupils.access import READERS, pupil_or_404
from pupils.actions import errors
from pupils.forms.entries import InErrorForm
from pupils.models import Pupil
from pupils.models.entries import Entry
from pupils.timeline import Line, may_strike
from pupils.timeline_filters import Wanted

PER_PAGE = 50


@only(*READERS)
@require_GET
def timeline(request: Any, uuid: UUID) -> HttpResponse:
    """What this reader's roles read of it, fifty at a time, by kind, days and words."""
    pupil = pupil_or_404(request, uuid)
    mine = streams.shown_to(request.roles)
    kinds = streams.kinds_of(mine)
    wanted = Wanted.of(request.GET, kinds)
    found = streams.union([wanted.narrow(each.rows(pupil)) for each in wanted.streams(mine)])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    lines = [streams.line_of(values, pupil) for values in page.object_list]
    log_read(request, "pupil-timeline", [pupil])
    context = {
        "pupil": pupil,
        "page": page,
        "days": [(day, list(of_it)) for day, of_it in groupby(_shown(request, pupil, lines), key=_day)],
        "kinds": [(kind, label, kind in wanted.kinds) for kind, label in kinds],
        "wanted": wanted,
    }
    return render_page(request, "pupils/timeline.html", context, fragment="list")


@only(*READERS)
def strike(request: Any, uuid: UUID, stream: str, row: UUID) -> HttpResponse:
    """Its writer or the lead marks a record as entered in error. It stays, struck through, with the reason."""
    pupil = pupil_or_404(request, uuid)
    line = _line_or_404(request, pupil, stream, row)
    form = InErrorForm(request.POST or None, reasons=line.stream.reasons)
    if request.method == "POST" and form.is_valid():
        try:
            _strike(request, pupil, line, form.cleaned_data["why"])
        except Refused as refusal:
            form.add_error("why", str(refusal))
        else:
            messages.success(
                request, "Marked as entered in error. It stays, struck through, with the reason."
            )
            return redirect("pupils:timeline", pupil.uuid)
    log_read(request, "pupil-timeline", [pupil])
    context = {"pupil": pupil, "line": line, "form": form}
    return render(request, "pupils/strike.html", context, status=422 if form.errors else 200)


def _shown(request: Any, pupil: Pupil, lines: list[Line]) -> list[tuple[Line, str]]:
    """Each with the address at which this reader may mark it, or none."""
    return [(line, _striking(pupil, line) if _may(request, pupil, line) else "") for line in lines]


def _may(request: Any, pupil: Pupil, line: Line) -> bool:
    return may_strike(line, pupil, user=request.user, roles=request.roles)


def _striking(pupil: Pupil, line: Line) -> str:
    return reverse("pupils:strike", args=[pupil.uuid, line.stream.name, line.row])


def _day(shown: tuple[Line, str]) -> Any:
    return timezone.localdate(shown[0].at)


def _line_or_404(request: Any, pupil: Pupil, name: str, row: UUID) -> Line:
    """A row that this reader reads and may mark."""
    known = {each.name: each for each in streams.shown_to(request.roles)}
    if name in known:
        found = streams.union([known[name].rows(pupil).filter(row=row)]).first()
        line = streams.line_of(found, pupil) if found else None
        if line is not None and _may(request, pupil, line):
            return line
    raise Http404("Nothing here that you could mark as entered in error.")


def _strike(request: Any, pupil: Pupil, line: Line, why: str) -> None:
    model = line.stream.rows(pupil).model
    key = "entry" if issubclass(model, Entry) else "uuid"
    thing = model.objects.filter(school=pupil.school_id, pupil=pupil, **{key: line.row}).get()
    if line.stream.strike:
        line.stream.strike(thing, by=request.user, why=why)
    else:
        errors.strike(thing, by=request.user, why=why, lead=bool(request.roles & set(line.stream.strikers)))
