"""The pupil's week as a paper to take home."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify

from iap.audit.models import log_read
from iap.schools.access import only
from iap.schools.models import Role
from pupils.access import pupil_or_404
from timetables import home_paper


@only(Role.STAFF, Role.LEAD)
def week_for_home(request: Any, uuid: UUID) -> HttpResponse:
    """The PDF, as a download that no cache keeps; back to the pupil's page where no week is planned."""
    pupil = pupil_or_404(request, uuid)
    content = home_paper.week_for_home(request.school, pupil, timezone.localdate())
    if content is None:
        messages.error(request, f"{pupil.known_as} has no week planned yet. Plan it, then print it for home.")
        return redirect(pupil.get_absolute_url())
    log_read(request, "week-for-home", [pupil])
    name = slugify(f"week-{pupil.known_as}") or "week"
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{name}.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
