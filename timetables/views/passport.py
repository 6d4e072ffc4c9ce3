"""A pupil's passport for a teacher they come to: what helps, what was agreed, and what they have said themselves."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.schools.access import only
from iap.schools.models import Role
from pupils.access import pupil_or_404
from pupils.actions.passports import note_passport_read
from pupils.models import Placement, Pupil
from timetables.agreed import agreed_of
from timetables.models import MainstreamClass
from timetables.passports import classes_met, meets, passports_of, said_by


@only(Role.TEACHER)
@require_GET
def passport(request: Any, uuid: UUID) -> HttpResponse:
    """Nothing else of the pupil's record: not even its other parts exist for this reader."""
    pupil, day = _met_or_404(request, uuid), timezone.localdate()
    classes = classes_met(request.user, pupil, day)
    agreed = agreed_of(request.school, [pupil.pk], classes, request.user)
    names = MainstreamClass.objects.filter(school=request.school, pk__in=classes).order_by("subject", "name")
    place = (
        Placement.objects.filter(school=request.school, pupil=pupil)
        .open_on(day)
        .select_related("key_adult")
        .first()
    )
    log_read(request, "passport-teacher", [pupil])
    context = {
        "pupil": pupil,
        "passport": passports_of(request.school, [pupil.pk], request.user).get(pupil.pk),
        "key_adult": place.key_adult if place else None,
        "general": place.helps if place else "",
        "classes": [(group, agreed.get((pupil.pk, group.pk))) for group in names],
        "said": said_by(request.user, pupil),
    }
    return render(request, "timetables/passport.html", context)


@only(Role.TEACHER)
@require_POST
def read(request: Any, uuid: UUID) -> HttpResponse:
    """This teacher has read the version that stands."""
    pupil = _met_or_404(request, uuid)
    held = passports_of(request.school, [pupil.pk], request.user).get(pupil.pk)
    if held is None:
        raise Http404("There is no passport yet.")
    if request.POST.get("version") == str(held.version):
        note_passport_read(held, by=request.user)
    return redirect("timetables:passport", pupil.uuid)


def _met_or_404(request: Any, uuid: UUID) -> Pupil:
    pupil = pupil_or_404(request, uuid)
    if not meets(request.user, pupil, timezone.localdate()):
        raise Http404("This pupil does not come to a lesson of yours.")
    return pupil
