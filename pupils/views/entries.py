"""All check-ins and notes of a pupil: read them, take one back, put its words right."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import CharField, Value
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from iap.schools.models import Role
from iap.ui.fragments import render_page
from pupils.access import READERS, WRITERS, pupil_or_404
from pupils.actions.entries import UNDO_WITHIN, undo
from pupils.actions.notes import finish_follow_up, reword
from pupils.entry_filters import KINDS, Wanted
from pupils.forms.entries import WordingForm
from pupils.models import CheckIn, Note, Pupil

PER_PAGE = 30


@only(*READERS)
@require_GET
def check_ins(request: Any, uuid: UUID) -> HttpResponse:
    """Every check-in and note, newest first, by kind, days and words."""
    pupil = pupil_or_404(request, uuid)
    wanted = Wanted.of(request.GET, timezone.localdate())
    page = Paginator(_ordered(wanted, pupil), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(entry, _may_undo(request, entry)) for entry in _entries(pupil, page.object_list)]
    log_read(request, "pupil-check-ins", [pupil])
    context = {
        "pupil": pupil,
        "page": page,
        "rows": rows,
        "wanted": wanted,
        "kinds": KINDS,
        "is_lead": Role.LEAD in request.roles,
        "may_write": bool(request.roles & set(WRITERS)),
    }
    return render_page(request, "pupils/check_ins.html", context, fragment="list")


@only(*WRITERS)
@require_POST
def undo_entry(request: Any, uuid: UUID, entry: UUID) -> HttpResponse:
    """Take an entry back: whoever logged it within ten minutes, later they or the lead with a reason."""
    pupil = pupil_or_404(request, uuid)
    found = _entry_or_404(pupil, entry)
    try:
        undo(found, by=request.user, why=request.POST.get("why", ""), lead=Role.LEAD in request.roles)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Undone. It stays in the record, marked as undone.")
    return _back(request, pupil)


@only(*WRITERS)
@require_POST
def follow_up_done(request: Any, uuid: UUID, entry: UUID) -> HttpResponse:
    pupil = pupil_or_404(request, uuid)
    note = Note.objects.filter(school=pupil.school_id, pupil=pupil, entry=entry).first()
    if note is None:
        raise Http404("No such note.")
    try:
        finish_follow_up(note, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Followed up.")
    return _back(request, pupil)


@only(Role.LEAD)
def edit_words(request: Any, uuid: UUID, entry: UUID) -> HttpResponse:
    """The lead puts words right; what they were stays in the history."""
    pupil = pupil_or_404(request, uuid)
    found = _entry_or_404(pupil, entry)
    form = WordingForm(request.POST or None, entry=found)
    if request.method == "POST" and form.is_valid():
        try:
            reword(found, by=request.user, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, "Saved. The earlier words are kept in the history.")
            return redirect("pupils:check_ins", pupil.uuid)
    log_read(request, "pupil-check-ins", [pupil])
    context = {"pupil": pupil, "entry": found, "form": form, "earlier": _earlier(found)}
    return render(request, "pupils/edit_words.html", context, status=422 if form.errors else 200)


def _ordered(wanted: Wanted, pupil: Pupil) -> Any:
    """(moment, key, what) of both kinds of entry, newest first, to be cut into pages by the database."""
    parts = [
        found.annotate(what=Value(what, CharField())).values_list("at", "pk", "what")
        for found, what in ((wanted.check_ins(pupil), "check-in"), (wanted.notes(pupil), "note"))
    ]
    return parts[0].order_by().union(parts[1].order_by(), all=True).order_by("-at", "-pk")


def _entries(pupil: Pupil, rows: Any) -> list[CheckIn | Note]:
    """The entries themselves, in the order given."""
    keys = [(what, pk) for _, pk, what in rows]
    found: dict[tuple[str, int], Any] = {}
    for model, name, more in ((CheckIn, "check-in", ["period"]), (Note, "note", [])):
        wanted = model.objects.filter(
            school=pupil.school_id, pk__in=[pk for what, pk in keys if what == name]
        ).select_related("by", "undone_by", *more)
        found |= {(name, entry.pk): entry for entry in wanted}
    return [found[key] for key in keys]


def _may_undo(request: Any, entry: CheckIn | Note) -> bool:
    """Whether it can be undone right in the list: one's own, for ten minutes. The lead opens it instead."""
    mine = entry.stands and entry.by_id == request.user.pk
    return mine and timezone.now() - entry.saved_at <= UNDO_WITHIN and bool(request.roles & set(WRITERS))


def _entry_or_404(pupil: Pupil, entry: UUID) -> CheckIn | Note:
    for model in (CheckIn, Note):
        found = model.objects.filter(school=pupil.school_id, pupil=pupil, entry=entry).first()
        if found is not None:
            return found
    raise Http404("No such entry.")


def _earlier(entry: CheckIn | Note) -> list[tuple[Any, str]]:
    """The words it had before, newest first, as the history keeps them."""
    field = "text" if isinstance(entry, Note) else "note"
    kept: Any = entry  # the history adds `events` when the app is ready
    versions = kept.events.filter(school_id=entry.school_id).order_by("-pgh_id")
    now, said = getattr(entry, field), []
    for at, words in versions.values_list("pgh_created_at", field):
        if words != now:
            said.append((at, words))
        now = words
    return said


def _back(request: Any, pupil: Pupil) -> HttpResponse:
    """To the page the button stood on."""
    to = request.POST.get("next", "")
    if to and url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure()):
        return redirect(to)
    return redirect("pupils:detail", pupil.uuid)
