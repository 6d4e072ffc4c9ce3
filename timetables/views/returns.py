"""A pupil's way back into their classes: what is agreed with each teacher, and who has read it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from iap.schools.models import Role, StaffMember
from pupils.access import READERS, pupil_or_404
from timetables.actions.returns import agree_return
from timetables.class_returns import classes_of, returns_of
from timetables.forms.returns import ChangesFormSet, ReturnForm
from timetables.models import ClassReturn

from .placements import page_of

WRITERS = (Role.LEAD, Role.STAFF, Role.SENCO)


@only(*READERS)
def returns(request: Any, uuid: UUID) -> HttpResponse:
    """The pupil's classes, with what is agreed in each, how it stands, and which teachers have read it."""
    pupil = pupil_or_404(request, uuid)
    log_read(request, "returns", [pupil])
    context = {
        "pupil": pupil,
        "rows": returns_of(pupil, timezone.localdate()),
        "back_url": page_of(pupil),
        "may_write": bool(request.roles & set(WRITERS)),
    }
    return render(request, "timetables/returns.html", context)


@only(*WRITERS)
def agree(request: Any, uuid: UUID) -> HttpResponse:
    """Agree, or change, what one class does for the pupil: `?class=` names it."""
    pupil = pupil_or_404(request, uuid)
    name = request.GET.get("class", "")
    group = next((each for each in classes_of(pupil, timezone.localdate()) if each.name == name), None)
    if group is None:
        raise Http404("The pupil has no such class.")
    log_read(request, "return", [pupil])
    held = ClassReturn.objects.at([pupil.school]).filter(pupil=pupil, mainstream_class=group).first()
    staff = StaffMember.objects.at([pupil.school]).filter(left_on=None)
    posted = request.POST or None
    form = ReturnForm(posted, instance=held, initial={"seen": held.version if held else 0})
    changes = ChangesFormSet(posted, held=held, staff=staff, prefix="changes")
    if request.method == "POST" and form.is_valid() and changes.is_valid():
        try:
            agree_return(
                pupil,
                group,
                by=request.user,
                **{key: form.cleaned_data[key] for key in ("helps", "first_lesson", "exit_plan", "seen")},
                changes=changes.changes(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Saved for {group.name}. Its teachers see it before the next lesson.")
            return redirect("timetables:returns", pupil.uuid)
    wrong = request.method == "POST"
    context = {
        "pupil": pupil,
        "group": group,
        "form": form,
        "changes": changes,
        "back_url": reverse("timetables:returns", args=[pupil.uuid]),
    }
    return render(request, "timetables/agree.html", context, status=422 if wrong else 200)
