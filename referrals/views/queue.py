"""The queue of referrals, and one of them opened beside it."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from iap.audit.models import log_read
from iap.schools.access import only
from iap.ui.fragments import render_page
from iap.ui.words import plural
from referrals.access import READERS, sent_or_404
from referrals.models import Reason, Referral
from referrals.queue import STAGES, Queue, Row, queue_of
from referrals.states import ENDED

from .opened import opened

PER_PAGE = 30
SORTS = {"": "Priority", "days": "Longest", "name": "Name"}


@only(*READERS)
@require_GET
def queue(request: Any) -> HttpResponse:
    """Every open referral in order of priority; by stage, year, reason or name."""
    context = _context(request)
    log_read(request, "referrals", [row.referral.pupil for row in context["page"].object_list])
    return render_page(request, "referrals/queue.html", context, fragment="list")


@only(*READERS)
@require_GET
def detail(request: Any, uuid: UUID) -> HttpResponse:
    """One referral with all that is known, beside the queue; on a phone it is a page."""
    return show(request, sent_or_404(request, uuid))


@only(*READERS)
@require_GET
def ended(request: Any) -> HttpResponse:
    """Referrals that have come to an end, the newest first."""
    held = Referral.objects.at([request.school]).sent().filter(state__in=ENDED).select_related("pupil")
    page = Paginator(held.order_by("-state_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    log_read(request, "referrals-ended", [referral.pupil for referral in page.object_list])
    return render(request, "referrals/ended.html", {"page": page})


def show(request: Any, referral: Referral, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The referral beside the queue, with a form that was refused where there is one."""
    if not referral.is_open:
        log_read(request, "referral", [referral.pupil])
        return render(request, "referrals/detail.html", opened(request, referral, **forms), status=status)
    held = queue_of(request.school)
    row = next((row for row in held.rows if row.referral.pk == referral.pk), None)
    context = {**_context(request, held), **opened(request, referral, row=row, room=held.room, **forms)}
    pupils = [each.referral.pupil for each in context["page"].object_list]
    log_read(request, "referral", [referral.pupil])
    log_read(request, "referrals", pupils)
    return render_page(request, "referrals/queue.html", context, fragment="drawer", status=status)


def _context(request: Any, held: Queue | None = None) -> dict[str, Any]:
    held = held or queue_of(request.school)
    rows = _chosen(request, held.rows)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "queue": held,
        "page": page,
        "groups": _groups(page.object_list),
        "stage": _stage(request),
        "stages": held.counts(),
        "to_talk": held.to_talk_about,
        "to_talk_words": f"{plural(held.to_talk_about, 'referral')} named the place as a punishment. "
        "Talk with the referrer first.",
        "years": sorted(
            {row.referral.pupil.year_group for row in held.rows}, key=lambda year: (len(year), year)
        ),
        "reasons": Reason.choices,
        "sorts": SORTS.items(),
        "chosen": {name: request.GET.get(name, "") for name in ("stage", "year", "reason", "q", "sort")},
        "today": timezone.localdate(),
    }


def _stage(request: Any) -> str:
    asked = request.GET.get("stage", "")
    return asked if asked in {stage.key for stage in STAGES} else ""


def _chosen(request: Any, rows: tuple[Row, ...]) -> list[Row]:
    stage, asked = _stage(request), request.GET
    words = asked.get("q", "").lower().split()
    found = [
        row
        for row in rows
        if (not stage or row.stage.key == stage)
        and (not asked.get("year") or row.referral.pupil.year_group == asked["year"])
        and (not asked.get("reason") or asked["reason"] in row.referral.reasons)
        and all(word in _names(row) for word in words)
    ]
    match asked.get("sort"):
        case "days":
            found.sort(key=lambda row: -row.clock.days)
        case "name":
            found.sort(key=lambda row: (row.referral.pupil.family_name, row.referral.pupil.known_as))
    order = [each.key for each in STAGES]
    return sorted(found, key=lambda row: order.index(row.stage.key))


def _names(row: Row) -> str:
    pupil = row.referral.pupil
    return f"{pupil.given_name} {pupil.preferred_name} {pupil.family_name} {row.referral.number}".lower()


def _groups(rows: Any) -> list[tuple[Any, list[Row]]]:
    """The rows of a page under the headings of their stages, in the order in which a referral passes them."""
    return [
        (stage, held) for stage in STAGES if (held := [row for row in rows if row.stage.key == stage.key])
    ]
