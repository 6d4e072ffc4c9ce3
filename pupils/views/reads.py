"""Who looked at a pupil's record: for the designated safeguarding lead."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from iap.audit.models import Read, log_read
from iap.audit.pages import words_for
from iap.schools.access import only
from iap.schools.models import Membership, Role
from pupils.access import pupil_or_404

PER_PAGE = 50


@only(Role.DSL)
def reads(request: Any, uuid: UUID) -> HttpResponse:
    """Every opening of this pupil's record, newest first. Looking here is itself kept."""
    pupil = pupil_or_404(request, uuid)
    found = Read.objects.of(pupil).select_related("by").order_by("-at", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(read, words_for(read.page), len(read.pupil_ids)) for read in page]
    roles = _roles(pupil.school_id, {read.by_id for read in page})
    log_read(request, "reads", [pupil])
    context = {"pupil": pupil, "page": page, "rows": [(*row, roles.get(row[0].by_id, "")) for row in rows]}
    return render(request, "pupils/reads.html", context)


def _roles(school_id: int, users: set[int]) -> dict[int, str]:
    """The roles that these people hold in the school now, in words."""
    held = Membership.objects.filter(school=school_id, user__in=users).order_by("role")
    words: dict[int, list[str]] = {}
    for membership in held:
        words.setdefault(membership.user_id, []).append(membership.get_role_display())
    return {user: ", ".join(roles) for user, roles in words.items()}
