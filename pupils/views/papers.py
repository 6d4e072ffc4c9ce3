"""A pupil's plan on paper for the family, and as data for another system."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from iap.audit.models import log_read, record
from iap.schools.access import only
from pupils import papers
from pupils.access import EXPORTERS, READERS, pupil_or_404
from pupils.plan_data import plan_data

from .plans import plan_or_404

KEPT_NOWHERE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


@only(*READERS)
@require_GET
def plan_paper(request: Any, uuid: UUID, plan: UUID) -> HttpResponse:
    """The plan in plain words, on two pages."""
    pupil = pupil_or_404(request, uuid)
    held = plan_or_404(request, pupil, plan)
    log_read(request, "plan-paper", [pupil])
    return pdf_of(papers.plan(request.school, pupil, held, timezone.localdate()), f"plan-{pupil.known_as}")


@only(*EXPORTERS)
@require_GET
def plan_json(request: Any, uuid: UUID, plan: UUID) -> HttpResponse:
    """The plan and its review as JSON, in the format of `docs/plan-format.md`. Who took it out is recorded."""
    pupil = pupil_or_404(request, uuid)
    held = plan_or_404(request, pupil, plan)
    log_read(request, "plan-export", [pupil])
    record("plan.exported", held, by=request.user)
    name = slugify(f"plan-{pupil.known_as}-{held.number}") or "plan"
    headers = KEPT_NOWHERE | {"Content-Disposition": f'attachment; filename="{name}.json"'}
    data = plan_data(request.school, pupil, held, timezone.now())
    return JsonResponse(data, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 2})


def pdf_of(content: bytes, name: str) -> HttpResponse:
    """A download that no cache keeps."""
    headers = KEPT_NOWHERE | {"Content-Disposition": f'attachment; filename="{slugify(name) or "paper"}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
