"""Write a letter home from words to begin with; afterwards, the paper as it was made."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify

from iap.audit.models import log_read
from iap.schools.access import only
from iap.ui.typed import Words, long_words
from pupils import letters
from pupils.access import READERS, WRITERS, pupil_or_404
from pupils.actions.letters import make_letter
from pupils.models import Contact, Letter, Pupil


class LetterForm(forms.Form):
    to_name = Words(label="To", max_length=120, error_messages={"required": "Say to whom it goes."})
    title = Words(label="Title", max_length=160, error_messages={"required": "Give the letter a title."})
    text = long_words(
        "Words",
        "Change them as you wish. An empty line parts two paragraphs.",
        most=6000,
        rows=14,
        error_messages={"required": "Write a few words."},
    )
    signed = Words(label="Signed by", max_length=160, error_messages={"required": "Say who signs it."})


@only(*WRITERS)
def letter(request: Any, uuid: UUID) -> HttpResponse:
    """`?kind=` chooses what it begins with. Nothing is kept before it is made."""
    pupil = pupil_or_404(request, uuid)
    kind = letters.kind_of(request.GET.get("kind", "")) or letters.first_kind(pupil, timezone.localdate())
    if request.method == "POST":
        form = LetterForm(request.POST)
        if form.is_valid():
            made = make_letter(pupil, by=request.user, kind=kind, **form.cleaned_data)
            messages.success(request, "The letter is made and kept as it is. Print it, or send the file.")
            return redirect("pupils:letter_paper", pupil.uuid, made.uuid)
    else:
        form = LetterForm(initial=_begun(request, pupil, kind))
    log_read(request, "letter", [pupil])
    choices = [(each.label, f"?kind={each.name}", each == kind) for each in letters.kinds()]
    sheet = kind.sheet(pupil, timezone.localdate()) if kind.sheet else None
    context = {
        "pupil": pupil,
        "form": form,
        "choices": choices,
        "kind": kind,
        "week": sheet["since"][:1].lower() + sheet["since"][1:] if sheet else "",
    }
    return render(request, "pupils/letter.html", context, status=422 if form.errors else 200)


@only(*READERS)
def paper(request: Any, uuid: UUID, letter: UUID) -> HttpResponse:
    """The PDF as it was made, as a download that no cache keeps."""
    pupil = pupil_or_404(request, uuid)
    found = get_object_or_404(Letter.objects.at([pupil.school]).filter(pupil=pupil), uuid=letter)
    log_read(request, "letter", [pupil])
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{slugify(found.title) or "letter"}.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(found.paper), content_type="application/pdf", headers=headers)


def _begun(request: Any, pupil: Pupil, kind: letters.LetterKind) -> dict[str, str]:
    title, text = kind.draft(pupil, timezone.localdate())
    first = Contact.objects.filter(school=pupil.school_id, pupil=pupil).order_by("priority").first()
    to = first.name if first else f"the family of {pupil.full_name}"
    return {"to_name": f"Dear {to}", "title": title, "text": text, "signed": str(request.user)}
