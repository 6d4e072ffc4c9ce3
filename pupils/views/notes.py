"""Write a note about a pupil's day."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import only
from pupils.access import WRITERS, pupil_or_404
from pupils.actions.entries import log_note
from pupils.forms.entries import NoteForm
from pupils.models import Pupil
from pupils.record import record_of


@only(*WRITERS)
def note(request: Any, uuid: UUID) -> HttpResponse:
    """A form that is kept once however often it is sent, and comes back as typed where it is refused."""
    pupil = pupil_or_404(request, uuid)
    today = timezone.localdate()
    if request.method != "POST":
        day = record_of(request, pupil, today).calendar.last_open(today) or today
        return _page(request, pupil, NoteForm.fresh(day))
    form = NoteForm(request.POST)
    if form.is_valid() and _kept(request, pupil, form):
        messages.success(request, f"Note about {pupil.known_as} saved.")
        return redirect("pupils:detail", pupil.uuid)
    return _page(request, pupil, form, status=422)


def _kept(request: Any, pupil: Pupil, form: NoteForm) -> bool:
    try:
        log_note(pupil, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Conflict as conflict:
        form.begin_anew(f"{conflict} If this is another note, send it once more.")
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def _page(request: Any, pupil: Pupil, form: NoteForm, status: int = 200) -> HttpResponse:
    log_read(request, "pupil-note", [pupil])
    return render(request, "pupils/note.html", {"pupil": pupil, "form": form}, status=status)
