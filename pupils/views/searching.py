"""Find a pupil by name, from anywhere: a page by itself, options under the box while typing."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from iap.audit.models import log_read
from iap.schools.access import only
from iap.ui.fragments import render_page, wants_fragment
from pupils import finding
from pupils.access import READERS
from pupils.models import Pupil

from .detail import year_in_words

OPTIONS = 8  # as many as fit under the box
ON_A_PAGE = 50


@only(*READERS)
@require_GET
def search(request: Any) -> HttpResponse:
    """Names alone, in the school the reader works in. Whose names were shown is kept."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:80]
    most = OPTIONS if wants_fragment(request) else ON_A_PAGE
    found = _found(request, text, most + 1) if finding.is_enough(text) else []
    shown = found[:most]
    log_read(request, "pupil-search", shown)
    context = {
        "text": text,
        "enough": finding.is_enough(text),
        "found": [(pupil, year_in_words(pupil.year_group)) for pupil in shown],
        "more": len(found) > most,
        "whole_school": finding.sees_whole_school(request.roles),
    }
    return render_page(request, "pupils/search.html", context, fragment="options")


def _found(request: Any, text: str, most: int) -> list[Pupil]:
    pupils = finding.findable(request.school, request.roles, timezone.localdate())
    return list(finding.named(pupils, text)[:most])
