"""A pupil's page: the parts that its reader may see."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from iap.audit.models import log_read
from iap.schools.access import only
from iap.schools.codes import YEAR_NAMES
from iap.ui.fragments import render_page
from pupils import panels
from pupils.access import READERS, pupil_or_404
from pupils.models import Pupil
from pupils.record import record_of

# One sheet that may lie on a table with the pupil and the family: no notes, care or conduct.
ON_PAPER = {"helps", "week", "journey", "attendance", "place"}


@only(*READERS)
@require_GET
def detail(request: Any, uuid: UUID) -> HttpResponse:
    """Everything about one pupil, each part by the role that opens it. The opening is kept."""
    pupil = pupil_or_404(request, uuid)
    day = timezone.localdate()
    log_read(request, "pupil", [pupil])
    context = {
        "pupil": pupil,
        "day": day,
        "sub": said_of(pupil),
        "record": record_of(request, pupil, day),
        "on_paper": ON_PAPER,
        "parts": panels.draw(request, pupil, day),
    }
    return render_page(request, "pupils/detail.html", context, fragment="board")


def said_of(pupil: Pupil) -> str:
    """Year 8 · tutor group 8R · Kwame in the register"""
    words = [year_in_words(pupil.year_group)]
    if pupil.tutor_group:
        words.append(f"tutor group {pupil.tutor_group}")
    if pupil.preferred_name and pupil.preferred_name != pupil.given_name:
        words.append(f"{pupil.given_name} in the register")
    return " · ".join(words)


def year_in_words(year: str) -> str:
    return YEAR_NAMES.get(year, f"Year {year}")
