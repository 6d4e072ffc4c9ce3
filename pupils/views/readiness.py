"""How ready a pupil is for a next lesson, looked at with the pupil."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import only
from pupils.access import READERS, WRITERS, pupil_or_404
from pupils.actions.readiness import look_at_readiness
from pupils.forms.readiness import ReadinessForm
from pupils.in_error import may_say_so
from pupils.models import Pupil
from pupils.models.readiness import STATEMENTS
from pupils.readiness import advice, areas_of, looks_of
from pupils.record import record_of


@only(*READERS)
def readiness(request: Any, uuid: UUID) -> HttpResponse:
    """The last look, those before it, and the scale itself."""
    pupil = pupil_or_404(request, uuid)
    may_write = bool(request.roles & set(WRITERS))
    today = timezone.localdate()
    has_had_a_place = record_of(request, pupil, today).placement is not None
    form = (
        ReadinessForm(request.POST or None, initial={"day": today}) if may_write and has_had_a_place else None
    )
    if request.method != "POST":
        return _page(request, pupil, form)
    if form is None:
        raise PermissionDenied
    status = 422
    if form.is_valid():
        data = form.cleaned_data
        try:
            look_at_readiness(
                pupil, by=request.user, day=data["day"], steps=form.steps, pupil_words=data["pupil_words"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = 409 if isinstance(refusal, Conflict) else 422
        else:
            messages.success(request, "Saved.")
            return redirect("pupils:readiness", pupil.uuid)
    return _page(request, pupil, form, status)


def _page(request: Any, pupil: Pupil, form: ReadinessForm | None, status: int = 200) -> HttpResponse:
    log_read(request, "readiness", [pupil])
    looks = looks_of(pupil)
    context = {
        "pupil": pupil,
        "form": form,
        "areas": areas_of(looks),
        "last": looks[0] if looks else None,
        "advice": advice(looks[0], pupil.school.provision.ready_areas) if looks else "",
        "heads": [area for area, _ in STATEMENTS.values()],
        "rows": [
            (
                look,
                [look._get_FIELD_display(look._meta.get_field(name)) for name in STATEMENTS],  # type: ignore[attr-defined]
                may_say_so(look, request.user, request.roles) and form is not None,
            )
            for look in looks
        ],
    }
    return render(request, "pupils/readiness.html", context, status=status)
