"""Something was entered in error: it stays, struck through, with the reason."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from iap.ui.typed import Words
from pupils.access import WRITERS, pupil_or_404
from pupils.actions.errors import mark_in_error
from pupils.in_error import may_say_so, named


class WhyForm(forms.Form):
    why = Words(
        label="Why was it entered in error?",
        max_length=200,
        help_text="A few words, such as: meant for another pupil.",
        error_messages={"required": "Say in a few words why it was entered in error."},
    )


@only(*WRITERS)
def in_error(request: Any, uuid: UUID, kind: str, record: UUID) -> HttpResponse:
    """What it says, and why it is wrong. Whoever wrote it may say so, and the lead."""
    pupil = pupil_or_404(request, uuid)
    of = named(kind)
    found = of and of.model.objects.filter(school=pupil.school_id, pupil=pupil, uuid=record)
    thing = found and found.select_related("by").first()
    if of is None or not thing:
        raise Http404("No such record of this pupil.")
    if thing.stands and not may_say_so(thing, request.user, request.roles):
        raise PermissionDenied
    back = reverse(of.back, args=[pupil.uuid])
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            mark_in_error(thing, by=request.user, why=form.cleaned_data["why"])
        except Refused as refusal:
            form.add_error("why", str(refusal))
        else:
            messages.success(request, "Marked as entered in error. It stays in the record, struck through.")
            return redirect(back)
    log_read(request, "in-error", [pupil])
    context = {"pupil": pupil, "kind": of, "thing": thing, "form": form, "back_url": back}
    return render(request, "pupils/in_error.html", context, status=422 if form.errors else 200)
