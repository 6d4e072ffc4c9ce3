"""The receiving lesson: its readiness, and work that goes to pupils in the base, by teacher or staff."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from iap.schools.models import Role
from pupils.access import pupil_or_404
from pupils.models import Pupil
from timetables.actions.rooms import log_work, look_at_room
from timetables.forms.rooms import RoomForm
from timetables.models import MainstreamClass
from timetables.models.rooms import ROOM
from timetables.rooms import class_of, looks_at, takes
from timetables.taps import entry_of, moment_of
from timetables.work import mine

STAFF = {Role.STAFF, Role.LEAD, Role.SENCO}
WHO = (Role.TEACHER, *sorted(STAFF))


@only(*WHO)
def room(request: Any, uuid: UUID) -> HttpResponse:
    """Five areas of one class for one pupil: `?class=` names it. A teacher sees what they filled in, and no more."""
    pupil = pupil_or_404(request, uuid)
    group = _class_or_404(request, pupil)
    staff = bool(request.roles & STAFF)
    seen = looks_at(pupil, group, by=None if staff else request.user)
    form = RoomForm(request.POST or None)
    if form.is_valid():
        try:
            look_at_room(
                pupil, group, by=request.user, steps=form.steps, next_change=form.cleaned_data["next_change"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{group.name}: saved.")
            return redirect(_back(pupil, staff))
    log_read(request, "room", [pupil])
    context = {
        "pupil": pupil,
        "group": group,
        "form": form,
        "looks": [(look, _areas(look)) for look in seen],
        "back_url": _back(pupil, staff),
        "back_words": f"{pupil.known_as}’s lessons" if staff else "Pupils of my classes",
    }
    return render(request, "timetables/room.html", context, status=422 if form.is_bound else 200)


def _areas(look: Any) -> list[tuple[str, str]]:
    """Each area with its step in words."""
    return [(area, getattr(look, f"get_{name}_display")()) for name, (area, _) in ROOM.items()]


@only(Role.TEACHER)
@require_GET
def my_pupils(request: Any) -> HttpResponse:
    """Pupils with a place who are in this teacher's classes: work sent and returned, and the room's readiness."""
    found = mine(request.school, request.user, timezone.localdate())
    log_read(request, "my-pupils", [each.pupil for each in found])
    return render(request, "timetables/my_pupils.html", {"found": found, "fresh": uuid4})


@only(*WHO)
@require_POST
def work(request: Any, uuid: UUID) -> HttpResponse:
    """Work was sent, or came back, in one tap: `class` names whose it is."""
    pupil = pupil_or_404(request, uuid)
    group = _class_or_404(request, pupil)
    today = timezone.localdate()
    staff = bool(request.roles & STAFF)
    try:
        move = log_work(
            pupil,
            group,
            by=request.user,
            entry=entry_of(request.POST),
            day=today,
            at=moment_of(request.POST, today, timezone.localtime().time()),
            kind=request.POST.get("kind", ""),
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{group.name}: {move.get_kind_display().lower()}.")
    if staff:
        return redirect("timetables:kept_up", pupil.uuid)
    return redirect("timetables:my_pupils")


def _class_or_404(request: Any, pupil: Pupil) -> MainstreamClass:
    """The class of that name, which the pupil is in, and for a teacher one that they take."""
    name = request.POST.get("class") or request.GET.get("class", "")
    group = class_of(pupil, name.replace("\0", ""), timezone.localdate())
    if group is None or not (request.roles & STAFF or takes(request.user, group, pupil.school)):
        raise Http404("The pupil has no such class of yours.")
    return group


def _back(pupil: Pupil, staff: bool) -> str:
    return reverse("timetables:returns", args=[pupil.uuid]) if staff else reverse("timetables:my_pupils")
