"""For who keeps the school's data: find anybody on roll, and put right what the school's own system says of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from iap.audit.models import log_read
from iap.schools.access import only
from iap.schools.models import Role
from pupils import finding
from pupils.access import CORRECTORS, READERS, pupil_or_404
from pupils.actions import correcting as actions
from pupils.forms.correcting import CorrectForm
from pupils.models import Pupil

from .detail import year_in_words

ON_A_PAGE = 50


@only(*CORRECTORS)
@require_GET
def to_correct(request: Any) -> HttpResponse:
    """Names alone. Whose names were shown is kept."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:80]
    enough = finding.is_enough(text)
    everybody = Pupil.objects.at([request.school])
    found = list(finding.named(everybody, text)[: ON_A_PAGE + 1]) if enough else []
    log_read(request, "pupil-search", found[:ON_A_PAGE])
    context = {
        "enough": enough,
        "found": [(pupil, year_in_words(pupil.year_group)) for pupil in found[:ON_A_PAGE]],
        "more": len(found) > ON_A_PAGE,
        "back": reverse("imports:rules") if Role.DATA in request.roles else reverse("pupils:list"),
    }
    return render(request, "pupils/to_correct.html", context)


@only(*CORRECTORS)
def correct(request: Any, uuid: UUID) -> HttpResponse:
    """What the school's own system says of a pupil; what is changed stays when files come in."""
    pupil = pupil_or_404(request, uuid)
    name = pupil.full_name
    form = CorrectForm(request.POST or None, instance=pupil)
    log_read(request, "pupil-correct", [pupil])
    back = reverse("pupils:detail", args=[pupil.uuid]) if request.roles & set(READERS) else ""
    if request.method == "POST" and form.is_valid():
        changed = actions.correct(pupil, by=request.user, **form.changes())
        messages.success(
            request, "Saved. It stays so when files come in." if changed else "Nothing was changed."
        )
        return redirect(back or "pupils:to_correct")
    context = {"form": form, "name": name, "back": back or reverse("pupils:to_correct")}
    return render(request, "schools/correct.html", context, status=422 if form.errors else 200)
