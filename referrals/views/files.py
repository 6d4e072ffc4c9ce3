"""Attachments: added while a referral is written, read by its writer and by those who decide."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from referrals.access import READERS, REFERRERS
from referrals.actions import attachments
from referrals.models import Attachment, Referral

from .refer import own_or_404


@only(*REFERRERS)
@require_POST
def attach(request: Any, uuid: UUID) -> HttpResponse:
    """Add files; each that is refused says why, the others are kept."""
    referral = own_or_404(request, uuid)
    files = request.FILES.getlist("files")
    if not files:
        messages.error(request, "Choose a file first.")
    for file in files:
        try:
            kept = attachments.attach(referral, file, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{kept.name} is added.")
    return redirect("referrals:section", referral.uuid, "tried")


@only(*REFERRERS)
@require_POST
def remove(request: Any, uuid: UUID, file: UUID) -> HttpResponse:
    referral = own_or_404(request, uuid)
    held = _file_or_404(referral, file)
    try:
        attachments.remove(held, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{held.name} is removed.")
    return redirect("referrals:section", referral.uuid, "tried")


@only(*REFERRERS)
@require_GET
def download(request: Any, uuid: UUID, file: UUID) -> Any:
    """The file as a download, whatever it is: never opened in the page, never kept by a cache."""
    referral = (
        Referral.objects.at(request.schools).filter(uuid=uuid).select_related("pupil", "school").first()
    )
    if referral is None or not _may_read(request, referral):
        raise Http404("No such file.")
    held = _file_or_404(referral, file)
    held.school = referral.school
    log_read(request, "referral-file", [referral.pupil])
    path = attachments.path_of(held)
    if not path.exists():
        raise Http404("This file is no longer kept.")
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=held.name, content_type=held.kind)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _may_read(request: Any, referral: Referral) -> bool:
    """Its writer; and once it is sent, those who decide, in that school."""
    if referral.referrer_id == request.user.pk:
        return True
    roles = {m.role for m in request.memberships if m.school_id == referral.school_id}
    return referral.submitted_at is not None and bool(roles & set(READERS))


def _file_or_404(referral: Referral, uuid: UUID) -> Attachment:
    held = Attachment.objects.filter(
        school=referral.school_id, referral=referral, uuid=uuid, removed_at=None
    ).first()
    if held is None:
        raise Http404("No such file.")
    return held
