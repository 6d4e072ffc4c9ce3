"""Patterns in check-ins, of the provision and of one pupil: something to ask about, never a verdict."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from iap.audit.models import log_read
from iap.schools.access import only
from iap.schools.models import Role
from pupils.access import READERS as PUPIL_READERS
from pupils.access import pupil_or_404
from reporting.access import READERS, period_or_404
from reporting.facts import Facts
from reporting.patterns import patterns
from reporting.periods import KINDS, Kind

OFFERED = {Kind.HALF_TERM: 6, Kind.TERM: 6}


@only(*READERS, Role.STAFF)
def provision(request: Any) -> HttpResponse:
    """Of everybody's check-ins; nobody is named."""
    return _page(request, Facts(request.school, timezone.localdate()))


@only(*PUPIL_READERS)
def pupil(request: Any, uuid: UUID) -> HttpResponse:
    """Of one pupil's check-ins."""
    found = pupil_or_404(request, uuid)
    log_read(request, "check-in-patterns", [found])
    return _page(request, Facts(request.school, timezone.localdate(), pupil=found))


def _page(request: Any, facts: Facts) -> HttpResponse:
    period = period_or_404(request, facts.periods)
    context = {
        "pupil": facts.pupil,
        "from_overview": not facts.pupil and not request.roles.isdisjoint(READERS),
        "period": period,
        "asked": request.GET,
        "choices": [(KINDS[kind], facts.periods.past(kind)[:number]) for kind, number in OFFERED.items()],
        "found": patterns(facts, period) if period else None,
    }
    return render(request, "reporting/check_ins.html", context)
